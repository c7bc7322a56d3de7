package io.baigong.tuning.data;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Signatures whose share of equal places estimates the Jaccard similarity of two sets (Broder et al., "Min-wise independent
 * permutations", 1998). Immutable.
 *
 * <p>A permutation is {@code a x + b} modulo 2^32 with odd {@code a} (ibid., section 5: linear permutations); its members are
 * hashes already. The inner loop runs over permutations, so that the compiler makes vector instructions of it.
 */
final class MinHash {
    /** The permutations are the same for every data set, so that signatures can be compared. */
    private static final long SEED = 1;

    private final int[] factors;
    private final int[] offsets;

    MinHash(int permutations) {
        var random = new SplittableRandom(SEED);
        this.factors = random.ints(permutations).map(a -> a | 1).toArray();
        this.offsets = random.ints(permutations).toArray();
    }

    /** Least value of each permutation over a set that is not empty, in {@code int} order. */
    int[] signature(int[] set) {
        int[] least = new int[factors.length];
        Arrays.fill(least, Integer.MAX_VALUE);
        for (int member : set) {
            lower(least, member, factors, offsets);
        }
        return least;
    }

    private static void lower(int[] least, int member, int[] factors, int[] offsets) {
        for (int i = 0; i < least.length; i++) {
            least[i] = Math.min(least[i], factors[i] * member + offsets[i]);
        }
    }

    /** Estimated Jaccard similarity; its standard deviation is {@code sqrt(J (1 - J) / permutations)}. */
    static double similarity(int[] a, int[] b) {
        int equal = 0;
        for (int i = 0; i < a.length; i++) {
            equal += a[i] == b[i] ? 1 : 0;
        }
        return (double) equal / a.length;
    }
}
