package io.baigong.finance.clause;

import io.baigong.measures.PrecisionRecall;
import io.baigong.spi.LabelledText;
import io.baigong.spi.Progress;
import io.baigong.spi.TokenTaggerSpec;
import io.baigong.spi.TrainingContext;
import io.baigong.spi.TrainingRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How the clause tagger is made from CUAD.
 *
 * <p>A third of the contracts is held out. The tagger is tuned on the others; on that third, which it has not seen, the ranker
 * learns how sure a passage is, and the figures of the model card are measured.
 */
public final class ClauseTaggerRecipe implements TrainingRecipe {
    private static final int LAYERS = 6;
    private static final int FROZEN_LAYERS = 0;
    private static final int MAX_TOKENS = 254;
    private static final double NEGATIVE_SHARE = 0.15;
    private static final int EPOCHS = 3;
    private static final int BATCH_WINDOWS = 8;
    private static final double LEARNING_RATE = 1.5e-4;
    private static final double HEAD_LEARNING_RATE = 1e-3;

    private final String benchmark;
    private final HeldOut heldOut;

    private ClauseTaggerRecipe(String benchmark, HeldOut heldOut) {
        this.benchmark = benchmark;
        this.heldOut = heldOut;
    }

    /**
     * The recipe of what ships, and one for each third of the contracts that may be held out.
     *
     * @param role the role that the tagger fills
     */
    public static List<ClauseTaggerRecipe> all(String role) {
        List<HeldOut> thirds = HeldOut.thirds(role);
        return Stream.concat(
                        Stream.of(new ClauseTaggerRecipe("cuad", thirds.getFirst())),
                        thirds.stream().map(third -> new ClauseTaggerRecipe(third.name(), third)))
                .toList();
    }

    @Override
    public String benchmark() {
        return benchmark;
    }

    @Override
    public void train(Path data, Path out, TrainingContext context) throws IOException {
        List<CuadContract> contracts = CuadContract.read(data);
        List<CuadContract> kept = contracts.stream()
                .filter(contract -> !heldOut.holdsOut(contract))
                .toList();
        List<CuadContract> unseen = contracts.stream().filter(heldOut::holdsOut).toList();
        if (kept.isEmpty() || unseen.isEmpty()) {
            throw new IOException(
                    "%d contracts are too few to learn from and to measure on".formatted(contracts.size()));
        }
        TokenTaggerSpec spec = context.tuneTokenTagger(
                spec(context.seed()), labelled(kept), out, context.progress().part(0, 0.95));
        List<HeldOut.Case> cases = heldOut.cases(unseen, context.modelsWith(heldOut.role(), out), Progress.SILENT);
        List<CuadScore> scores = HeldOut.crossFitted(cases);
        ClauseRanker ranker = HeldOut.ranker(cases).withLikely(HeldOut.threshold(scores));
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

    private String card(TokenTaggerSpec spec, int contracts, List<CuadScore> scores) {
        PrecisionRecall curve = CuadScore.curve(scores);
        return String.format(
                Locale.ROOT,
                """
                # %s %s

                Scores each token of a contract for the 41 clause types of CUAD; one sigmoid per type.

                - **Base**: %s (Apache-2.0), blocks %d to %d tuned, embeddings as they were.
                - **Data**: CUAD v1, %d contracts, CC BY 4.0, The Atticus Project (arXiv 2103.06268).
                - **Licence of these weights**: CC BY 4.0; name CUAD and The Atticus Project.
                - **Made by**: `./baigong train finance.contract-review --benchmark %s --data DATA --out DIR --seed %d`,
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
                benchmark,
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
