package io.baigong.manufacturing.defect.quality;

import java.util.Arrays;

/**
 * The threshold that costs least on parts whose truth is known.
 *
 * @param threshold a part that scores at least this fails
 * @param cost of a part, in the unit of the costs given
 * @param escapeRate share of defective parts that pass
 * @param overkillRate share of sound parts that fail
 */
public record CostThreshold(double threshold, double cost, double escapeRate, double overkillRate) {
    /**
     * Chooses among the scores that occur, and one above all of them.
     *
     * @param escapeCost of a defective part that passes
     * @param overkillCost of a sound part that fails
     */
    public static CostThreshold cheapest(double[] scores, boolean[] defective, double escapeCost, double overkillCost) {
        if (scores.length != defective.length || scores.length == 0) {
            throw new IllegalArgumentException("expected as many truths as scores and at least one, got "
                    + defective.length + " and " + scores.length);
        }
        double[] candidates = Arrays.copyOf(scores, scores.length + 1);
        candidates[scores.length] = Math.nextUp(Arrays.stream(scores).max().orElseThrow());
        CostThreshold best = null;
        for (double candidate : Arrays.stream(candidates).distinct().sorted().toArray()) {
            CostThreshold each = at(candidate, scores, defective, escapeCost, overkillCost);
            if (best == null || each.cost < best.cost) {
                best = each;
            }
        }
        return java.util.Objects.requireNonNull(best);
    }

    /** What a threshold costs. A rate of none is 0. */
    public static CostThreshold at(
            double threshold, double[] scores, boolean[] defective, double escapeCost, double overkillCost) {
        int escapes = 0;
        int overkills = 0;
        int bad = 0;
        for (int i = 0; i < scores.length; i++) {
            boolean fails = scores[i] >= threshold;
            bad += defective[i] ? 1 : 0;
            escapes += defective[i] && !fails ? 1 : 0;
            overkills += !defective[i] && fails ? 1 : 0;
        }
        int sound = scores.length - bad;
        return new CostThreshold(
                threshold,
                (escapes * escapeCost + overkills * overkillCost) / scores.length,
                bad == 0 ? 0 : (double) escapes / bad,
                sound == 0 ? 0 : (double) overkills / sound);
    }
}
