package io.baigong.host.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ParquetTextTest {
    @TempDir
    Path folder;

    @Test
    void tellsParquetByItsMark() throws Exception {
        assertThat(ParquetText.is(telemetry())).isTrue();
        assertThat(ParquetText.is(Files.writeString(folder.resolve("a.csv"), "PAR,1")))
                .isFalse();
        assertThat(ParquetText.is(Files.createFile(folder.resolve("empty")))).isFalse();
    }

    @Test
    void writesRowsAsCommaSeparatedText() throws Exception {
        Path text = folder.resolve("text.csv");

        ParquetText.write("telemetry", telemetry(), text);

        assertThat(Files.readAllLines(text))
                .containsExactly(
                        "datetime,utc,machineID,volt,remark,codes",
                        "2026-01-31T06:00,2026-01-31T06:00:00Z,7,171.25,\"good, as \"\"ever\"\"\",\"[1,2]\"",
                        "2026-01-31T07:00,2026-01-31T06:00:00Z,7,,\"two lines\",[]",
                        "2026-01-31T08:00:00.500,2026-01-31T06:00:00Z,8,168,滚筒,");
    }

    /** As Hive and Impala leave them. */
    @Test
    void unmarkedBytesAreTextAndDecimalsAreExact() throws Exception {
        Path file = Files.write(folder.resolve("hive.parquet"), read("/io/baigong/host/parquet/hive.parquet"));
        Path text = folder.resolve("text.csv");

        ParquetText.write("telemetry", file, text);

        assertThat(Files.readAllLines(text))
                .containsExactly("machineID,cost", "M1,12345678.9", "M2,12345678901234567890.12");
    }

    @Test
    void refusesWhatIsCutOffDamagedOrNone() throws Exception {
        byte[] whole = Files.readAllBytes(telemetry());
        for (byte[] wrong : new byte[][] {
            Arrays.copyOf(whole, whole.length / 2),
            Arrays.copyOf(whole, 4),
            "PAR1 and nothing like it PAR1".getBytes(StandardCharsets.UTF_8)
        }) {
            Path file = Files.write(folder.resolve("wrong.parquet"), wrong);
            assertThatExceptionOfType(UnreadableParquet.class)
                    .isThrownBy(() -> ParquetText.write("telemetry", file, folder.resolve("text.csv")))
                    .withMessage("telemetry is no Parquet file, or a damaged one, after row 0");
        }
    }

    @Test
    void refusesMoreTextThanTasksRead() throws Exception {
        Path file = telemetry();

        assertThatExceptionOfType(UnreadableParquet.class)
                .isThrownBy(() -> ParquetText.write("telemetry", file, folder.resolve("text.csv"), 100))
                .withMessageContaining("send it in parts");
    }

    /** Its reader loops for ever on it, as it once did for a change of three bytes at random. */
    @Test
    void aFileThatHasItsReaderStandStillIsGivenUp() throws Exception {
        byte[] bad = read("/io/baigong/host/batch/notes-snappy.parquet");
        bad[64] = -20;
        bad[803] = -62;
        bad[1740] = 7;
        Path file = Files.write(folder.resolve("given"), bad);
        try (var rows = new ParquetRows("a.parquet", file, Duration.ofSeconds(3))) {
            assertThatExceptionOfType(UnreadableParquet.class)
                    .isThrownBy(rows::next)
                    .withMessageContaining("no Parquet file");
        }
    }

    private Path telemetry() throws IOException {
        return Files.write(folder.resolve("telemetry.parquet"), read("/io/baigong/host/parquet/telemetry.parquet"));
    }

    private static byte[] read(String resource) throws IOException {
        try (InputStream in = ParquetTextTest.class.getResourceAsStream(resource)) {
            return in.readAllBytes();
        }
    }
}
