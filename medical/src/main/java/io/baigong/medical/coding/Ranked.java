package io.baigong.medical.coding;

/**
 * A candidate with its probability.
 *
 * @param probability in [0, 1]
 * @param proposed whether it is sure enough to be proposed
 */
record Ranked(CodeCandidate candidate, double probability, boolean proposed) {}
