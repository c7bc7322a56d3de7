package io.baigong.spi;

/**
 * What a model must reach on held-out data before it may serve. It is judged by the worse end of the metric's 95 % interval,
 * so that luck with few cases does not pass.
 *
 * @param role the role that the model is to fill
 * @param benchmark on which it is measured, named as {@link Benchmark#name}
 * @param metric one of the benchmark's metrics
 * @param bound which way {@code limit} bounds it
 * @param limit in the metric's unit
 */
public record Gate(String role, String benchmark, String metric, Bound bound, double limit) {
    /** Which way a limit bounds. */
    public enum Bound {
        AT_LEAST,
        AT_MOST
    }

    /** A metric of which more is better. */
    public static Gate atLeast(String role, String benchmark, String metric, double limit) {
        return new Gate(role, benchmark, metric, Bound.AT_LEAST, limit);
    }

    /** A metric of which less is better, such as an error. */
    public static Gate atMost(String role, String benchmark, String metric, double limit) {
        return new Gate(role, benchmark, metric, Bound.AT_MOST, limit);
    }

    /** Whether the worse end of the interval keeps the limit; not a number never does. */
    public boolean keeps(Evaluation.Metric measured) {
        return switch (bound) {
            case AT_LEAST -> measured.low() >= limit;
            case AT_MOST -> measured.high() <= limit;
        };
    }
}
