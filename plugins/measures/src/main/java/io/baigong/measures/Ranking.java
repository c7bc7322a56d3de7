package io.baigong.measures;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** How well scores put the cases that happened before those that did not. */
public final class Ranking {
    private Ranking() {}

    /**
     * Area under the receiver operating characteristic: the chance that a case that happened scores above one that did not, ties
     * counted half (Hanley and McNeil, Radiology 143, 1982). Not a number when all or none happened.
     */
    public static double areaUnderRoc(double[] scores, boolean[] outcomes) {
        Calibration.checkSizes(scores, outcomes);
        Integer[] order = byScore(scores, false);
        double ranks = 0;
        long positives = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            long hits = 0;
            while (to < order.length && scores[order[to]] == scores[order[from]]) {
                hits += outcomes[order[to]] ? 1 : 0;
                to++;
            }
            ranks += hits * (from + 1 + to) / 2.0; // the mean of the ranks from + 1 to to
            positives += hits;
            from = to;
        }
        long negatives = order.length - positives;
        return positives == 0 || negatives == 0
                ? Double.NaN
                : (ranks - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
    }

    /**
     * Average precision: the mean, over the cases that happened, of the precision at each one's score (Zhu 2004), as
     * scikit-learn's {@code average_precision_score}. Not a number when none happened.
     */
    public static double averagePrecision(double[] scores, boolean[] outcomes) {
        Calibration.checkSizes(scores, outcomes);
        Integer[] order = byScore(scores, true);
        double sum = 0;
        long hits = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            long tied = 0;
            while (to < order.length && scores[order[to]] == scores[order[from]]) {
                tied += outcomes[order[to]] ? 1 : 0;
                to++;
            }
            hits += tied;
            sum += (double) tied * hits / to;
            from = to;
        }
        return hits == 0 ? Double.NaN : sum / hits;
    }

    private static Integer[] byScore(double[] scores, boolean falling) {
        if (Arrays.stream(scores).anyMatch(Double::isNaN)) {
            throw new IllegalArgumentException("a score is not a number");
        }
        Comparator<Integer> rising = Comparator.comparingDouble(i -> scores[i]);
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(falling ? rising.reversed() : rising)
                .toArray(Integer[]::new);
    }
}
