package io.baigong.manufacturing.maintenance.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.baigong.manufacturing.maintenance.fleet.MachineHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetSimulatorTest {
    private static final FleetScenario SCENARIO = new FleetScenario(30, 200, 7);

    @Test
    void equalScenariosGiveEqualFleets() {
        List<MachineHistory> first = new FleetSimulator(SCENARIO).histories();
        List<MachineHistory> again = new FleetSimulator(SCENARIO).histories();

        assertThat(first).hasSize(30);
        for (int m = 0; m < 30; m++) {
            assertThat(again.get(m).failures()).isEqualTo(first.get(m).failures());
            assertThat(again.get(m).errors()).isEqualTo(first.get(m).errors());
            assertThat(Arrays.deepEquals(
                            again.get(m).series().values(),
                            first.get(m).series().values()))
                    .isTrue();
        }
        assertThat(new FleetSimulator(new FleetScenario(30, 200, 8))
                        .histories()
                        .getFirst()
                        .failures())
                .isNotEqualTo(first.getFirst().failures());
    }

    /** A bearing shakes by three standard deviations of 5 mm/s when it fails: over its last day, by most of that. */
    @Test
    void damageShowsBeforeFailuresAndNotLongBefore() {
        double last = 0;
        double before = 0;
        int count = 0;
        for (MachineHistory machine : new FleetSimulator(SCENARIO).histories()) {
            for (MachineHistory.Event failure : machine.failures()) {
                int at = (int) (failure.hour() - machine.series().firstHour());
                if (failure.what().equals("bearing") && at > 1000) {
                    last += mean(machine, at - 24, at);
                    before += mean(machine, at - 960, at - 720);
                    count++;
                }
            }
        }
        assertThat(count).isGreaterThan(10);
        assertThat((last - before) / count / 5).isBetween(2.2, 3.2);
    }

    private static double mean(MachineHistory machine, int from, int to) {
        double sum = 0;
        int known = 0;
        for (int t = from; t < to; t++) {
            float x = machine.series().values()[t][3];
            if (!Float.isNaN(x)) {
                sum += x;
                known++;
            }
        }
        return known == 0 ? 40 : sum / known;
    }

    @Test
    void everyFailureIsRepairedAndSensorsFail() {
        long missing = 0;
        long all = 0;
        int failures = 0;
        for (MachineHistory machine : new FleetSimulator(SCENARIO).histories()) {
            assertThat(machine.replacements()).containsAll(machine.failures());
            failures += machine.failures().size();
            for (float[] row : machine.series().values()) {
                for (float value : row) {
                    missing += Float.isNaN(value) ? 1 : 0;
                    all++;
                }
            }
        }
        assertThat(failures).isBetween(100, 300);
        assertThat((double) missing / all).isBetween(0.003, 0.05);
    }

    @Test
    void scenariosAreBounded(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("fleet.json");
        Files.writeString(file, "{\"machines\": 3, \"days\": 10, \"seed\": 4}");
        assertThat(FleetScenario.read(file)).isEqualTo(new FleetScenario(3, 10, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> new FleetScenario(10_000, 3_650, 1));
        for (String bad :
                List.of("", "[]", "{\"machines\": 0}", "{\"machines\": 3, \"days\": 1e99}", "x".repeat(20_000))) {
            Files.writeString(file, bad);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> FleetScenario.read(file));
        }
    }
}
