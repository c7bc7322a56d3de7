package io.baigong.manufacturing.maintenance.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.baigong.spi.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelemetryFileTest {
    @TempDir
    Path folder;

    private Map<String, Samples> read(String text) throws IOException, UnreadableTelemetry {
        return TelemetryFile.read(Files.writeString(folder.resolve("t.csv"), text), "t.csv", ZoneOffset.UTC);
    }

    private void refuses(String text, String part) {
        assertThatExceptionOfType(UnreadableTelemetry.class)
                .isThrownBy(() -> read(text))
                .satisfies(e -> {
                    assertThat(e.code()).isInstanceOf(ErrorCode.User.class);
                    assertThat(e.detail()).contains(part);
                    assertThat(e.remedy()).isNotBlank();
                });
    }

    /** 1 Hz = 60 rpm; 1 psi = 0.0689476 bar; 1 in/s = 25.4 mm/s (NIST SP 811, appendix B.8). */
    @Test
    void convertsUnitsThatTheHeaderStates() throws Exception {
        Samples own = read("""
                        timestamp,machine,voltage [mV],speed (Hz),pressure [psi],vibration [in/s],note
                        2026-01-01 00:00,a,170000,7.5,1450.38,1.5,fine
                        """).get("a");

        assertThat(own.size()).isEqualTo(1);
        assertThat(own.value(0, 0)).isCloseTo(170, within(1e-3f));
        assertThat(own.value(0, 1)).isCloseTo(450, within(1e-3f));
        assertThat(own.value(0, 2)).isCloseTo(100, within(1e-2f));
        assertThat(own.value(0, 3)).isCloseTo(38.1f, within(1e-3f));
    }

    @Test
    void whatIsNoNumberIsMissing() throws Exception {
        Samples own = read("""
                        datetime,machineID,volt
                        2026-01-01 00:00,a,
                        2026-01-01 01:00,a,NaN
                        2026-01-01 02:00,a,n/a
                        2026-01-01 03:00,a,1e999
                        """).get("a");

        for (int i = 0; i < 4; i++) {
            assertThat(Float.isFinite(own.value(i, 0))).isFalse();
        }
        assertThat(own.value(0, 1)).isNaN();
    }

    @Test
    void refusesWhatItCantRead() {
        refuses("datetime,machineID,volt [furlong]\n", "furlong");
        refuses("datetime,machineID,colour\n2026-01-01,a,red\n", "no column that is a signal");
        refuses("machineID,volt\na,1\n", "no column datetime");
        refuses("datetime,volt\n2026-01-01,1\n", "no column machineid");
        refuses("datetime,machineID,volt\nsoon,a,1\n", "line 2 of t.csv has no time");
        refuses("datetime,machineID,volt\n2026-01-01,,1\n", "names no machine");
        refuses("datetime,machineID,volt\n", "no sample");
    }

    @Test
    void readingsAreReadAsAFileIs() throws Exception {
        Map<String, Samples> machines = Reading.samples(
                List.of(
                        new Reading("a", "2026-01-01 00:00", Map.of("volt", 170.0, "speed", 450.0, "mood", 1.0)),
                        new Reading("b", "2026-01-01T00:00Z", Map.of("pressure", 100.0))),
                ZoneOffset.UTC);

        assertThat(machines).containsOnlyKeys("a", "b");
        assertThat(machines.get("a").value(0, 0)).isEqualTo(170);
        assertThat(machines.get("a").value(0, 1)).isEqualTo(450);
        assertThat(machines.get("a").value(0, 2)).isNaN();
        assertThatExceptionOfType(UnreadableTelemetry.class)
                .isThrownBy(() -> Reading.samples(List.of(), ZoneOffset.UTC));
        assertThatExceptionOfType(UnreadableTelemetry.class)
                .isThrownBy(() ->
                        Reading.samples(List.of(new Reading("a", "never", Map.of("volt", 1.0))), ZoneOffset.UTC));
    }
}
