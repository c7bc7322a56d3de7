package io.baigong.manufacturing.maintenance.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("e.csv"), text);
    }

    @Test
    void readsEventsInTheZoneGiven() throws Exception {
        assertThat(EventFile.read(
                        file("datetime,machineID,errorID\n2026-01-01 08:00,a,error1\n"),
                        "e.csv",
                        List.of("errorid"),
                        ZoneId.of("Asia/Shanghai")))
                .containsExactly(new EventFile.Event("a", Instant.parse("2026-01-01T00:00:00Z"), "error1"));
        assertThat(EventFile.read(file("datetime,machineID,errorID\n"), "e.csv", List.of("errorid"), ZoneId.of("UTC")))
                .isEmpty();
    }

    @Test
    void readsFactsOfMachines() throws Exception {
        assertThat(MachineFile.read(file("machineID,model,age\n1,model3,18\n2,,\n"), "m.csv"))
                .containsEntry("1", new MachineFile.Facts("model3", 18))
                .containsEntry("2", new MachineFile.Facts("", Double.NaN));
    }

    @Test
    void refusesFilesOfOtherKinds() throws IOException {
        Path other = file("datetime,machineID,comp\n2026-01-01,a,comp1\n");
        assertThatExceptionOfType(UnreadableTelemetry.class)
                .isThrownBy(() -> EventFile.read(other, "e.csv", List.of("errorid"), ZoneId.of("UTC")))
                .satisfies(e -> assertThat(e.detail()).contains("no column errorid", "datetime, machineID, comp"));
        assertThatExceptionOfType(UnreadableTelemetry.class)
                .isThrownBy(() -> MachineFile.read(other, "e.csv"))
                .satisfies(e -> assertThat(e.detail()).contains("no column model"));
    }
}
