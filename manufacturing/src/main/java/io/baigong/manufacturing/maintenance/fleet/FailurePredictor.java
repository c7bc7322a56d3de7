package io.baigong.manufacturing.maintenance.fleet;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import io.baigong.spi.Models;
import io.baigong.spi.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Probabilities that a component fails within a horizon, and the alarms that follow.
 *
 * <p>The horizon is a feature that the trees may only rise with, so that a longer one is never less likely.
 */
public final class FailurePredictor {
    /** Horizons that the model learns, hours. */
    public static final List<Integer> HORIZONS = List.of(24, 48, 72, 168, AlarmScore.LONGEST_LEAD);

    static final String BESIDE = "fleet.json";
    private static final int HOURS_AT_ONCE = 5_000;
    private static final JsonMapper JSON = new JsonMapper();

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
            Files.write(
                    folder.resolve(BESIDE),
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
        }
    }

    /** Of the model in a role. */
    public FailurePredictor(Models models, String role) {
        this.models = models;
        this.role = role;
        byte[] json = models.beside(role, BESIDE)
                .orElseThrow(() -> new ModelException(
                        ErrorCode.Model.UNAVAILABLE, "no " + BESIDE + " lies beside the model of role " + role));
        try {
            beside = JSON.readValue(json, Beside.class);
        } catch (IOException e) {
            throw new ModelException(ErrorCode.Model.BROKEN_ANSWER, BESIDE + " of role " + role + " can't be read", e);
        }
        features = new FleetFeatures(beside.norms());
    }

    /** Components that it knows. */
    public List<String> components() {
        return beside.norms().components();
    }

    FleetNorms norms() {
        return beside.norms();
    }

    /** Usual costs, with the time that planning takes in this fleet. */
    public Costs costs() {
        return beside.costs();
    }

    /** The rule for alarms that is cheapest under these costs. */
    public AlarmRule rule(Costs costs) {
        return beside.thresholds().cheapest(costs);
    }

    /** Names of the features. */
    public List<String> featureNames() {
        return features.names();
    }

    /**
     * Probabilities of a failure of a component within each horizon, {@code [horizons, hours]}, for each hour of the machine's series.
     *
     * @param component index in {@link #components}
     */
    public float[][] hourly(MachineHistory machine, int component, List<Integer> horizons) {
        FeatureSource.Rows rows = features.on(machine);
        int hours = machine.series().hours();
        int asked = horizons.size();
        float[][] answers = new float[asked][hours];
        for (int from = 0; from < hours; from += HOURS_AT_ONCE) {
            int to = Math.min(hours, from + HOURS_AT_ONCE);
            float[][] part = new float[(to - from) * asked][];
            for (int t = from; t < to; t++) {
                float[] row = rows.row(component, machine.series().firstHour() + t, 0);
                for (int h = 0; h < asked; h++) {
                    float[] own = row.clone();
                    own[own.length - 1] = horizons.get(h);
                    part[(t - from) * asked + h] = own;
                }
            }
            Tensor answer =
                    models.predict(role, Tensor.ofRows(part, features.names().size()));
            for (int i = 0; i < part.length; i++) {
                answers[i % asked][from + i / asked] = answer.values()[i];
            }
        }
        return answers;
    }

    /** Probabilities at the last hour, one a horizon; never falling. */
    public double[] now(MachineHistory machine, int component, List<Integer> horizons) {
        FeatureSource.Rows rows = features.on(machine);
        float[][] part = new float[horizons.size()][];
        for (int i = 0; i < part.length; i++) {
            part[i] = rows.row(component, machine.series().lastHour(), horizons.get(i));
        }
        Tensor answer =
                models.predict(role, Tensor.ofRows(part, features.names().size()));
        double[] now = new double[horizons.size()];
        for (int i = 0; i < now.length; i++) {
            now[i] = answer.values()[i];
        }
        return now;
    }

    /** What each feature adds to the log-odds of a failure within a horizon at the last hour, most first. */
    public List<Contribution> why(MachineHistory machine, int component, int horizon, int most) {
        float[] row = features.on(machine).row(component, machine.series().lastHour(), horizon);
        Tensor added = models.contributions(
                role, Tensor.ofRows(new float[][] {row}, features.names().size()));
        return java.util.stream.IntStream.range(0, row.length)
                .filter(f -> !features.names().get(f).equals(FleetFeatures.HORIZON))
                .mapToObj(f -> new Contribution(features.names().get(f), row[f], added.values()[f]))
                .sorted(java.util.Comparator.comparingDouble(each -> -Math.abs(each.logOdds())))
                .limit(most)
                .toList();
    }

    /** What a feature adds to the log-odds. */
    public record Contribution(String feature, double value, double logOdds) {}

    /**
     * Failures of a component before which its machine looked as this one does now, the most alike first.
     *
     * <p>Rows are compared as they were a day before the failure, by the root mean square difference of the levels of signals.
     */
    public List<Similar> similar(MachineHistory machine, int component, List<MachineHistory> fleet, int most) {
        float[] now = features.on(machine).row(component, machine.series().lastHour(), 0);
        var found = new ArrayList<Similar>();
        for (MachineHistory other : fleet) {
            List<MachineHistory.Event> failures = other.failures().stream()
                    .filter(failure -> failure.what().equals(components().get(component)))
                    .filter(failure -> failure.hour() - 24 >= other.series().firstHour()
                            && failure.hour() - 24 <= other.series().lastHour())
                    .toList();
            if (!failures.isEmpty()) {
                FeatureSource.Rows rows = features.on(other);
                for (MachineHistory.Event failure : failures) {
                    double distance = features.distance(now, rows.row(component, failure.hour() - 24, 0));
                    if (!Double.isNaN(distance)) {
                        found.add(new Similar(other.machine(), failure.hour(), distance));
                    }
                }
            }
        }
        return found.stream()
                .sorted(java.util.Comparator.comparingDouble(Similar::distance))
                .limit(most)
                .toList();
    }

    /** A past failure, hours since 1970. */
    public record Similar(String machine, long hour, double distance) {}

    /** Alarms of all components of a machine under a rule. */
    public List<Episode> episodes(MachineHistory machine, AlarmRule rule) {
        var episodes = new ArrayList<Episode>();
        for (int c = 0; c < components().size(); c++) {
            episodes.addAll(Episode.of(
                    components().get(c),
                    machine.series().firstHour(),
                    hourly(machine, c, List.of(rule.horizon()))[0],
                    rule.threshold(),
                    machine.replacements()));
        }
        return episodes;
    }
}
