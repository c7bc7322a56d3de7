package io.baigong.manufacturing.maintenance.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.baigong.manufacturing.maintenance.telemetry.TelemetryFile;
import io.baigong.manufacturing.maintenance.telemetry.UnreadableTelemetry;
import io.baigong.spi.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetFolderTest {
    private static final FleetFolder.Sources NONE =
            new FleetFolder.Sources(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    @TempDir
    Path folder;

    /** Two samples a machine, nine years apart: a small file of which each machine is 78,888 hours and more. */
    @Test
    void machinesThatSpanTooManyHoursTogetherAreRefused() throws Exception {
        var text = new StringBuilder("datetime,machineID,volt\n");
        for (int m = 0; m < 1000; m++) {
            text.append("2016-01-01 00:00,m%d,170%n2024-12-31 00:00,m%d,171%n".formatted(m, m));
        }
        var samples = TelemetryFile.read(
                Files.writeString(folder.resolve("telemetry.csv"), text), "telemetry.csv", ZoneOffset.UTC);

        assertThatExceptionOfType(UnreadableTelemetry.class)
                .isThrownBy(() -> FleetFolder.of(samples, NONE, ZoneOffset.UTC, 200_000))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.User.TOO_LARGE);
                    assertThat(e.detail()).contains("200000 hours together");
                    assertThat(e.remedy()).contains("fewer machines");
                });
        samples.keySet().removeIf(machine -> machine.length() > 2);
        assertThat(FleetFolder.of(samples, NONE, ZoneOffset.UTC).machines()).hasSize(10);
    }
}
