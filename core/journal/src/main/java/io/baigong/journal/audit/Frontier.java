package io.baigong.journal.audit;

import java.util.ArrayList;
import java.util.List;

/** The right edge of a tree that grows: roots of its complete subtrees, from the largest to the smallest. Not thread-safe. */
final class Frontier {
    private final List<byte[]> peaks = new ArrayList<>();
    private long size;

    /** Hears of subtrees that became complete. */
    @FunctionalInterface
    interface Completed {
        /**
         * Heard.
         *
         * @param level the subtree has 256^level leaves
         */
        void subtree(int level, long number, byte[] hash);
    }

    /** An empty tree's. */
    Frontier() {}

    /** Of {@code size} leaves, whose peaks these are. */
    Frontier(long size, List<byte[]> peaks) {
        this.size = size;
        this.peaks.addAll(peaks);
    }

    long size() {
        return size;
    }

    void add(byte[] leafHash, Completed completed) {
        byte[] hash = leafHash;
        long number = size;
        for (int height = 1; (number & 1) == 1; height++) {
            hash = MerkleTree.nodeHash(peaks.removeLast(), hash);
            number >>= 1;
            if (height % StoredTree.HEIGHT == 0) {
                completed.subtree(height / StoredTree.HEIGHT, number, hash);
            }
        }
        peaks.add(hash);
        size++;
    }

    byte[] root() {
        if (size == 0) {
            return MerkleTree.emptyRoot();
        }
        byte[] root = peaks.getLast();
        for (int i = peaks.size() - 2; i >= 0; i--) {
            root = MerkleTree.nodeHash(peaks.get(i), root);
        }
        return root;
    }
}
