package io.baigong.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model must reach on held-out data before it may serve. It is judged by the worse end of the metric's 95 % interval,
 * so that luck with few cases does not pass.
 *
 * @param role the role that the model is to fill
 * @param benchmark on which it is measured, named as {@link Benchmark#name}
 * @param metric one of the benchmark's metrics
 * @param bound which way {@code limit} and {@code floor} bound it
 * @param limit in the metric's unit
 * @param floor what the value of the metric in each subgroup of at least {@link #FEWEST} cases must keep, in the metric's unit; no
 *     subgroup is judged without it
 */
public record Gate(
        String role,
        String benchmark,
        String metric,
        Bound bound,
        double limit,
        @Nullable Double floor) {
    /** Smaller subgroups are shown and not judged: their values are mostly chance. */
    public static final int FEWEST = 20;

    /** Which way a limit bounds. */
    public enum Bound {
        AT_LEAST,
        AT_MOST
    }

    /** A metric of which more is better. */
    public static Gate atLeast(String role, String benchmark, String metric, double limit) {
        return new Gate(role, benchmark, metric, Bound.AT_LEAST, limit, null);
    }

    /** A metric of which less is better, such as an error. */
    public static Gate atMost(String role, String benchmark, String metric, double limit) {
        return new Gate(role, benchmark, metric, Bound.AT_MOST, limit, null);
    }

    /** The same gate, which subgroups must pass too. */
    public Gate withFloor(double value) {
        return new Gate(role, benchmark, metric, bound, limit, value);
    }

    /** Whether the worse end of the interval keeps the limit; not a number never does. */
    public boolean keeps(Evaluation.Metric measured) {
        return switch (bound) {
            case AT_LEAST -> measured.low() >= limit;
            case AT_MOST -> measured.high() <= limit;
        };
    }

    /** The subgroups that break the floor. */
    public List<Evaluation.Subgroup> broken(List<Evaluation.Subgroup> subgroups) {
        return floor == null
                ? List.of()
                : subgroups.stream()
                        .filter(subgroup -> subgroup.cases() >= FEWEST && breaks(subgroup, floor))
                        .toList();
    }

    private boolean breaks(Evaluation.Subgroup subgroup, double least) {
        Evaluation.Metric measured = subgroup.metrics().get(metric);
        return measured != null
                && switch (bound) {
                    case AT_LEAST -> measured.value() < least;
                    case AT_MOST -> measured.value() > least;
                };
    }
}
