package io.baigong.tuning.data;

import java.util.Arrays;

/** A growing row of numbers, in pieces, so that growing copies nothing. Not thread-safe. */
final class Ints {
    private static final int BITS = 16;
    private static final int PIECE = 1 << BITS;

    private int[][] pieces = new int[16][];
    private long size;

    void add(int value) {
        int piece = (int) (size >>> BITS);
        if (piece == pieces.length) {
            pieces = Arrays.copyOf(pieces, 2 * pieces.length);
        }
        if ((size & (PIECE - 1)) == 0) {
            pieces[piece] = new int[PIECE];
        }
        pieces[piece][(int) size & (PIECE - 1)] = value;
        size++;
    }

    int get(long index) {
        return pieces[(int) (index >>> BITS)][(int) index & (PIECE - 1)];
    }

    void set(long index, int value) {
        pieces[(int) (index >>> BITS)][(int) index & (PIECE - 1)] = value;
    }

    int size() {
        return Math.toIntExact(size);
    }
}
