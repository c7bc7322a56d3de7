package io.baigong.host.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Parquet as comma-separated text (RFC 4180) with a header line, which every task that reads tables reads.
 *
 * <p>A value that is not there is an empty field; a time is ISO 8601, without an offset where the file says none; lists and structures are
 * JSON. Line breaks within a text become blanks.
 */
public final class ParquetText {
    private static final byte[] MARK = "PAR1".getBytes(StandardCharsets.US_ASCII);

    /** Longest text, in characters: a short file can stand for a very long one. */
    private static final long MOST = 512L << 20;

    /** What a row counts as at least, so that rows of nothing come to an end. */
    private static final int LEAST_OF_ROW = 16;

    /** How long others may take before nothing more is waited for, and one file may take. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Processes at once: each may take half a gigabyte. */
    private static final Semaphore PLACES = new Semaphore(2);

    private ParquetText() {}

    /** Whether a file begins and ends as Parquet does. */
    public static boolean is(Path file) throws IOException {
        long size = Files.size(file);
        if (size < 3L * MARK.length) {
            return false;
        }
        try (var in = FileChannel.open(file)) {
            return hasMark(in, 0) && hasMark(in, size - MARK.length);
        }
    }

    private static boolean hasMark(FileChannel in, long at) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(MARK.length);
        in.read(read, at);
        return Arrays.equals(read.array(), MARK);
    }

    /**
     * Writes a Parquet file as text.
     *
     * @param name what to call it in a message
     */
    public static void write(String name, Path parquet, Path text) throws IOException, UnreadableParquet {
        write(name, parquet, text, MOST);
    }

    static void write(String name, Path parquet, Path text, long most) throws IOException, UnreadableParquet {
        if (!admitted()) {
            throw new UnreadableParquet(
                    "other Parquet files are being read, so " + name + " was not: send it again in a moment");
        }
        long until = System.nanoTime() + PATIENCE.toNanos();
        try (var rows = new ParquetRows(name, parquet);
                CsvGenerator csv = new CsvFactory().createGenerator(Files.newOutputStream(text))) {
            ObjectNode row = rows.next();
            if (row == null) {
                throw new UnreadableParquet(name + " is a Parquet file without a row");
            }
            CsvSchema.Builder columns = CsvSchema.builder();
            row.fieldNames().forEachRemaining(columns::addColumn);
            csv.setSchema(columns.setUseHeader(true).build());
            long length = 0;
            for (; row != null; row = rows.next()) {
                csv.writeStartArray();
                for (JsonNode value : row) {
                    String field = field(value);
                    length += field.length() + 1;
                    csv.writeString(field);
                }
                csv.writeEndArray();
                length += LEAST_OF_ROW;
                if (System.nanoTime() - until > 0) {
                    throw new UnreadableParquet(
                            name + " takes longer to read than " + PATIENCE.toMinutes() + " minutes: send it in parts");
                }
                if (length > most) {
                    throw new UnreadableParquet(
                            name + " is longer than " + (most >> 20) + " MiB as text: send it in parts");
                }
            }
        } finally {
            PLACES.release();
        }
    }

    private static boolean admitted() {
        try {
            return PLACES.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Bytes are text in UTF-8, as writers that don't mark text leave it. */
    private static String field(JsonNode value) throws IOException {
        byte[] bytes = value.path(ParquetRows.BYTES).binaryValue();
        String text = bytes != null
                ? new String(bytes, StandardCharsets.UTF_8)
                : value.isNull()
                        ? ""
                        : value.isBigDecimal()
                                ? value.decimalValue().toPlainString()
                                : value.isValueNode() ? value.asText() : value.toString();
        return text.indexOf('\n') < 0 && text.indexOf('\r') < 0
                ? text
                : text.replace("\r\n", " ").replace('\n', ' ').replace('\r', ' ');
    }
}
