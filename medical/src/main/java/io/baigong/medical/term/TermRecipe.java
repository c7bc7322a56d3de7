package io.baigong.medical.term;

import io.baigong.medical.TemporaryFolder;
import io.baigong.medical.code.Code;
import io.baigong.spi.LabelledRows;
import io.baigong.spi.Models;
import io.baigong.spi.Tensor;
import io.baigong.spi.TrainingContext;
import io.baigong.spi.TrainingRecipe;
import io.baigong.spi.TreeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a normaliser is made from terms with their names and a list.
 *
 * <p>No term's features know its own answer: translations and counts are learned of the other folds, and the first look at a term
 * that the second is learned from is by trees of the other folds. The threshold is chosen on a folder's {@code dev}, or else on
 * one term of {@link #HELD_OUT}, which the trees have not seen. What is made for a fold has not seen its terms.
 */
public final class TermRecipe implements TrainingRecipe {
    private static final int MEMORY_FOLDS = 5;
    private static final int FIRST_FOLDS = 3;
    private static final int HELD_OUT = 8;

    private final String benchmark;
    private final String role;
    private final ToDoubleFunction<List<TermScore>> figure;
    private final @Nullable TermFold heldOut;

    private TermRecipe(
            String benchmark, String role, ToDoubleFunction<List<TermScore>> figure, @Nullable TermFold heldOut) {
        this.benchmark = benchmark;
        this.role = role;
        this.figure = figure;
        this.heldOut = heldOut;
    }

    /** For Yidu-N7K, whose figure is accuracy. */
    static TermRecipe yidu(String role) {
        return new TermRecipe("yidu-n7k", role, TermScore::accuracy, null);
    }

    /** For CHIP-CDN, whose figure is the micro-averaged F1: of all its terms, and of all but each of its folds. */
    static List<TermRecipe> chipCdn(String role) {
        ToDoubleFunction<List<TermScore>> f1 = scores -> TermScore.micro(scores).f1();
        return Stream.concat(
                        Stream.of(new TermRecipe("chip-cdn", role, f1, null)),
                        TermFold.of("chip-cdn").stream().map(fold -> new TermRecipe(fold.name(), role, f1, fold)))
                .toList();
    }

    @Override
    public String benchmark() {
        return benchmark;
    }

    @Override
    public void train(Path data, Path out, TrainingContext context) throws IOException {
        List<TermPair> all = TermFiles.training(data);
        List<TermPair> training = heldOut == null ? all : heldOut.learning(all);
        List<Code> codes = TermFiles.codes(data)
                .orElseThrow(() -> new IOException("no code list lies beside " + data + ": code, tab, name; 'icd' or"
                        + " 'code' in its file name"));
        var choosing = new ArrayList<TermPair>(
                heldOut == null ? TermFiles.choosing(data).orElse(List.of()) : List.of());
        var learning = new ArrayList<TermPair>();
        boolean given = !choosing.isEmpty();
        for (TermPair pair : training) {
            boolean heldOut = !given && Math.floorMod(pair.written().hashCode(), HELD_OUT) == 0;
            (heldOut ? choosing : learning).add(pair);
        }
        if (learning.size() < MEMORY_FOLDS || choosing.isEmpty()) {
            throw new IOException("%d terms are too few to learn from".formatted(training.size()));
        }
        TermMemory memory = TermMemory.of(codes, learning);
        grow(learning, memory, out, context);
        Models models = context.modelsWith(role, out);
        UnaryOperator<Tensor> trees = rows -> models.predict(role, rows);
        context.progress().at(0.92, "choosing the threshold");
        List<Normalised> looked = new TermNormaliser(memory, trees, 0)
                .normalise(choosing.stream().map(TermPair::written).toList());
        double threshold = threshold(choosing, looked);
        // What was held out for the threshold is remembered too; the trees did not learn from it.
        TermModels.write(out, codes, given ? learning : training, new TermModels.Decision(threshold));
        List<TermScore> scores = scores(choosing, looked, threshold);
        Files.writeString(out.resolve("README.md"), card(context.seed(), learning.size(), codes.size(), scores));
        context.progress().at(1, "done");
    }

    private void grow(List<TermPair> learning, TermMemory memory, Path out, TrainingContext context)
            throws IOException {
        var folds = new ArrayList<TermCandidates>();
        for (int fold = 0; fold < MEMORY_FOLDS; fold++) {
            int own = fold;
            folds.add(new TermCandidates(memory.learnedOf(pair -> pair < 0 || pair % MEMORY_FOLDS != own)));
        }
        var segments = new ArrayList<Segments>();
        var names = new ArrayList<Set<Integer>>();
        var candidates = new ArrayList<List<TermCandidate>>();
        for (int i = 0; i < learning.size(); i++) {
            segments.add(Segments.of(learning.get(i).written()));
            names.add(memory.numbers(learning.get(i).standards()));
            candidates.add(folds.get(i % MEMORY_FOLDS).of(segments.get(i), i));
            context.progress().at(0.3 * i / learning.size(), "candidates");
        }
        float[][] first = first(candidates, names, context);
        var rows = new ArrayList<LabelledRows.Row>();
        for (int i = 0; i < learning.size(); i++) {
            rows.addAll(rows(candidates.get(i), names.get(i), i));
            rows.addAll(rows(
                    folds.get(i % MEMORY_FOLDS).beside(segments.get(i), candidates.get(i), first[i]), names.get(i), i));
        }
        context.growTrees(
                spec(context.seed()),
                new LabelledRows(rows),
                new LabelledRows(List.of()),
                out,
                context.progress().part(0.7, 0.9));
    }

    /** First looks at each term by trees that have not seen it. */
    private float[][] first(List<List<TermCandidate>> candidates, List<Set<Integer>> names, TrainingContext context)
            throws IOException {
        float[][] first = new float[candidates.size()][];
        for (int fold = 0; fold < FIRST_FOLDS; fold++) {
            var rows = new ArrayList<LabelledRows.Row>();
            var own = new ArrayList<List<TermCandidate>>();
            for (int i = 0; i < candidates.size(); i++) {
                if (i % FIRST_FOLDS == fold) {
                    own.add(candidates.get(i));
                } else {
                    rows.addAll(rows(candidates.get(i), names.get(i), i));
                }
            }
            try (var folder = new TemporaryFolder()) {
                context.growTrees(
                        spec(context.seed()),
                        new LabelledRows(rows),
                        new LabelledRows(List.of()),
                        folder.path(),
                        context.progress().part(0.3 + 0.4 * fold / FIRST_FOLDS, 0.3 + 0.4 * (fold + 1) / FIRST_FOLDS));
                Models models = context.modelsWith(role, folder.path());
                float[][] answers = TermNormaliser.answers(own, tensor -> models.predict(role, tensor));
                for (int k = 0; k < answers.length; k++) {
                    first[k * FIRST_FOLDS + fold] = answers[k];
                }
            }
        }
        return first;
    }

    private static List<LabelledRows.Row> rows(List<TermCandidate> candidates, Set<Integer> names, int term) {
        return candidates.stream()
                .map(c ->
                        new LabelledRows.Row(c.features(), names.contains(c.name()) ? 1 : 0, 1, Integer.toString(term)))
                .toList();
    }

    private static TreeSpec spec(long seed) {
        return new TreeSpec(
                "term-ranker",
                "1",
                TermCandidate.FEATURES,
                new TreeSpec.Objective.Probability(),
                Map.of(),
                300,
                0,
                6,
                0.08,
                0.8,
                0.6,
                2,
                2,
                seed);
    }

    private double threshold(List<TermPair> pairs, List<Normalised> all) {
        double best = 0.5;
        double most = -1;
        for (int i = 4; i <= 14; i++) {
            double figured = figure.applyAsDouble(scores(pairs, all, i / 20.0));
            if (figured > most) {
                most = figured;
                best = i / 20.0;
            }
        }
        return best;
    }

    private static List<TermScore> scores(List<TermPair> pairs, List<Normalised> all, double threshold) {
        var scores = new ArrayList<TermScore>();
        for (int i = 0; i < pairs.size(); i++) {
            List<StandardTerm> looked = all.get(i).chosen();
            List<StandardTerm> chosen = new ArrayList<>();
            for (StandardTerm term : looked) {
                if (chosen.isEmpty() || term.confidence() >= threshold) {
                    chosen.add(term);
                }
            }
            scores.add(
                    TermScore.of(pairs.get(i), new Normalised(chosen, all.get(i).ranked())));
        }
        return scores;
    }

    private String card(long seed, int learned, int codes, List<TermScore> scores) {
        return String.format(
                Locale.ROOT,
                """
                # term-ranker 1

                Gives clinical terms their standard names: boosted trees over candidates of a list of %d codes.

                - **Data**: %s, %d terms. Its terms of use allow research; this artifact holds the terms and the list, and is not to be passed on.
                - **Made by**: `./baigong train medical.term-normalisation --benchmark %s --data DATA --out DIR --seed %d`.
                - **Measured** on %d other terms, on which the threshold was chosen: accuracy %.3f, micro-averaged F1 %.3f.
                - **Limits**: it knows the spellings of these terms and this list; new abbreviations are read by their letters alone.
                """,
                codes,
                benchmark,
                learned,
                benchmark,
                seed,
                scores.size(),
                TermScore.accuracy(scores),
                TermScore.micro(scores).f1());
    }
}
