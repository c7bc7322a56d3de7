package io.baigong.finance.clause;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Chooses passages of one type that don't overlap, so that as many as possible are right: weighted interval scheduling
 * (Kleinberg and Tardos, Algorithm Design, section 6.1) over confidences, less a cost for each passage. What overlaps none of
 * these follows, the surest first.
 */
final class PassageChoice {
    /** What a reader's look at one more passage costs, in passages that are right. */
    private static final double COST = 0.05;

    private PassageChoice() {}

    static List<Clause> of(List<Clause> passages) {
        List<Clause> sorted = passages.stream()
                .sorted(Comparator.comparingInt(Clause::end)
                        .thenComparingInt(Clause::start)
                        .thenComparingDouble(passage -> -passage.confidence()))
                .toList();
        var chosen = new TreeMap<Integer, Clause>();
        scheduled(sorted).forEach(passage -> chosen.put(passage.start(), passage));
        for (Clause passage : sorted.stream()
                .sorted(Comparator.comparingDouble(Clause::confidence).reversed())
                .toList()) {
            if (isFree(passage, chosen)) {
                chosen.put(passage.start(), passage);
            }
        }
        return List.copyOf(chosen.values());
    }

    private static boolean isFree(Clause passage, NavigableMap<Integer, Clause> chosen) {
        var before = chosen.lowerEntry(passage.end());
        return before == null || before.getValue().end() <= passage.start();
    }

    /** The best set, of passages in order of their ends. */
    private static List<Clause> scheduled(List<Clause> sorted) {
        int[] ends = sorted.stream().mapToInt(Clause::end).toArray();
        int[] compatible = new int[ends.length];
        double[] best = new double[ends.length + 1];
        for (int i = 0; i < ends.length; i++) {
            compatible[i] = endingBy(ends, sorted.get(i).start());
            double with = best[compatible[i]] + sorted.get(i).confidence() - COST;
            best[i + 1] = Math.max(best[i], with);
        }
        var schedule = new ArrayList<Clause>();
        int left = ends.length;
        while (left > 0) {
            if (best[left] > best[left - 1]) {
                schedule.add(sorted.get(left - 1));
                left = compatible[left - 1];
            } else {
                left--;
            }
        }
        return schedule;
    }

    /** How many passages end at that position or before. */
    private static int endingBy(int[] ends, int position) {
        int at = Arrays.binarySearch(ends, position + 1);
        if (at < 0) {
            return -at - 1;
        }
        while (at > 0 && ends[at - 1] > position) {
            at--;
        }
        return at;
    }
}
