package io.baigong.finance.clause;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A passage before it is ranked, with what the ranker looks at.
 *
 * @param features see {@link #ranked}
 */
@SuppressWarnings("ArrayRecordComponent")
record ClauseCandidate(ClauseType type, int start, int end, double[] features) {
    private static final double SMALLEST = 1e-4;

    /** How many features a candidate has. */
    static final int FEATURES = 12;

    /**
     * A part of a stretch of well-scoring tokens.
     *
     * @param mean of its tokens' scores
     * @param most of its tokens' scores
     * @param stretchMost of the scores of all the stretch's tokens
     * @param first its first token's score
     * @param last its last token's score
     * @param sentenceShare its length as a share of its sentence's, at most 1
     */
    record Part(
            int start,
            int end,
            int tokens,
            double mean,
            double most,
            double stretchMost,
            double first,
            double last,
            double sentenceShare) {}

    /**
     * The parts found in one contract for one type as candidates. Their features, in order: log-odds of mean, of most, of the
     * stretch's most, of first and last token; logarithm of the length in tokens, and its square; how much below the best part
     * of the type; logarithm of the rank; share of the sentence; position in the contract; logarithm of the number of parts.
     */
    static List<ClauseCandidate> ranked(ClauseType type, List<Part> parts, int textLength) {
        var sorted = new ArrayList<>(parts);
        sorted.sort(Comparator.comparingDouble((Part part) -> part.mean * part.most)
                .reversed()
                .thenComparingInt(Part::start));
        var candidates = new ArrayList<ClauseCandidate>();
        double best = sorted.isEmpty() ? 0 : strength(sorted.getFirst());
        for (int rank = 0; rank < sorted.size(); rank++) {
            Part part = sorted.get(rank);
            double length = Math.log(part.tokens);
            candidates.add(new ClauseCandidate(type, part.start, part.end, new double[] {
                logOdds(part.mean),
                logOdds(part.most),
                logOdds(part.stretchMost),
                logOdds(part.first),
                logOdds(part.last),
                length,
                length * length,
                strength(part) - best,
                Math.log1p(rank),
                part.sentenceShare,
                (double) part.start / textLength,
                Math.log(sorted.size())
            }));
        }
        return candidates;
    }

    private static double strength(Part part) {
        return (Math.log(Math.max(part.mean, SMALLEST)) + Math.log(Math.max(part.most, SMALLEST))) / 2;
    }

    private static double logOdds(double probability) {
        double p = Math.clamp(probability, SMALLEST, 1 - SMALLEST);
        return Math.log(p / (1 - p));
    }
}
