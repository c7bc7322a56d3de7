package io.baigong.finance.clause;

/**
 * A passage that may be a clause of a type.
 *
 * <p>Passages below the threshold are kept: they are the nearest that a contract has to a clause that it lacks.
 *
 * @param start first UTF-16 unit of the passage, {@code [start, end)}
 * @param confidence calibrated probability that a lawyer would mark this passage, in [0, 1]
 * @param likely whether it is above the threshold at which a review takes the clause as present
 */
public record Clause(ClauseType type, int start, int end, double confidence, boolean likely) {}
