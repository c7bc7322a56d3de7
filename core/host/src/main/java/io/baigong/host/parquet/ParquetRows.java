package io.baigong.host.parquet;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hardwood.InputFile;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a Parquet file, one after another, as JSON objects. They are read in a process of its own, whose memory is bounded and
 * which is ended when it stands still: a file that means harm can have a reader loop for ever or take all memory.
 */
public final class ParquetRows implements AutoCloseable {
    /** The member of a row's value that holds bytes, in Base64. */
    public static final String BYTES = ParquetToJson.BYTES;

    private static final Duration STANDSTILL = Duration.ofSeconds(30);
    private static final int POLL_MILLIS = 200;
    private static final String HEAP = "-Xmx512m";

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final String name;
    private final Process process;
    private @Nullable MappingIterator<ObjectNode> rows;

    /** Nanoseconds of the system's clock, 0 while nobody waits for a row. */
    private volatile long waitingSince;

    private int row;

    /** @param name what to call the file in a message */
    public ParquetRows(String name, Path file) throws IOException {
        this(name, file, STANDSTILL);
    }

    /** @param standstill how long a row may take */
    public ParquetRows(String name, Path file, Duration standstill) throws IOException {
        this.name = name;
        waitingSince = System.nanoTime();
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath(),
                ParquetToJson.class.getName(),
                file.toAbsolutePath().toString());
        builder.environment().clear();
        process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.getOutputStream().close();
        Thread.startVirtualThread(() -> endAtStandstill(standstill));
    }

    private static String classPath() {
        var classes = new ArrayList<Class<?>>(List.of(
                ParquetToJson.class,
                InputFile.class,
                ObjectMapper.class,
                JsonFactory.class,
                JsonFormat.class,
                Nullable.class));
        for (String codec : List.of("com.github.luben.zstd.Zstd", "org.xerial.snappy.Snappy")) {
            try {
                classes.add(Class.forName(codec, false, ParquetRows.class.getClassLoader()));
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
        return classes.stream().map(ParquetRows::place).distinct().collect(Collectors.joining(File.pathSeparator));
    }

    private static String place(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void endAtStandstill(Duration standstill) {
        try {
            while (process.isAlive()) {
                long since = waitingSince;
                if (since != 0 && System.nanoTime() - since > standstill.toNanos()) {
                    process.destroyForcibly();
                }
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }

    /** The next row; null after the last one. Throws {@link UnreadableParquet} where it can't be read. */
    @Nullable
    public ObjectNode next() throws IOException, UnreadableParquet {
        waitingSince = System.nanoTime();
        try {
            if (rows == null) {
                rows = MAPPER.readerFor(ObjectNode.class).readValues(process.getInputStream());
            }
            if (rows.hasNextValue()) {
                ObjectNode next = rows.nextValue();
                row++;
                return next;
            }
            if (process.waitFor() == 0) {
                return null;
            }
        } catch (IOException e) {
            // The process ended, or was ended, in the middle of a row.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            waitingSince = 0;
        }
        throw new UnreadableParquet(name + " is no Parquet file, or a damaged one, after row " + row);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.getInputStream().close();
    }
}
