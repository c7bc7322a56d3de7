package io.baigong.medical.coding;

import io.baigong.spi.Tensor;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Ranks the codes of a table for a note. Thread-safe as far as its trees are. */
final class Coder {
    /** Where only titles are known, how likely a code is whose whole title stands in the note. A guess that is said to be one. */
    private static final double BY_TITLE = 0.5;

    private static final double AMONG_OTHERS = 0.8;

    private final CodeCandidates candidates;
    private final Function<List<CodeCandidate>, double[]> ranking;
    private final double threshold;

    private Coder(CodeCandidates candidates, Function<List<CodeCandidate>, double[]> ranking, double threshold) {
        this.candidates = candidates;
        this.ranking = ranking;
        this.threshold = threshold;
    }

    /**
     * By trained trees.
     *
     * @param trees from {@code [candidates, features]} to probabilities, {@code [candidates, 1]}
     * @param threshold probability from which a code is proposed
     */
    static Coder byTrees(CodeCandidates candidates, UnaryOperator<Tensor> trees, double threshold) {
        return new Coder(candidates, list -> probabilities(list, trees), threshold);
    }

    /** By titles alone: the lexical baseline. */
    static Coder byTitles(CodeMemory memory) {
        return new Coder(
                new CodeCandidates(memory),
                list -> list.stream().mapToDouble(Coder::titleStrength).toArray(),
                BY_TITLE - 1e-9);
    }

    private static double[] probabilities(List<CodeCandidate> list, UnaryOperator<Tensor> trees) {
        if (list.isEmpty()) {
            return new double[0];
        }
        float[] answers = trees.apply(Tensor.ofRows(
                        list.stream().map(CodeCandidate::features).toArray(float[][]::new),
                        list.getFirst().features().length))
                .values();
        return IntStream.range(0, answers.length).mapToDouble(i -> answers[i]).toArray();
    }

    /**
     * {@link #BY_TITLE} for a whole title with no other word between, less for less. Of codes whose titles are met as well, only that
     * of what is not specified is meant.
     */
    private static double titleStrength(CodeCandidate candidate) {
        double english = strength(candidate, "title_share", "title_slack");
        double spanish = strength(candidate, "cognate_share", "cognate_slack");
        boolean one = candidate.feature("title_ties") <= 1 || candidate.feature("unspecified") == 1;
        return BY_TITLE * Math.max(english, spanish) * (one ? 1 : AMONG_OTHERS);
    }

    private static double strength(CodeCandidate candidate, String share, String slack) {
        double covered = candidate.feature(share);
        double between = candidate.feature(slack);
        if (Double.isNaN(covered) || Double.isNaN(between)) {
            return 0;
        }
        return covered > 0.999 && between <= 0.5 ? 1 : 0.9 * covered * covered / (1 + 0.2 * between);
    }

    /** All candidates, the likeliest first. */
    List<Ranked> rank(CodeCandidates.Note note) {
        List<CodeCandidate> found = candidates.of(note);
        double[] probabilities = ranking.apply(found);
        return IntStream.range(0, found.size())
                .mapToObj(i ->
                        new Ranked(found.get(i), Math.clamp(probabilities[i], 0, 1), probabilities[i] >= threshold))
                .sorted(Comparator.comparingDouble(Ranked::probability)
                        .reversed()
                        .thenComparing(r -> r.candidate().code()))
                .toList();
    }

    CodeMemory memory() {
        return candidates.memory();
    }
}
