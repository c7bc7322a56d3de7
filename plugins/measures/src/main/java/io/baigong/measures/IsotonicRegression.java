package io.baigong.measures;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Calibrates scores by the rising function that fits the outcomes best in least squares: pool adjacent violators (Barlow et
 * al., 1972; for classifiers Zadrozny and Elkan, KDD 2002, section 4). Between its knots it is linear, outside them constant.
 */
public final class IsotonicRegression {
    private final double[] scores;
    private final double[] probabilities;

    private IsotonicRegression(double[] scores, double[] probabilities) {
        this.scores = scores;
        this.probabilities = probabilities;
    }

    /** Restores a fit from its knots, both rising and of equal length. */
    public static IsotonicRegression of(double[] scores, double[] probabilities) {
        if (scores.length == 0 || scores.length != probabilities.length) {
            throw new IllegalArgumentException("expected as many probabilities as scores and at least one, got "
                    + probabilities.length + " and " + scores.length);
        }
        for (int i = 1; i < scores.length; i++) {
            if (!(scores[i] > scores[i - 1]) || !(probabilities[i] >= probabilities[i - 1])) {
                throw new IllegalArgumentException("the knots do not rise at knot " + i);
            }
        }
        return new IsotonicRegression(scores.clone(), probabilities.clone());
    }

    /** Fits to cases in any order. */
    public static IsotonicRegression fit(double[] scores, boolean[] outcomes) {
        Calibration.checkSizes(scores, outcomes);
        int[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        if (Double.isNaN(scores[order[order.length - 1]])) {
            throw new IllegalArgumentException("a score is not a number");
        }
        // A stack of blocks with rising means; equal scores are one case with the weight of all.
        double[] low = new double[scores.length];
        double[] high = new double[scores.length];
        double[] weight = new double[scores.length];
        double[] mean = new double[scores.length];
        int blocks = 0;
        for (int i = 0; i < order.length; ) {
            double score = scores[order[i]];
            int from = i;
            int happened = 0;
            for (; i < order.length && scores[order[i]] == score; i++) {
                happened += outcomes[order[i]] ? 1 : 0;
            }
            low[blocks] = score;
            high[blocks] = score;
            weight[blocks] = i - from;
            mean[blocks] = happened / weight[blocks];
            blocks++;
            while (blocks > 1 && mean[blocks - 2] >= mean[blocks - 1]) {
                int into = blocks - 2;
                double sum = mean[into] * weight[into] + mean[into + 1] * weight[into + 1];
                weight[into] += weight[into + 1];
                mean[into] = sum / weight[into];
                high[into] = high[into + 1];
                blocks--;
            }
        }
        double[] knots = new double[2 * blocks];
        double[] values = new double[2 * blocks];
        int n = 0;
        for (int b = 0; b < blocks; b++) {
            knots[n] = low[b];
            values[n++] = mean[b];
            if (high[b] > low[b]) {
                knots[n] = high[b];
                values[n++] = mean[b];
            }
        }
        return new IsotonicRegression(Arrays.copyOf(knots, n), Arrays.copyOf(values, n));
    }

    /** Calibrated probability of a score. */
    public double probability(double score) {
        int at = Arrays.binarySearch(scores, score);
        if (at >= 0) {
            return probabilities[at];
        }
        int above = -at - 1;
        if (above == 0) {
            return probabilities[0];
        }
        if (above == scores.length) {
            return probabilities[scores.length - 1];
        }
        double share = (score - scores[above - 1]) / (scores[above] - scores[above - 1]);
        return probabilities[above - 1] + share * (probabilities[above] - probabilities[above - 1]);
    }

    /** Scores at the knots, rising. */
    public double[] scores() {
        return scores.clone();
    }

    /** Probabilities at the knots, rising. */
    public double[] probabilities() {
        return probabilities.clone();
    }
}
