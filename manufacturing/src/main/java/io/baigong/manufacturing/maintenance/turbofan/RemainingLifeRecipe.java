package io.baigong.manufacturing.maintenance.turbofan;

import io.baigong.manufacturing.maintenance.training.ConformalBands;
import io.baigong.manufacturing.maintenance.training.CrossFit;
import io.baigong.spi.LabelledRows;
import io.baigong.spi.LabelledRows.Row;
import io.baigong.spi.TrainingContext;
import io.baigong.spi.TrainingRecipe;
import io.baigong.spi.TreeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * How the model of remaining life is made: one model from the engines of all sets that are there.
 *
 * <p>Engines of all four sets are of one make, and once the flight condition is taken out they look alike; so each set's engines teach
 * for the others. Five folds by engine give the figures of the model card and the intervals; the trees that ship are grown on all.
 */
public final class RemainingLifeRecipe implements TrainingRecipe {
    private static final int FOLDS = 5;

    /** Cuts of each engine by which intervals are set and figures measured. */
    private static final int CUTS = 4;

    private static final double COVERAGE = 0.9;
    private static final int BANDS = 10;

    /** Fewest cuts of a band of intervals. */
    private static final int LEAST_CASES = 40;

    /** First cycle after which an engine is learned from: with fewer there is no slope. */
    private static final int FIRST_CYCLE = 8;

    /** Longest remaining life learned from; beyond it all are the same 125. */
    private static final int LONGEST = 200;

    @Override
    public String benchmark() {
        return "cmapss";
    }

    @Override
    public void train(Path data, Path out, TrainingContext context) throws IOException {
        var sets = new CmapssSets(data);
        List<Engine> engines = new ArrayList<>();
        for (String set : sets.names()) {
            engines.addAll(sets.training(set));
        }
        if (engines.size() < 2 * FOLDS) {
            throw new IOException("%d engines that ran to failure are too few to learn from".formatted(engines.size()));
        }
        Path folder = Files.createDirectories(out.resolve(RemainingLife.ROLE));
        TreeSpec spec = spec(context.seed());
        var points = OperatingPoints.of(engines);
        Cuts cuts = crossFitted(engines, points, spec, context);
        context.growTrees(
                spec,
                new LabelledRows(rows(engines, points)),
                new LabelledRows(List.of()),
                folder,
                context.progress().part(0.8, 1));
        new RemainingLife.Beside(points, cuts.bands(true, cut -> true), cuts.bands(false, cut -> true)).write(folder);
        Files.writeString(folder.resolve("README.md"), card(spec, engines.size(), cuts));
        context.progress().at(1, "done");
    }

    private static TreeSpec spec(long seed) {
        return new TreeSpec(
                "turbofan-remaining-life",
                "1",
                EngineFeatures.names(),
                new TreeSpec.Objective.Mean(),
                Map.of(),
                500,
                0,
                6,
                0.04,
                0.6,
                0.3,
                40,
                5,
                seed);
    }

    /** Every cycle of every engine, as long as it is not far from failure. */
    private static List<Row> rows(List<Engine> engines, OperatingPoints points) {
        var rows = new ArrayList<Row>();
        for (Engine engine : engines) {
            float[][] features = EngineFeatures.of(engine, points);
            for (int t = FIRST_CYCLE; t < features.length; t++) {
                int left = features.length - 1 - t;
                if (left <= LONGEST) {
                    rows.add(new Row(features[t], (float) Math.min(left, RemainingLife.CAP), 1, engine.id()));
                }
            }
        }
        return rows;
    }

    /**
     * A cut of an engine, predicted by trees that have not seen the engine.
     *
     * @param engine its index
     */
    private record Cut(int engine, String set, boolean steady, double predicted, double truth) {}

    /** Cuts of engines. */
    private record Cuts(List<Cut> all) {
        /** Intervals for engines that are steady or not; of all engines where there are too few of the kind. */
        ConformalBands bands(boolean steady, Predicate<Cut> among) {
            List<Cut> some = all.stream().filter(among).toList();
            List<Cut> kind = some.stream().filter(cut -> cut.steady == steady).toList();
            List<Cut> used = kind.size() < 2 * LEAST_CASES ? some : kind;
            return ConformalBands.of(
                    used.stream().mapToDouble(Cut::predicted).toArray(),
                    used.stream().mapToDouble(Cut::truth).toArray(),
                    COVERAGE,
                    Math.clamp(used.size() / LEAST_CASES, 1, BANDS));
        }

        /** Scores by set; an engine's interval is of bands set by engines of the other parity. */
        Map<String, List<LifeScore>> scores() {
            var scores = new java.util.TreeMap<String, List<LifeScore>>();
            for (boolean steady : new boolean[] {true, false}) {
                for (int parity = 0; parity < 2; parity++) {
                    int own = parity;
                    List<Cut> asked = all.stream()
                            .filter(cut -> cut.steady == steady && cut.engine % 2 == own)
                            .toList();
                    if (!asked.isEmpty()) {
                        ConformalBands bands = bands(steady, cut -> cut.engine % 2 != own);
                        asked.forEach(cut -> scores.computeIfAbsent(cut.set, set -> new ArrayList<>())
                                .add(score(cut, bands)));
                    }
                }
            }
            return scores;
        }

        private static LifeScore score(Cut cut, ConformalBands bands) {
            double[] interval = bands.interval(cut.predicted);
            return new LifeScore(
                    new RemainingLife.Life(
                            RemainingLife.capped(cut.predicted),
                            RemainingLife.capped(interval[0]),
                            RemainingLife.capped(interval[1])),
                    cut.truth);
        }
    }

    private static Cuts crossFitted(
            List<Engine> engines, OperatingPoints points, TreeSpec spec, TrainingContext context) throws IOException {
        var random = new SplittableRandom(context.seed());
        var asked = new ArrayList<Row>();
        for (Engine engine : engines) {
            float[][] features = EngineFeatures.of(engine, points);
            for (int c = 0; c < CUTS; c++) {
                int seen = Truncation.cycles(engine, random);
                double left = Math.min(engine.cycles() - seen, RemainingLife.CAP);
                asked.add(new Row(features[seen - 1], (float) left, 1, engine.id()));
            }
        }
        Map<String, Integer> folds = folds(engines, random);
        float[][] answers = new CrossFit(context, RemainingLife.ROLE, spec, FOLDS, folds::get)
                .predict(rows(engines, points), asked, context.progress().part(0, 0.8));
        var cuts = new ArrayList<Cut>();
        for (int i = 0; i < answers.length; i++) {
            Engine engine = engines.get(i / CUTS);
            cuts.add(new Cut(
                    i / CUTS,
                    engine.id().substring(0, engine.id().indexOf('-')),
                    OperatingPoints.isSteady(engine),
                    answers[i][0],
                    asked.get(i).label()));
        }
        return new Cuts(cuts);
    }

    private static Map<String, Integer> folds(List<Engine> engines, SplittableRandom random) {
        List<Engine> order = new ArrayList<>(engines);
        java.util.Collections.shuffle(order, java.util.Random.from(random));
        var folds = new HashMap<String, Integer>();
        for (int i = 0; i < order.size(); i++) {
            folds.put(order.get(i).id(), i % FOLDS);
        }
        return folds;
    }

    private static String card(TreeSpec spec, int engines, Cuts cuts) {
        var figures = new StringBuilder();
        cuts.scores()
                .forEach((set, scores) -> figures.append(String.format(
                        Locale.ROOT,
                        "  %s: RMSE %.1f cycles, 90 %% interval holds %.3f.%n",
                        set.toUpperCase(Locale.ROOT),
                        LifeScore.rmse(scores),
                        LifeScore.coverage(scores))));
        return String.format(
                Locale.ROOT,
                """
                # %s %s

                Remaining useful life of a turbofan engine in cycles, capped at 125, from its settings and sensors so far.

                - **Kind**: gradient-boosted trees (XGBoost), %d rounds of depth %d, learning rate %s, on %d features.
                - **Data**: C-MAPSS (Saxena and Goebel, NASA Ames Prognostics Data Repository, 2008), %d engines that ran to failure;
                  work of the US government, public domain.
                - **Licence of this model**: Apache-2.0.
                - **Made by**: `./baigong train manufacturing.predictive-maintenance --benchmark cmapss --data DATA --out DIR --seed %d`.
                - **Measured** by five folds over engines, each engine cut off %d times with 6 to 150 cycles left; intervals by the
                  other half of the engines:
                %s- **Beside it**: `engines.json`, what is usual for each sensor in each flight condition, and the conformal intervals.
                - **Limits**: simulated engines of one make with two fault modes (compressor and fan). Not for flight decisions.
                """,
                spec.name(),
                spec.version(),
                spec.rounds(),
                spec.depth(),
                spec.learningRate(),
                spec.features().size(),
                engines,
                spec.seed(),
                CUTS,
                figures);
    }
}
