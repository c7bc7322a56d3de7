package io.baigong.finance.clause;

/**
 * A passage that may be a clause, with what is known of it.
 *
 * @param start first UTF-16 unit of the passage, {@code [start, end)}
 * @param features {@code [FEATURES]}, as {@link CandidateReader} computes them
 */
@SuppressWarnings("ArrayRecordComponent")
record ClauseCandidate(ClauseType type, int start, int end, float[] features) {
    /** How many features a candidate has. */
    static final int FEATURES = 24;

    private static final double SMALLEST = 1e-4;

    /** {@code ln(p / (1 - p))}, with {@code p} kept off 0 and 1. */
    static float logOdds(double probability) {
        double p = Math.clamp(probability, SMALLEST, 1 - SMALLEST);
        return (float) Math.log(p / (1 - p));
    }

    /** The logarithm of a score, which is kept off 0. */
    static double logarithm(double score) {
        return Math.log(Math.max(score, SMALLEST));
    }
}
