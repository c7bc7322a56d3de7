package io.baigong.manufacturing.defect.board;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.manufacturing.TemporaryFolder;
import io.baigong.manufacturing.defect.data.Folds;
import io.baigong.measures.BoxMatches;
import io.baigong.measures.BoxMatches.Averaging;
import io.baigong.measures.BoxMatches.Truth;
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
import java.util.Map;

/**
 * Trees that tell defects of a bare board from noise, and from each other, learned from DeepPCB.
 *
 * <p>Three-fold cross-validation by picture chooses the threshold and measures; the model is grown from all pairs.
 */
public final class DeepPcbRecipe implements TrainingRecipe {
    /** Differences that overlap a truth by less than this are noise; between this and a hit they are left out. */
    private static final double NOISE = 0.1;

    private static final int FOLDS = 3;

    @Override
    public String benchmark() {
        return DeepPcbBenchmark.NAME;
    }

    private record Pair(String name, BoardComparison comparison, List<Truth> truths) {}

    @Override
    public void train(Path data, Path out, TrainingContext context) throws IOException {
        var pairs = new ArrayList<Pair>();
        DeepPcb.read(data, (pair, index, of) -> {
            pairs.add(new Pair(pair.name(), BoardComparison.of(pair.template(), pair.test(), false), pair.truths()));
            context.progress().at(0.5 * (index + 1) / of, "comparing boards");
        });
        TreeSpec spec = spec(context.seed());
        var matches = new ArrayList<BoxMatches>();
        var validation = new BoardValidation();
        for (int fold = 0; fold < FOLDS; fold++) {
            try (var part = new TemporaryFolder()) {
                int now = fold;
                grow(spec, pairs.stream().filter(pair -> fold(pair) != now).toList(), part.path(), context, fold);
                var models = context.modelsWith(BoardComparison.ROLE, part.path());
                for (Pair pair : pairs) {
                    if (fold(pair) == fold) {
                        List<BoardComparison.Finding> findings =
                                pair.comparison().findings(models);
                        matches.add(DeepPcbBenchmark.matches(findings, pair.truths()));
                        validation.add(findings, pair.truths());
                    }
                }
            }
        }
        double threshold = bestThreshold(matches);
        Path own = Files.createDirectories(out.resolve(BoardComparison.ROLE));
        grow(spec, pairs, own, context, FOLDS);
        validation.scores().write(own);
        ObjectNode line = new ObjectMapper().createObjectNode();
        line.put("threshold", threshold);
        line.putObject("crossValidated")
                .put("pictures", pairs.size())
                .put("map", BoxMatches.meanAveragePrecision(matches, BoardDefect.values().length, Averaging.EACH_TRUTH))
                .put("f1", BoxMatches.counts(matches, threshold).f1());
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(own.resolve(BoardRule.FILE).toFile(), line);
    }

    private static int fold(Pair pair) {
        return Folds.of(pair.name(), FOLDS);
    }

    private static void grow(TreeSpec spec, List<Pair> pairs, Path out, TrainingContext context, int step)
            throws IOException {
        var rows = new ArrayList<LabelledRows.Row>();
        for (Pair pair : pairs) {
            for (int i = 0; i < pair.comparison().differences().size(); i++) {
                int label = label(pair.comparison().differences().get(i), pair.truths());
                if (label >= 0) {
                    rows.add(new LabelledRows.Row(pair.comparison().features()[i], label, 1, pair.name()));
                }
            }
        }
        double from = 0.5 + 0.5 * step / (FOLDS + 1);
        Progress progress = context.progress().part(from, from + 0.5 / (FOLDS + 1));
        context.growTrees(spec, new LabelledRows(rows), new LabelledRows(List.of()), out, progress);
    }

    /** 0 for noise, 1 + kind for a defect, -1 for what is neither. */
    private static int label(Difference difference, List<Truth> truths) {
        double most = 0;
        int kind = -1;
        for (Truth truth : truths) {
            double overlap = truth.box().overlap(BoardComparison.drawn(difference));
            if (overlap > most) {
                most = overlap;
                kind = truth.kind();
            }
        }
        return most > DeepPcbBenchmark.OVERLAP ? 1 + kind : most < NOISE ? 0 : -1;
    }

    private static double bestThreshold(List<BoxMatches> matches) {
        double best = 0.5;
        double most = -1;
        for (int step = 5; step <= 95; step++) {
            double f1 = BoxMatches.counts(matches, step / 100.0).f1();
            if (f1 > most) {
                most = f1;
                best = step / 100.0;
            }
        }
        return best;
    }

    private static TreeSpec spec(long seed) {
        return new TreeSpec(
                "board-defects",
                "1",
                DifferenceFeatures.NAMES,
                new TreeSpec.Objective.Classes(1 + BoardDefect.values().length),
                Map.of(),
                150,
                150,
                6,
                0.1,
                0.8,
                0.8,
                1,
                1,
                seed);
    }
}
