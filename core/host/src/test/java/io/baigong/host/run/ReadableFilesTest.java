package io.baigong.host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.baigong.host.parquet.UnreadableParquet;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadableFilesTest {
    @TempDir
    Path folder;

    @Test
    void parquetIsTextForATaskAndItsCopyGoes() throws Exception {
        Path parquet = folder.resolve("telemetry.parquet");
        try (InputStream in =
                ReadableFilesTest.class.getResourceAsStream("/io/baigong/host/parquet/telemetry.parquet")) {
            Files.write(parquet, in.readAllBytes());
        }
        Path csv = Files.writeString(folder.resolve("errors.csv"), "datetime,machineID,errorID\n");
        Path text;

        try (var readable = ReadableFiles.of(List.of(
                new GivenFile("telemetry", "january.parquet", parquet), new GivenFile("errors", "errors.csv", csv)))) {
            GivenFile telemetry = readable.files().getFirst();
            text = telemetry.file();
            assertThat(telemetry.component()).isEqualTo("telemetry");
            assertThat(telemetry.name()).isEqualTo("january.parquet");
            assertThat(text).content().startsWith("datetime,utc,machineID,volt");
            assertThat(readable.files().getLast().file()).isEqualTo(csv);
        }

        assertThat(text).doesNotExist();
        assertThat(parquet).exists();
        assertThat(csv).exists();
    }

    @Test
    void aDamagedParquetFileIsInvalidInput() throws Exception {
        Path parquet = Files.writeString(folder.resolve("telemetry.parquet"), "PAR1 and nothing like it PAR1");

        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> ReadableFiles.of(List.of(new GivenFile("telemetry", "t.parquet", parquet))))
                .satisfies(e -> {
                    assertThat(e.detail()).startsWith("telemetry is no Parquet file");
                    assertThat(e.remedy()).isEqualTo(UnreadableParquet.REMEDY);
                });
    }
}
