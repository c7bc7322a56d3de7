package io.baigong.finance.clause;

import io.baigong.measures.PrecisionRecall;
import io.baigong.spi.LabelledText;
import io.baigong.spi.Models;
import io.baigong.spi.TokenTaggerSpec;
import io.baigong.spi.TrainingContext;
import io.baigong.spi.TrainingRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * How the clause tagger is made from CUAD.
 *
 * <p>A third of the contracts is held out. The tagger is tuned on the others; on that third, which it has not seen, the ranker
 * learns how sure a passage is, and the figures of the model card are measured.
 */
public final class ClauseTaggerRecipe implements TrainingRecipe {
    /** One contract of so many, by a hash of its id, is held out. */
    private static final int HELD_OUT = 3;

    /** Folds of the held-out contracts between which the ranker is measured. */
    private static final int FOLDS = 5;

    /** A difference of F1 that is no difference. */
    private static final double LITTLE_F1 = 0.005;

    private static final int LAYERS = 6;
    private static final int FROZEN_LAYERS = 0;
    private static final int MAX_TOKENS = 254;
    private static final double NEGATIVE_SHARE = 0.15;
    private static final int EPOCHS = 3;
    private static final int BATCH_WINDOWS = 8;
    private static final double LEARNING_RATE = 1.5e-4;
    private static final double HEAD_LEARNING_RATE = 1e-3;

    private final String role;

    /** @param role the role that the tagger fills */
    public ClauseTaggerRecipe(String role) {
        this.role = role;
    }

    @Override
    public String benchmark() {
        return "cuad";
    }

    @Override
    public void train(Path data, Path out, TrainingContext context) throws IOException {
        List<CuadContract> contracts = CuadContract.read(data);
        Predicate<CuadContract> heldOut = c -> Math.floorMod(c.id().hashCode(), HELD_OUT) == 0;
        List<CuadContract> kept = contracts.stream().filter(heldOut.negate()).toList();
        List<CuadContract> unseen = contracts.stream().filter(heldOut).toList();
        if (kept.isEmpty() || unseen.isEmpty()) {
            throw new IOException(
                    "%d contracts are too few to learn from and to measure on".formatted(contracts.size()));
        }
        TokenTaggerSpec spec = spec(context.seed());
        context.tuneTokenTagger(spec, labelled(kept), out, context.progress().part(0, 0.95));
        List<Case> cases = cases(unseen, context.modelsWith(role, out));
        List<CuadScore> scores = crossFitted(cases);
        ClauseRanker ranker = ranker(cases).withLikely(threshold(scores));
        try (var file = Files.newOutputStream(out.resolve(ClauseRanker.FILE))) {
            ranker.write(file);
        }
        Files.writeString(out.resolve("README.md"), card(spec, kept.size(), scores));
        context.progress().at(1, "done");
    }

    private static TokenTaggerSpec spec(long seed) {
        return new TokenTaggerSpec(
                "clause-tagger",
                "1",
                "all-minilm-l6-v2",
                Arrays.stream(ClauseType.values()).map(ClauseType::cuadName).toList(),
                LAYERS,
                FROZEN_LAYERS,
                MAX_TOKENS,
                NEGATIVE_SHARE,
                EPOCHS,
                BATCH_WINDOWS,
                LEARNING_RATE,
                HEAD_LEARNING_RATE,
                seed);
    }

    private static List<LabelledText> labelled(List<CuadContract> contracts) {
        return contracts.stream().map(CuadContract::labelled).toList();
    }

    /** A contract that the tagger has not seen, and what it proposed there. */
    record Case(CuadContract contract, List<ClauseCandidate> candidates) {
        private List<ClauseRanker.Example> examples() {
            Predicate<ClauseCandidate> right = CuadScore.right(contract);
            return candidates.stream()
                    .map(candidate -> new ClauseRanker.Example(candidate, right.test(candidate)))
                    .toList();
        }
    }

    private List<Case> cases(List<CuadContract> contracts, Models models) {
        return contracts.stream()
                .map(contract -> new Case(
                        contract,
                        ClauseFinder.candidates(
                                contract.text(),
                                models.tag(role, List.of(contract.text())).getFirst())))
                .toList();
    }

    static ClauseRanker ranker(List<Case> cases) {
        return ClauseRanker.fit(
                cases.stream().flatMap(c -> c.examples().stream()).toList(), 0.5);
    }

    /** Scores each case by a ranker fitted to the cases of the other folds. */
    static List<CuadScore> crossFitted(List<Case> cases) {
        var scores = new ArrayList<CuadScore>();
        for (int fold = 0; fold < Math.min(FOLDS, cases.size()); fold++) {
            var others = new ArrayList<Case>();
            var own = new ArrayList<Case>();
            for (int i = 0; i < cases.size(); i++) {
                (i % FOLDS == fold ? own : others).add(cases.get(i));
            }
            ClauseRanker ranker = ranker(others.isEmpty() ? own : others);
            for (Case each : own) {
                scores.add(CuadScore.of(each.contract, ClauseFinder.chosen(each.candidates, ranker)));
            }
        }
        return scores;
    }

    /**
     * The threshold for <i>clause present</i>: the lowest whose F1 is all but the best, for a clause that is overlooked costs more
     * than one too many.
     */
    static double threshold(List<CuadScore> scores) {
        double[] thresholds =
                IntStream.rangeClosed(5, 40).mapToDouble(i -> i / 50.0).toArray();
        double[] f1 = Arrays.stream(thresholds)
                .map(threshold -> CuadScore.presentF1(scores, threshold))
                .toArray();
        double enough = Arrays.stream(f1).max().orElseThrow() - LITTLE_F1;
        return thresholds[
                IntStream.range(0, f1.length)
                        .filter(i -> f1[i] >= enough)
                        .findFirst()
                        .orElseThrow()];
    }

    private static String card(TokenTaggerSpec spec, int contracts, List<CuadScore> scores) {
        PrecisionRecall curve = CuadScore.curve(scores);
        return String.format(
                Locale.ROOT,
                """
                # %s %s

                Scores each token of a contract for the 41 clause types of CUAD; one sigmoid per type.

                - **Base**: %s (Apache-2.0), blocks %d to %d tuned, embeddings as they were.
                - **Data**: CUAD v1, %d contracts, CC BY 4.0, The Atticus Project (arXiv 2103.06268).
                - **Licence of these weights**: CC BY 4.0; name CUAD and The Atticus Project.
                - **Made by**: `./baigong train finance.contract-review --benchmark cuad --data DATA --out DIR --seed %d`,
                  %d epochs, windows of %d tokens, peak learning rate %s.
                - **Measured** on %d other contracts: AUPR %.3f, precision at 80 %% recall %.3f, a present clause type shown by
                  its best three passages %.3f. The ranker that gives confidences is learned on the same contracts, for these
                  figures on four fifths of them at a time.
                - **Limits**: English commercial contracts of the kind filed with the SEC. Rare types (under 50 examples) are found
                  less well. It does not judge whether a clause is lawful.
                """,
                spec.name(),
                spec.version(),
                spec.base(),
                spec.frozenLayers() + 1,
                spec.layers(),
                contracts,
                spec.seed(),
                spec.epochs(),
                spec.maxTokens(),
                spec.learningRate(),
                scores.size(),
                curve.areaUnderEnvelope(),
                curve.precisionAtRecall(0.8),
                CuadScore.shownRecall(scores));
    }
}
