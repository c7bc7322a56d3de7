package io.baigong.compute;

/**
 * How a model has been asked since it was opened. Sequences of a batch are of one length, so none of its tokens are padding.
 *
 * @param batches that left the queue
 * @param sequences in them
 * @param tokens of these, markers among them
 * @param waitedNanos from coming to leaving, of all sequences together
 */
public record Batching(long batches, long sequences, long tokens, long waitedNanos) {}
