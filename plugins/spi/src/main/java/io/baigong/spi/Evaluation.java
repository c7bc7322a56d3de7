package io.baigong.spi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a benchmark found.
 *
 * @param cases how many cases (contracts, patients, machines) were measured
 * @param metrics by name, in the order to be shown
 * @param subgroups the same metrics, or some of them, of parts of the cases; in the order to be shown
 */
public record Evaluation(int cases, Map<String, Metric> metrics, List<Subgroup> subgroups) {
    public Evaluation {
        subgroups = List.copyOf(subgroups);
    }

    /** One that tells no subgroups apart. */
    public Evaluation(int cases, Map<String, Metric> metrics) {
        this(cases, metrics, List.of());
    }

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

    /**
     * Cases that have something in common, measured by themselves.
     *
     * @param dimension what they are told apart by, such as {@code sex}
     * @param name what they have in common, such as {@code female}
     * @param cases how many have it; of a kind of finding, such as a clause type, how many it is in
     * @param metrics by name, in the order to be shown; kept without draws, and without those that are not a number
     */
    public record Subgroup(String dimension, String name, int cases, Map<String, Metric> metrics) {
        public Subgroup {
            metrics = withoutDraws(metrics);
        }

        /**
         * The subgroups of a dimension, by name.
         *
         * @param name what a case has in common with others
         * @param measure gives the metrics of some cases
         */
        public static <C> List<Subgroup> of(
                String dimension,
                List<C> cases,
                Function<C, String> name,
                Function<List<C>, Map<String, Metric>> measure) {
            var parts = new TreeMap<String, List<C>>();
            cases.forEach(each -> parts.computeIfAbsent(name.apply(each), _ -> new ArrayList<>())
                    .add(each));
            return parts.entrySet().stream()
                    .map(part -> new Subgroup(
                            dimension, part.getKey(), part.getValue().size(), measure.apply(part.getValue())))
                    .toList();
        }

        private static Map<String, Metric> withoutDraws(Map<String, Metric> metrics) {
            var bare = new LinkedHashMap<String, Metric>();
            metrics.forEach((name, metric) -> {
                if (!Double.isNaN(metric.value())) {
                    bare.put(name, new Metric(metric.value(), metric.low(), metric.high(), metric.unit()));
                }
            });
            return Collections.unmodifiableMap(bare);
        }
    }
}
