package io.baigong.manufacturing.maintenance.fleet;

import io.baigong.manufacturing.maintenance.training.BesideModel;
import io.baigong.spi.Evidence;
import io.baigong.spi.Models;
import io.baigong.spi.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Probabilities that a component fails within a horizon, and the alarms that follow.
 *
 * <p>The horizon is a feature that the trees may only rise with, so that a longer one is never less likely.
 */
public final class FailurePredictor {
    /** Horizons that the model learns, hours. */
    public static final List<Integer> HORIZONS = List.of(24, 48, 72, 168, AlarmScore.LONGEST_LEAD);

    static final BesideModel<Beside> BESIDE = new BesideModel<>("fleet.json", Beside.class);
    private static final int HOURS_AT_ONCE = 5_000;

    private final Models models;
    private final String role;
    private final Beside beside;
    private final FleetFeatures features;

    /**
     * What lies beside the trees.
     *
     * @param thresholds what alarms at each threshold would have brought on machines that the trees had not seen
     * @param costs that the model card and benchmarks go by
     */
    record Beside(FleetNorms norms, Thresholds thresholds, Costs costs) {
        void write(Path folder) throws IOException {
            BESIDE.write(folder, this);
        }
    }

    /** Of the model in a role. */
    public FailurePredictor(Models models, String role) {
        this.models = models;
        this.role = role;
        beside = BESIDE.read(models, role);
        features = new FleetFeatures(beside.norms());
    }

    /** Components that it knows. */
    public List<String> components() {
        return beside.norms().components();
    }

    /** Usual costs, with the time that planning takes in this fleet. */
    public Costs costs() {
        return beside.costs();
    }

    /** The rule for alarms that is cheapest under these costs. */
    public AlarmRule rule(Costs costs) {
        return beside.thresholds().cheapest(costs);
    }

    /** A machine to ask about. Its features are made once; it holds memory as its series does. */
    public Asked on(MachineHistory machine) {
        return new Asked(machine);
    }

    /** Questions about one machine; a component is an index in {@link #components}. */
    public final class Asked {
        private final MachineHistory machine;
        private final FeatureSource.Rows rows;

        private Asked(MachineHistory machine) {
            this.machine = machine;
            rows = features.on(machine);
        }

        /** Probabilities of a failure within each horizon, {@code [horizons, hours]}, for each hour of the series. */
        public float[][] hourly(int component, List<Integer> horizons) {
            int hours = machine.series().hours();
            int asked = horizons.size();
            float[][] answers = new float[asked][hours];
            for (int from = 0; from < hours; from += HOURS_AT_ONCE) {
                int to = Math.min(hours, from + HOURS_AT_ONCE);
                float[][] part = new float[(to - from) * asked][];
                for (int t = from; t < to; t++) {
                    fill(part, (t - from) * asked, component, machine.series().firstHour() + t, horizons);
                }
                Tensor answer = ask(part);
                for (int i = 0; i < part.length; i++) {
                    answers[i % asked][from + i / asked] = answer.values()[i];
                }
            }
            return answers;
        }

        /** Probabilities at the last hour, one a horizon; never falling. */
        public double[] now(int component, List<Integer> horizons) {
            float[][] part = new float[horizons.size()][];
            fill(part, 0, component, machine.series().lastHour(), horizons);
            Tensor answer = ask(part);
            double[] now = new double[part.length];
            for (int i = 0; i < now.length; i++) {
                now[i] = answer.values()[i];
            }
            return now;
        }

        private void fill(float[][] part, int from, int component, long hour, List<Integer> horizons) {
            float[] row = rows.row(component, hour, 0);
            for (int h = 0; h < horizons.size(); h++) {
                float[] own = row.clone();
                own[own.length - 1] = horizons.get(h);
                part[from + h] = own;
            }
        }

        private Tensor ask(float[][] part) {
            return models.predict(role, Tensor.ofRows(part, features.names().size()));
        }

        /** What each feature adds to the log-odds of a failure within a horizon at the last hour, most first. */
        public List<Evidence.Attribution> why(int component, int horizon, int most) {
            float[] row = rows.row(component, machine.series().lastHour(), horizon);
            Tensor added = models.contributions(
                    role, Tensor.ofRows(new float[][] {row}, features.names().size()));
            return IntStream.range(0, row.length)
                    .filter(f -> !features.names().get(f).equals(FleetFeatures.HORIZON))
                    .mapToObj(f -> new Evidence.Attribution(features.names().get(f), row[f], added.values()[f]))
                    .sorted(Comparator.comparingDouble(each -> -Math.abs(each.contribution())))
                    .limit(most)
                    .toList();
        }

        /**
         * Failures before which their machine looked as this one does now, the most alike first, by the root mean square
         * difference of the levels of signals.
         *
         * @param failures of the same component
         */
        public List<Similar> similar(int component, List<Failure> failures, int most) {
            float[] now = rows.row(component, machine.series().lastHour(), 0);
            return failures.stream()
                    .map(each -> new Similar(each.machine(), each.hour(), features.distance(now, each.dayBefore())))
                    .filter(each -> !Double.isNaN(each.distance()))
                    .sorted(Comparator.comparingDouble(Similar::distance))
                    .limit(most)
                    .toList();
        }

        /** Alarms of all components under a rule. */
        public List<Episode> episodes(AlarmRule rule) {
            var episodes = new ArrayList<Episode>();
            for (int c = 0; c < components().size(); c++) {
                episodes.addAll(Episode.of(
                        components().get(c),
                        machine.series().firstHour(),
                        hourly(c, List.of(rule.horizon()))[0],
                        rule.threshold(),
                        machine.replacements()));
            }
            return episodes;
        }
    }

    /** A failure like what is now, hours since 1970. */
    public record Similar(String machine, long hour, double distance) {}

    /**
     * A past failure of a component.
     *
     * @param hour since 1970
     * @param dayBefore the row of a day before it
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Failure(String machine, long hour, float[] dayBefore) {}

    /** Past failures of a component, of which the day before is in the machine's series. */
    public List<Failure> failures(int component, List<MachineHistory> fleet) {
        var found = new ArrayList<Failure>();
        for (MachineHistory machine : fleet) {
            List<MachineHistory.Event> failures = machine.failures().stream()
                    .filter(failure -> failure.what().equals(components().get(component)))
                    .filter(failure -> failure.hour() - 24 >= machine.series().firstHour()
                            && failure.hour() - 24 <= machine.series().lastHour())
                    .toList();
            if (!failures.isEmpty()) {
                FeatureSource.Rows rows = features.on(machine);
                failures.forEach(failure -> found.add(
                        new Failure(machine.machine(), failure.hour(), rows.row(component, failure.hour() - 24, 0))));
            }
        }
        return found;
    }
}
