package io.baigong.spi;

import java.util.List;
import java.util.Map;

/**
 * What a benchmark found.
 *
 * @param cases how many cases (contracts, patients, machines) were measured
 * @param metrics by name, in the order to be shown
 */
public record Evaluation(int cases, Map<String, Metric> metrics) {
    /**
     * A value with its 95 % interval.
     *
     * @param low lower end; equal to {@code value} where no interval makes sense
     * @param unit such as {@code ratio} or {@code passages}
     * @param draws its value on each resample of the bootstrap that found the interval, in the order drawn, so that two models
     *     measured on the same data can be compared resample by resample; empty where there was none
     */
    public record Metric(double value, double low, double high, String unit, List<Double> draws) {
        public Metric {
            draws = List.copyOf(draws);
        }

        /** A value whose interval no bootstrap found. */
        public Metric(double value, double low, double high, String unit) {
            this(value, low, high, unit, List.of());
        }
    }
}
