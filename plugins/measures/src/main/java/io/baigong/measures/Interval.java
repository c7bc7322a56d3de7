package io.baigong.measures;

import java.util.List;

/**
 * A statistic with its confidence interval.
 *
 * @param value on the data itself
 * @param low lower end
 * @param high upper end
 * @param draws the statistic on each resample of a bootstrap, in the order drawn; not a number where it could not be told. Empty
 *     for an interval that was not found by resampling
 */
public record Interval(double value, double low, double high, List<Double> draws) {
    public Interval {
        draws = List.copyOf(draws);
    }

    /** An interval that a formula gave. */
    public Interval(double value, double low, double high) {
        this(value, low, high, List.of());
    }
}
