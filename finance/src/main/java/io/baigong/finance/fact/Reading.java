package io.baigong.finance.fact;

/**
 * A value read from a plain text.
 *
 * @param start first unit of its words, {@code [start, end)}
 */
record Reading<V>(V value, int start, int end) {}
