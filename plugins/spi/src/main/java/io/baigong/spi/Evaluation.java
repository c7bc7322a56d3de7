package io.baigong.spi;

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
     */
    public record Metric(double value, double low, double high, String unit) {}
}
