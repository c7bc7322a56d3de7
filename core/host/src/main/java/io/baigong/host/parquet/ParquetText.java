package io.baigong.host.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Semaphore;

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

    /** Processes at once: each may take half a gigabyte. */
    private static final Semaphore PLACES = new Semaphore(2);

    private ParquetText() {}

    /** Whether a file begins as Parquet does. */
    public static boolean is(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(MARK.length), MARK);
        }
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
        PLACES.acquireUninterruptibly();
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
                if (length > most) {
                    throw new UnreadableParquet(
                            name + " is longer than " + (most >> 20) + " MiB as text: send it in parts");
                }
            }
        } finally {
            PLACES.release();
        }
    }

    private static String field(JsonNode value) {
        String text = value.isNull() ? "" : value.isValueNode() ? value.asText() : value.toString();
        return text.indexOf('\n') < 0 && text.indexOf('\r') < 0
                ? text
                : text.replace("\r\n", " ").replace('\n', ' ').replace('\r', ' ');
    }
}
