package io.baigong.measures;

/**
 * A statistic with its confidence interval.
 *
 * @param value on the data itself
 * @param low lower end
 * @param high upper end
 */
public record Interval(double value, double low, double high) {}
