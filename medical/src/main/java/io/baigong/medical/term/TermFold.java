package io.baigong.medical.term;

import io.baigong.medical.text.Folding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One of five folds of a set's training terms, for measuring by cross-validation: {@code chip-cdn-fold-1} to {@code chip-cdn-fold-5}.
 *
 * <p>A term belongs to the fold of its position; all terms that are nearly the same go with the first of them, so that none is
 * measured on what was as good as learned.
 *
 * @param number 1 to 5
 */
record TermFold(String set, int number) {
    private static final int FOLDS = 5;

    /** Share of the pairs of neighbouring characters in common, of all that either has, from which terms are nearly the same. */
    private static final double NEARLY = 0.8;

    static List<TermFold> of(String set) {
        return IntStream.rangeClosed(1, FOLDS)
                .mapToObj(number -> new TermFold(set, number))
                .toList();
    }

    /** The name of its benchmark. */
    String name() {
        return set + "-fold-" + number;
    }

    /** The terms of the other folds. */
    List<TermPair> learning(List<TermPair> all) throws IOException {
        return part(all, false);
    }

    /** The terms of this fold. */
    List<TermPair> measured(List<TermPair> all) throws IOException {
        return part(all, true);
    }

    private List<TermPair> part(List<TermPair> all, boolean own) throws IOException {
        int[] first = firstOfEach(all);
        List<TermPair> part = IntStream.range(0, all.size())
                .filter(i -> (first[i] % FOLDS == number - 1) == own)
                .mapToObj(all::get)
                .toList();
        if (part.isEmpty()) {
            throw new IOException("%d terms are too few for %d folds".formatted(all.size(), FOLDS));
        }
        return part;
    }

    /** For each term the first that it is nearly the same as, over any number of steps; itself where there is none before it. */
    private static int[] firstOfEach(List<TermPair> all) {
        var pairs = new ArrayList<Set<String>>();
        Map<String, List<Integer>> having = new HashMap<>();
        int[] first = new int[all.size()];
        for (int i = 0; i < first.length; i++) {
            first[i] = i;
            Set<String> own = pairs(Folding.packed(all.get(i).written()));
            var common = new HashMap<Integer, Integer>();
            for (String pair : own) {
                for (int before : having.computeIfAbsent(pair, k -> new ArrayList<>())) {
                    common.merge(before, 1, Integer::sum);
                }
            }
            for (Map.Entry<Integer, Integer> shared : common.entrySet()) {
                int either = own.size() + pairs.get(shared.getKey()).size() - shared.getValue();
                if (shared.getValue() >= NEARLY * either) {
                    join(first, shared.getKey(), i);
                }
            }
            pairs.add(own);
            own.forEach(pair -> having.getOrDefault(pair, List.of()).add(pairs.size() - 1));
        }
        for (int i = 0; i < first.length; i++) {
            first[i] = root(first, i);
        }
        return first;
    }

    private static void join(int[] first, int one, int other) {
        int a = root(first, one);
        int b = root(first, other);
        first[Math.max(a, b)] = Math.min(a, b);
    }

    private static int root(int[] first, int of) {
        int at = of;
        while (first[at] != at) {
            at = first[at];
        }
        return at;
    }

    /** Neighbouring characters of a text, its ends included. */
    private static Set<String> pairs(String text) {
        var pairs = new HashSet<String>();
        String bounded = "^" + text + "$";
        for (int i = 0; i + 2 <= bounded.length(); i++) {
            pairs.add(bounded.substring(i, i + 2));
        }
        return pairs;
    }
}
