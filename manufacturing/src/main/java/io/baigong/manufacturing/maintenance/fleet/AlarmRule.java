package io.baigong.manufacturing.maintenance.fleet;

/**
 * When an alarm opens: the probability of a failure within the horizon reaches the threshold.
 *
 * @param horizon hours
 * @param threshold in (0, 1]
 */
public record AlarmRule(int horizon, double threshold) {}
