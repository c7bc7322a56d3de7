package io.baigong.compute;

import java.util.List;

/**
 * Scores of every token of one text.
 *
 * @param labels the label set, in column order
 * @param starts first UTF-16 unit of each token
 * @param ends one past the last UTF-16 unit of each token
 * @param scores in [0, 1], {@code [tokens, labels]}, row-major
 */
@SuppressWarnings("ArrayRecordComponent")
public record TokenProbabilities(List<String> labels, int[] starts, int[] ends, float[] scores) {}
