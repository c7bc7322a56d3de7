package io.baigong.manufacturing.maintenance.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Prediction intervals from residuals on cases that the model has not seen: Mondrian split conformal prediction (Vovk, Gammerman and
 * Shafer, Algorithmic Learning in a Random World, 2005, section 4.5), with bands of the prediction as categories.
 *
 * @param coverage share of cases that an interval is to hold, in (0, 1)
 * @param bands by rising prediction; the last has no upper end
 */
public record ConformalBands(double coverage, List<Band> bands) {
    public ConformalBands {
        bands = List.copyOf(bands);
    }

    /**
     * Predictions up to {@code upTo}, and how far the truth lies from them.
     *
     * @param below lower end less prediction, at most 0 mostly
     * @param above upper end less prediction
     */
    public record Band(double upTo, double below, double above) {}

    /**
     * Bands of equally many residuals.
     *
     * @param predicted on unseen cases
     * @param truth of the same cases
     * @param count of bands
     */
    public static ConformalBands of(double[] predicted, double[] truth, double coverage, int count) {
        int n = predicted.length;
        if (n != truth.length || count < 1 || n / count < 20) {
            throw new IllegalArgumentException(
                    "%d bands need 20 cases each; there are %d and %d".formatted(count, n, truth.length));
        }
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(predicted[a], predicted[b]));
        var bands = new ArrayList<Band>();
        for (int b = 0; b < count; b++) {
            int from = (int) ((long) n * b / count);
            int to = (int) ((long) n * (b + 1) / count);
            double[] residuals = new double[to - from];
            for (int i = from; i < to; i++) {
                residuals[i - from] = truth[order[i]] - predicted[order[i]];
            }
            Arrays.sort(residuals);
            double tail = (1 - coverage) / 2;
            bands.add(new Band(
                    b + 1 == count ? Double.MAX_VALUE : predicted[order[to]],
                    residuals[rank(residuals.length, tail, false)],
                    residuals[rank(residuals.length, 1 - tail, true)]));
        }
        return new ConformalBands(coverage, bands);
    }

    /** Index of the order statistic that keeps the promise for n residuals: ceil or floor of {@code (n + 1) share}. */
    private static int rank(int n, double share, boolean up) {
        double at = (n + 1) * share;
        int rank = (int) (up ? Math.ceil(at - 1e-9) : Math.floor(at + 1e-9));
        return Math.clamp(rank, 1, n) - 1;
    }

    /** Lower and upper end for a prediction. */
    public double[] interval(double prediction) {
        Band band = bands.stream()
                .filter(each -> prediction <= each.upTo())
                .findFirst()
                .orElse(bands.getLast());
        return new double[] {prediction + band.below(), prediction + band.above()};
    }
}
