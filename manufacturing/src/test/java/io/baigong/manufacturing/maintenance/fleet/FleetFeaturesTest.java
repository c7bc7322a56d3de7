package io.baigong.manufacturing.maintenance.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.within;

import io.baigong.manufacturing.maintenance.fleet.MachineHistory.Event;
import io.baigong.manufacturing.maintenance.telemetry.HourlySeries;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FleetFeaturesTest {
    private static final FleetNorms NORMS = new FleetNorms(
            List.of("belt", "pump"),
            List.of("E1"),
            List.of("model1"),
            List.of(0.0, 0.0, 0.0, 10.0),
            List.of(1.0, 1.0, 1.0, 2.0),
            List.of(
                    new Signature(List.of(0.0, 0.5, 0.0, 0.0), List.of()),
                    new Signature(List.of(0.0, 0.0, 0.0, 0.25), List.of("E1"))),
            240);

    private final FleetFeatures features = new FleetFeatures(NORMS);

    private float feature(MachineHistory machine, int component, long hour, String name) {
        return features.on(machine).row(component, hour, 72)[features.names().indexOf(name)];
    }

    /** Against sums over the plain window, the way the docstring says them. */
    @Test
    void levelsTrendsAndSpreadAreThoseOfTheirWindows() {
        var machine = Machines.failing("a", 400);
        float[][] x = machine.series().values();
        int now = 300;

        assertThat(feature(machine, 0, now, "volt_mean_24h")).isCloseTo((float) mean(x, 0, 277, 301), within(1e-5f));
        assertThat(feature(machine, 0, now, "vibration_mean_6h"))
                .isCloseTo((float) ((mean(x, 3, 295, 301) - 10) / 2), within(1e-5f));
        assertThat(feature(machine, 0, now, "signature_24h"))
                .isCloseTo((float) mean(x, 1, 277, 301) / 2, within(1e-5f));
        assertThat(feature(machine, 1, now, "signature_168h"))
                .isCloseTo((float) ((mean(x, 3, 133, 301) - 10) / 8), within(1e-5f));
        assertThat(feature(machine, 0, now, "rotate_trend_2d"))
                .isCloseTo((float) (mean(x, 1, 289, 301) - mean(x, 1, 253, 289)), within(1e-5f));
        assertThat(feature(machine, 0, now, "rotate_trend_7d"))
                .isCloseTo((float) (mean(x, 1, 277, 301) - mean(x, 1, 133, 253)), within(1e-5f));
        double mean = mean(x, 2, 277, 301);
        double squares = 0;
        for (int t = 277; t < 301; t++) {
            squares += (x[t][2] - mean) * (x[t][2] - mean);
        }
        assertThat(feature(machine, 0, now, "pressure_spread_24h"))
                .isCloseTo((float) Math.sqrt(squares / 24), within(1e-4f));
    }

    private static double mean(float[][] x, int signal, int from, int to) {
        double sum = 0;
        for (int t = from; t < to; t++) {
            sum += x[t][signal];
        }
        return sum / (to - from);
    }

    @Test
    void eventsCountFromTheHourTheyHappen() {
        var machine = new MachineHistory(
                "a",
                "model1",
                Double.NaN,
                new HourlySeries(0, new float[400][4]),
                List.of(new Event(100, "E1"), new Event(110, "E1"), new Event(110, "E2")),
                List.of(new Event(48, "pump"), new Event(96, "belt")),
                List.of());

        assertThat(feature(machine, 1, 99, "signature_errors_24h")).isZero();
        assertThat(feature(machine, 1, 100, "signature_errors_24h")).isEqualTo(1);
        assertThat(feature(machine, 1, 133, "signature_errors_24h")).isEqualTo(1);
        assertThat(feature(machine, 1, 134, "signature_errors_24h")).isZero();
        assertThat(feature(machine, 0, 110, "signature_errors_24h")).isNaN();
        assertThat(feature(machine, 1, 110, "other_errors_24h")).isEqualTo(1);
        assertThat(feature(machine, 0, 110, "other_errors_24h")).isEqualTo(3);
        assertThat(feature(machine, 1, 120, "days_since_replacement")).isEqualTo(3);
        assertThat(feature(machine, 0, 120, "days_since_replacement")).isEqualTo(1);
        assertThat(feature(machine, 0, 95, "days_since_replacement")).isNaN();
        assertThat(feature(machine, 1, 120, "days_since_service")).isEqualTo(1);
        // The service is due each ten days.
        assertThat(feature(machine, 1, 120, "days_to_service")).isEqualTo(9);
        assertThat(feature(machine, 1, 96 + 250, "days_to_service")).isCloseTo(230 / 24f, within(1e-5f));
        assertThat(feature(machine, 1, 120, "is_pump")).isEqualTo(1);
        assertThat(feature(machine, 1, 120, "is_belt")).isZero();
        assertThat(feature(machine, 1, 120, "age_years")).isNaN();
        assertThat(new FleetFeatures(FleetNorms.of(List.of(machine))).names()).doesNotContain("age_years", "is_model1");
        assertThat(feature(machine, 1, 120, FleetFeatures.HORIZON)).isEqualTo(72);
    }

    @Test
    void aWindowMostlyWithoutValuesIsMissing() {
        var machine = Machines.failing("a", 100);
        for (int t = 76; t < 96; t++) {
            machine.series().values()[t][0] = Float.NaN;
        }

        assertThat(feature(machine, 0, 99, "volt_mean_6h")).isNotNaN();
        assertThat(feature(machine, 0, 99, "volt_mean_24h")).isNaN();
        assertThat(feature(machine, 0, 99, "volt_mean_72h")).isNotNaN();
    }

    /** One value of 1e30 is in the windows that hold it, and in no later ones. */
    @Test
    void anAbsurdValueDoesNotSwallowWhatComesAfterIt() {
        var machine = Machines.failing("a", 400);
        float[][] x = machine.series().values();
        x[10][0] = 1e30f;
        x[11][0] = -1e38f;

        assertThat(feature(machine, 0, 12, "volt_mean_24h")).isFinite();
        assertThat(feature(machine, 0, 300, "volt_mean_24h")).isCloseTo((float) mean(x, 0, 277, 301), within(1e-5f));
        assertThat(feature(machine, 0, 300, "volt_spread_24h")).isBetween(0.5f, 2f);
    }

    /** Ten failures, on the day before which signal 1 falls by two and signal 3 stands still; E1 came, E2 came anytime. */
    @Test
    void aSignatureIsWhatMovedBeforeFailures() {
        var machines = new ArrayList<MachineHistory>();
        for (int m = 0; m < 10; m++) {
            var plain = Machines.failing("m" + m, 800, 600);
            for (int t = 570; t < 600; t++) {
                plain.series().values()[t][1] -= 2;
            }
            var errors = new ArrayList<Event>();
            errors.add(new Event(580, "E1"));
            for (int t = 0; t < 800; t += 20) {
                errors.add(new Event(t, "E2"));
            }
            machines.add(new MachineHistory(
                    plain.machine(), "", 1, plain.series(), errors, plain.replacements(), plain.failures()));
        }
        Signature signature = FleetNorms.of(machines).signatures().getFirst();

        assertThat(signature.errors()).containsExactly("E1");
        assertThat(signature.weights().get(0)).isZero();
        assertThat(signature.weights().get(1)).isCloseTo(-0.5, within(0.15));
        assertThat(signature.weights().get(2)).isZero();
        assertThat(signature.weights().get(3)).isZero();
    }

    @Test
    void normsFindTheServiceSchedule() {
        assertThat(FleetNorms.of(List.of(
                                Machines.failing("a", 2400, 360, 720, 1440), Machines.failing("b", 2400, 5, 365)))
                        .serviceHours())
                .isEqualTo(360);
        assertThat(FleetNorms.of(List.of(Machines.failing("a", 2400, 17, 120, 999, 1250, 1900)))
                        .serviceHours())
                .isNaN();
    }

    /** Machines that fail on schedule, of which a feature tells the time to the next failure. */
    @Test
    void aFeatureThatKnowsTheFutureIsRefused() {
        var machines = List.of(Machines.failing("a", 2400, 500, 1500), Machines.failing("b", 2400, 1000, 2300));
        var norms = FleetNorms.of(machines);
        var honest = new FleetFeatures(norms);
        FeatureSource leaking = new FeatureSource() {
            @Override
            public List<String> names() {
                var names = new ArrayList<>(honest.names());
                names.set(0, "hours_to_failure");
                return names;
            }

            @Override
            public Rows on(MachineHistory history) {
                return (component, hour, horizon) -> {
                    float[] row = honest.on(history).row(component, hour, horizon);
                    row[0] = history.failures().stream()
                            .filter(failure -> failure.hour() > hour)
                            .map(failure -> (float) (failure.hour() - hour))
                            .findFirst()
                            .orElse(Float.NaN);
                    return row;
                };
            }
        };

        assertThatNoException().isThrownBy(() -> check(honest, machines));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> check(leaking, machines))
                .withMessageEndingWith(": hours_to_failure");
    }

    private static void check(FeatureSource source, List<MachineHistory> machines) throws IOException {
        LookAheadGuard.check(source, machines, 1, FailurePredictor.HORIZONS, new SplittableRandom(1));
    }

    @Test
    void labelsLookAheadAndNoFurtherThanTheRecord() {
        var machine = Machines.failing("a", 400, 200);

        assertThat(FleetExamples.label(machine, "pump", 127, 72, 399)).hasValue(0);
        assertThat(FleetExamples.label(machine, "pump", 128, 72, 399)).hasValue(1);
        assertThat(FleetExamples.label(machine, "pump", 199, 72, 399)).hasValue(1);
        assertThat(FleetExamples.label(machine, "pump", 200, 72, 399)).hasValue(0);
        assertThat(FleetExamples.label(machine, "pump", 328, 72, 399)).isEmpty();
        assertThat(FleetExamples.label(machine, "belt", 128, 72, 399)).hasValue(0);
        // Nothing after the end of what is known counts, not even a failure.
        assertThat(FleetExamples.label(machine, "pump", 190, 72, 195)).isEmpty();
    }
}
