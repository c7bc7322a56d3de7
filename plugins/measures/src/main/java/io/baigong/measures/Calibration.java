package io.baigong.measures;

import java.util.ArrayList;
import java.util.List;

/** Whether predicted probabilities are what happens. */
public final class Calibration {
    private Calibration() {}

    /** Mean squared error of the probabilities, in [0, 1]; lower is better (Brier, Monthly Weather Review 78, 1950). */
    public static double brierScore(double[] probabilities, boolean[] outcomes) {
        check(probabilities, outcomes);
        double sum = 0;
        for (int i = 0; i < probabilities.length; i++) {
            double error = probabilities[i] - (outcomes[i] ? 1 : 0);
            sum += error * error;
        }
        return sum / probabilities.length;
    }

    /** Expected calibration error over bins of equal width (Guo et al., ICML 2017, arXiv:1706.04599, section 2). */
    public static double expectedError(double[] probabilities, boolean[] outcomes, int bins) {
        return reliability(probabilities, outcomes, bins).stream()
                        .mapToDouble(bin -> bin.count() * Math.abs(bin.frequency() - bin.meanProbability()))
                        .sum()
                / probabilities.length;
    }

    /** The table of a reliability diagram: bins of equal width over [0, 1], the empty ones left out. */
    public static List<Bin> reliability(double[] probabilities, boolean[] outcomes, int bins) {
        check(probabilities, outcomes);
        if (bins < 1) {
            throw new IllegalArgumentException("a reliability table has at least one bin, not " + bins);
        }
        int[] count = new int[bins];
        int[] happened = new int[bins];
        double[] sum = new double[bins];
        for (int i = 0; i < probabilities.length; i++) {
            int bin = Math.min((int) (probabilities[i] * bins), bins - 1);
            count[bin]++;
            happened[bin] += outcomes[i] ? 1 : 0;
            sum[bin] += probabilities[i];
        }
        var table = new ArrayList<Bin>();
        for (int b = 0; b < bins; b++) {
            if (count[b] > 0) {
                table.add(new Bin(
                        (double) b / bins,
                        (double) (b + 1) / bins,
                        count[b],
                        sum[b] / count[b],
                        (double) happened[b] / count[b]));
            }
        }
        return table;
    }

    static void check(double[] probabilities, boolean[] outcomes) {
        checkSizes(probabilities, outcomes);
        for (double p : probabilities) {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException("a probability lies in [0, 1], not " + p);
            }
        }
    }

    static void checkSizes(double[] scores, boolean[] outcomes) {
        if (scores.length != outcomes.length || scores.length == 0) {
            throw new IllegalArgumentException("expected as many outcomes as scores and at least one, got "
                    + outcomes.length + " and " + scores.length);
        }
    }

    /** Cases with a probability in {@code [low, high)}, the last bin with 1 too: what was said, and how often it happened. */
    public record Bin(double low, double high, int count, double meanProbability, double frequency) {}
}
