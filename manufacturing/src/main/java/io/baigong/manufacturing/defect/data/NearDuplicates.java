package io.baigong.manufacturing.defect.data;

import io.baigong.manufacturing.defect.image.Picture;
import java.util.BitSet;
import java.util.List;

/**
 * Pictures that are nearly the same, told by a difference hash: whether each cell of a coarse grid is brighter than its
 * neighbour.
 */
public final class NearDuplicates {
    private static final int SIDE = 16;

    /** Of 256 bits; two unrelated pictures differ in about half. */
    private static final int MOST_DIFFERENT = 20;

    private NearDuplicates() {}

    /** For each picture the index of the first one that it is nearly the same as, over any chain of such pairs. */
    public static int[] groups(List<Picture> pictures) {
        BitSet[] hashes = pictures.stream().map(NearDuplicates::hash).toArray(BitSet[]::new);
        int[] first = new int[hashes.length];
        for (int i = 0; i < hashes.length; i++) {
            first[i] = i;
            for (int j = 0; j < i; j++) {
                var different = (BitSet) hashes[i].clone();
                different.xor(hashes[j]);
                if (different.cardinality() <= MOST_DIFFERENT) {
                    join(first, i, j);
                }
            }
        }
        for (int i = 0; i < first.length; i++) {
            first[i] = root(first, i);
        }
        return first;
    }

    private static void join(int[] first, int i, int j) {
        int a = root(first, i);
        int b = root(first, j);
        first[Math.max(a, b)] = Math.min(a, b);
    }

    private static int root(int[] first, int i) {
        int at = i;
        while (first[at] != at) {
            at = first[at];
        }
        return at;
    }

    private static BitSet hash(Picture picture) {
        Picture small = picture.grey().resized(SIDE + 1, SIDE);
        var bits = new BitSet(SIDE * SIDE);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int at = y * (SIDE + 1) + x;
                bits.set(y * SIDE + x, small.values()[at] > small.values()[at + 1]);
            }
        }
        return bits;
    }
}
