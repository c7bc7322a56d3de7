package io.baigong.manufacturing.maintenance.fleet;

import io.baigong.manufacturing.TemporaryFolder;
import io.baigong.spi.LabelledRows;
import io.baigong.spi.Progress;
import io.baigong.spi.TrainingContext;
import io.baigong.spi.TrainingRecipe;
import io.baigong.spi.TreeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * How a model of failures is made from a fleet.
 *
 * <p>Features that know the future are refused. Folds by machine give the threshold; folds by machine and forward in time, trees grown
 * on the first part of other machines' records and asked about the last part of a machine's own, give a second set of figures. The trees
 * that ship are grown on all.
 */
public final class FailureRecipe implements TrainingRecipe {
    private static final int FOLDS = 5;

    /** Share of the time that trees are grown on, where they are asked about the rest. */
    private static final double EARLY = 0.6;

    private final Data data;
    private final FleetSource source;
    private final Function<Path, Provenance> provenance;

    /**
     * What a model is made of.
     *
     * @param benchmark name of the data set
     * @param role the model's role
     * @param name the artifact's name
     * @param planningHours from an alarm to a planned replacement
     */
    public record Data(String benchmark, String role, String name, double planningHours) {
        Costs costs() {
            return Costs.usual(planningHours);
        }
    }

    /**
     * What the model card says of the data.
     *
     * @param origin and licence
     * @param limits of a model of it
     */
    public record Provenance(String origin, String limits) {}

    /**
     * @param source of histories
     * @param provenance of the same data
     */
    public FailureRecipe(Data data, FleetSource source, Function<Path, Provenance> provenance) {
        this.data = data;
        this.source = source;
        this.provenance = provenance;
    }

    @Override
    public String benchmark() {
        return data.benchmark();
    }

    @Override
    public void train(Path path, Path out, TrainingContext context) throws IOException {
        List<MachineHistory> machines = source.machines(path);
        if (machines.size() < 2 || machines.stream().allMatch(m -> m.failures().isEmpty())) {
            throw new IOException(
                    "%d machines, of which none or too few failed, teach nothing".formatted(machines.size()));
        }
        var norms = FleetNorms.of(machines);
        var features = new FleetFeatures(norms);
        LookAheadGuard.check(
                features,
                machines,
                norms.components().size(),
                FailurePredictor.HORIZONS,
                new SplittableRandom(context.seed()));
        TreeSpec spec = spec(features.names(), context.seed());
        var work = new Work(machines, context);
        List<Unseen> byMachine = work.unseen(Long.MAX_VALUE, context.progress().part(0, 0.45));
        var thresholds = Thresholds.of(byMachine);
        AlarmRule rule = thresholds.cheapest(data.costs());
        long cut = work.cut();
        List<Unseen> forward = work.unseen(cut, context.progress().part(0.45, 0.75)).stream()
                .filter(unseen -> unseen.machine().series().lastHour() > cut)
                .map(unseen -> unseen.from(cut + 1))
                .toList();
        Path folder = Files.createDirectories(out.resolve(data.role()));
        context.growTrees(
                spec,
                new LabelledRows(FleetExamples.of(features, machines, norms.components())),
                new LabelledRows(List.of()),
                folder,
                context.progress().part(0.75, 1));
        new FailurePredictor.Beside(norms, thresholds, data.costs()).write(folder);
        Files.writeString(
                folder.resolve("README.md"),
                card(
                        spec,
                        provenance.apply(path),
                        machines,
                        rule,
                        byMachine.stream().map(unseen -> unseen.score(rule)).toList(),
                        forward.stream().map(unseen -> unseen.score(rule)).toList()));
        context.progress().at(1, "done");
    }

    private TreeSpec spec(List<String> features, long seed) {
        return new TreeSpec(
                data.name(),
                "1",
                features,
                new TreeSpec.Objective.Probability(),
                FleetFeatures.rising(features),
                300,
                0,
                4,
                0.06,
                0.5,
                0.4,
                1,
                1,
                seed);
    }

    /** What validation goes over. */
    private final class Work {
        private final List<MachineHistory> machines;
        private final TrainingContext context;

        Work(List<MachineHistory> machines, TrainingContext context) {
            this.machines = machines;
            this.context = context;
        }

        /** The hour up to which trees are grown where they are asked about what comes after. */
        long cut() {
            long first = machines.stream()
                    .mapToLong(m -> m.series().firstHour())
                    .min()
                    .orElseThrow();
            long last = machines.stream()
                    .mapToLong(m -> m.series().lastHour())
                    .max()
                    .orElseThrow();
            return first + Math.round(EARLY * (last - first));
        }

        /** Answers about each machine of trees grown on other machines, and on nothing after an hour. */
        List<Unseen> unseen(long until, Progress progress) throws IOException {
            var answers = new Unseen[machines.size()];
            int folds = Math.min(FOLDS, machines.size());
            for (int f = 0; f < folds; f++) {
                List<MachineHistory> others = new ArrayList<>();
                for (int i = 0; i < machines.size(); i++) {
                    if (i % folds != f) {
                        others.add(
                                until == Long.MAX_VALUE
                                        ? machines.get(i)
                                        : machines.get(i).until(until));
                    }
                }
                var norms = FleetNorms.of(others);
                var features = new FleetFeatures(norms);
                try (var folder = new TemporaryFolder()) {
                    context.growTrees(
                            spec(features.names(), context.seed()),
                            new LabelledRows(FleetExamples.of(features, others, norms.components())),
                            new LabelledRows(List.of()),
                            folder.path(),
                            progress.part((double) f / folds, (f + 1.0) / folds));
                    new FailurePredictor.Beside(norms, new Thresholds(List.of()), data.costs()).write(folder.path());
                    var predictor = new FailurePredictor(context.modelsWith(data.role(), folder.path()), data.role());
                    for (int i = f; i < answers.length; i += folds) {
                        answers[i] = Unseen.of(machines.get(i), predictor);
                    }
                }
            }
            return List.of(answers);
        }
    }

    private String card(
            TreeSpec spec,
            Provenance from,
            List<MachineHistory> machines,
            AlarmRule rule,
            List<AlarmScore> byMachine,
            List<AlarmScore> forward) {
        return String.format(
                Locale.ROOT,
                """
                # %s %s

                Probability that a component of a machine fails within a horizon of up to 336 hours, from its signals, errors and
                maintenance so far.

                - **Kind**: gradient-boosted trees (XGBoost), %d rounds of depth %d, learning rate %s, on %d features; never falling in
                  the horizon, the age of the component and its signature.
                - **Data**: %s; %d machines, %.0f machine-days, %d failures.
                - **Made by**: `./baigong train manufacturing.predictive-maintenance --benchmark %s --data DATA --out DIR --seed %d`.
                - **Alarm** when the probability of a failure within %d hours reaches %.2f: the cheapest rule on machines not seen, of those
                  with at most 20 %% of alarms false, where a failure costs %.0f, a planned replacement %.0f, an inspection for nothing
                  %.0f and planning takes %.0f hours.
                - **Measured** on machines not seen (%d folds): %s
                - **Measured** forward in time, on the last %.0f %% of the time of machines not seen, trees grown on the time before: %s
                - **Beside it**: `fleet.json`, what is usual for each signal, and what alarms under each rule brought.
                - **Limits**: %s
                """,
                spec.name(),
                spec.version(),
                spec.rounds(),
                spec.depth(),
                spec.learningRate(),
                spec.features().size(),
                from.origin(),
                machines.size(),
                byMachine.stream().mapToDouble(AlarmScore::days).sum(),
                machines.stream().mapToInt(m -> m.failures().size()).sum(),
                data.benchmark(),
                spec.seed(),
                rule.horizon(),
                rule.threshold(),
                data.costs().failure(),
                data.costs().replacement(),
                data.costs().inspection(),
                data.costs().planningHours(),
                Math.min(FOLDS, machines.size()),
                figures(byMachine),
                100 * (1 - EARLY),
                figures(forward),
                from.limits());
    }

    private static String figures(List<AlarmScore> scores) {
        return String.format(
                Locale.ROOT,
                "of %d failures, foreseen 24 h ahead %.3f, 48 h %.3f, 72 h %.3f; false alarms %.4f a machine-day, %.3f of all alarms.",
                scores.stream().mapToInt(s -> s.leads().size()).sum(),
                AlarmScore.recall(scores, 24),
                AlarmScore.recall(scores, 48),
                AlarmScore.recall(scores, 72),
                AlarmScore.falseAlarmsPerMachineDay(scores),
                AlarmScore.falseAlarmShare(scores));
    }
}
