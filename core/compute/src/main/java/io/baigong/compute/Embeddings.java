package io.baigong.compute;

/**
 * Texts as vectors of length 1.
 *
 * @param vectors {@code [texts, width]}
 * @param tokens of each text, its two markers included
 */
@SuppressWarnings("ArrayRecordComponent")
public record Embeddings(float[][] vectors, int[] tokens) {}
