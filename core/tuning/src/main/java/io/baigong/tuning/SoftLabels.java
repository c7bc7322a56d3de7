package io.baigong.tuning;

import java.util.Arrays;
import java.util.List;

/**
 * How sure somebody is of each label of each token of a text. Only what is above a thousandth is kept: of 41 labels that is less than one a
 * token.
 *
 * @param cells {@code token * labels + label}, ascending
 * @param probabilities in (0, 1], of each cell
 */
@SuppressWarnings("ArrayRecordComponent")
record SoftLabels(int[] cells, float[] probabilities) {
    private static final float LEAST = 1e-3f;

    /** Takes what is sure of a cell, {@code token * labels + label}. */
    interface Taker {
        void take(int cell, float probability);
    }

    /**
     * The mean of several.
     *
     * @param scores {@code [tokens, labels]} of each, row-major, all of one length
     */
    static SoftLabels mean(List<float[]> scores) {
        float[] mean = scores.getFirst().clone();
        for (float[] other : scores.subList(1, scores.size())) {
            for (int cell = 0; cell < mean.length; cell++) {
                mean[cell] += other[cell];
            }
        }
        int[] cells = new int[mean.length];
        float[] probabilities = new float[mean.length];
        int kept = 0;
        for (int cell = 0; cell < mean.length; cell++) {
            float probability = mean[cell] / scores.size();
            if (probability > LEAST) {
                cells[kept] = cell;
                probabilities[kept++] = probability;
            }
        }
        return new SoftLabels(Arrays.copyOf(cells, kept), Arrays.copyOf(probabilities, kept));
    }

    /** Hands over the cells in {@code [from, to)}. */
    void within(int from, int to, Taker taker) {
        int first = Arrays.binarySearch(cells, from);
        for (int at = first < 0 ? -first - 1 : first; at < cells.length && cells[at] < to; at++) {
            taker.take(cells[at], probabilities[at]);
        }
    }
}
