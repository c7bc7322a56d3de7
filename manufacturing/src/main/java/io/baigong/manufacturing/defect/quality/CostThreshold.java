package io.baigong.manufacturing.defect.quality;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * A threshold, and what it is expected to cost by parts whose truth is known: Bayes' decision with the error rates of a validation set
 * (Duda, Hart and Stork, Pattern Classification, 2nd edition, section 2.2).
 *
 * @param threshold a part that scores at least this fails, in (0, 1)
 * @param costPerPart in the unit of the costs given
 * @param escapeRate share of defective parts that pass
 * @param overkillRate share of sound parts that fail
 */
public record CostThreshold(double threshold, double costPerPart, double escapeRate, double overkillRate) {
    /**
     * The cheapest threshold. It lies in the middle between two scores that occur, below all, or above all; of those that cost the
     * same it is the lowest, which lets the fewest defects escape.
     *
     * @param validation complete
     */
    public static CostThreshold cheapest(Validation validation, MistakeCosts costs) {
        return candidates(validation)
                .mapToObj(threshold -> at(threshold, validation, costs))
                .reduce((best, each) -> each.costPerPart < best.costPerPart ? each : best)
                .orElseThrow();
    }

    /** Rising. */
    private static DoubleStream candidates(Validation validation) {
        double[] scores = DoubleStream.concat(Arrays.stream(validation.sound()), Arrays.stream(validation.defective()))
                .distinct()
                .sorted()
                .toArray();
        double[] ends = new double[scores.length + 2];
        System.arraycopy(scores, 0, ends, 1, scores.length);
        ends[ends.length - 1] = 1;
        double[] between = new double[ends.length - 1];
        for (int i = 0; i < between.length; i++) {
            between[i] = (ends[i] + ends[i + 1]) / 2;
        }
        return Arrays.stream(between).filter(threshold -> threshold > 0 && threshold < 1);
    }

    /** What a threshold costs. */
    public static CostThreshold at(double threshold, Validation validation, MistakeCosts costs) {
        if (!validation.isComplete()) {
            throw new IllegalArgumentException("a threshold is weighed on sound parts and on defective ones, not on "
                    + validation.sound().length + " and " + validation.defective().length);
        }
        double escapes = (double) below(threshold, validation.defective()) / validation.defective().length;
        double overkills = 1 - (double) below(threshold, validation.sound()) / validation.sound().length;
        return new CostThreshold(threshold, costs.of(escapes, overkills), escapes, overkills);
    }

    /** How many of the rising scores are below. */
    private static int below(double threshold, double[] scores) {
        int low = 0;
        int high = scores.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (scores[middle] < threshold) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
