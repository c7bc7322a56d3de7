package io.baigong.tuning.data;

import java.util.Arrays;

/** Which lines belong together: a forest with path halving. The root of a set is its first line. Not thread-safe. */
final class DisjointSets {
    private int[] parents = new int[0];

    /** The first line of the set of this one. */
    int root(int line) {
        reserve(line);
        int at = line;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }

    void join(int one, int other) {
        int a = root(one);
        int b = root(other);
        parents[Math.max(a, b)] = Math.min(a, b);
    }

    private void reserve(int line) {
        int before = parents.length;
        if (line >= before) {
            parents = Arrays.copyOf(parents, Math.max(line + 1, before + before / 2));
            for (int i = before; i < parents.length; i++) {
                parents[i] = i;
            }
        }
    }
}
