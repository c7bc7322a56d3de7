package io.baigong.manufacturing.maintenance.fleet;

import java.util.List;

/**
 * Time to the first failure of any component, hours, from probabilities within horizons.
 *
 * <p>Between two horizons failures are taken as spread evenly. Beyond the longest nothing is told.
 *
 * @param median half of such machines last longer
 * @param low a tenth fails sooner
 * @param high a tenth lasts longer
 * @param isBeyond whether the median is the longest horizon, and the life longer
 * @param failsWithinLongest probability
 */
public record FleetLife(double median, double low, double high, boolean isBeyond, double failsWithinLongest) {
    /** Share of machines whose life lies between {@code low} and {@code high}, if the probabilities are right. */
    public static final double COVERAGE = 0.8;

    /**
     * Of components that fail independently.
     *
     * @param probabilities {@code [components, horizons]}, not falling in the horizon
     * @param horizons rising, hours
     */
    public static FleetLife of(double[][] probabilities, List<Integer> horizons) {
        double[] fails = new double[horizons.size()];
        for (int h = 0; h < fails.length; h++) {
            double survives = 1;
            for (double[] component : probabilities) {
                survives *= 1 - component[h];
            }
            fails[h] = 1 - survives;
        }
        return new FleetLife(
                quantile(fails, horizons, 0.5),
                quantile(fails, horizons, (1 - COVERAGE) / 2),
                quantile(fails, horizons, (1 + COVERAGE) / 2),
                fails[fails.length - 1] < 0.5,
                fails[fails.length - 1]);
    }

    private static double quantile(double[] fails, List<Integer> horizons, double share) {
        double before = 0;
        double from = 0;
        for (int h = 0; h < fails.length; h++) {
            if (fails[h] >= share) {
                return from + (horizons.get(h) - from) * (share - before) / (fails[h] - before);
            }
            before = fails[h];
            from = horizons.get(h);
        }
        return horizons.getLast();
    }
}
