package io.baigong.measures;

/** Sample quantiles by linear interpolation between order statistics (type 7 of Hyndman and Fan, 1996). */
final class Quantiles {
    private Quantiles() {}

    /** The quantile of sorted values; not a number when there are none. */
    static double of(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double at = share * (sorted.length - 1);
        int below = (int) Math.floor(at);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
