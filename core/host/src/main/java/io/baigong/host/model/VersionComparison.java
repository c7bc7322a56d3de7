package io.baigong.host.model;

import io.baigong.measures.Bootstrap;
import io.baigong.measures.Interval;
import io.baigong.registry.history.RegistryEntry;
import io.baigong.registry.history.RegistryEvent.Evaluated;
import io.baigong.spi.Evaluation;
import io.baigong.spi.Evaluation.Metric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Two versions of a role by what was measured of both.
 *
 * <p>Where both were measured on the same data, a difference has an interval by the paired bootstrap (Efron and Tibshirani, An
 * Introduction to the Bootstrap, 1993, section 10.3): a benchmark resamples the same cases in the same order for each version, so the
 * difference of the two is told resample by resample. It is much narrower than the two intervals apart suggest, for cases that are
 * hard for one version are mostly hard for the other.
 */
public record VersionComparison(int left, int right, List<OnBenchmark> benchmarks) {
    private static final double LEVEL = 0.95;

    /** Whether two measurements can be held against each other. */
    public enum Basis {
        /** Measured on the same data. */
        SAME_DATA,
        /** Measured on different data: figures stand beside each other, differences are not told. */
        OTHER_DATA,
        LEFT_UNMEASURED,
        RIGHT_UNMEASURED,
        UNMEASURED
    }

    /**
     * A benchmark.
     *
     * @param metrics by name, those that were measured of either
     * @param subgroups of the same data; none where it is not the same
     */
    public record OnBenchmark(
            String benchmark, Basis basis, Map<String, Difference> metrics, List<Subgroup> subgroups) {
        /** Whether there are differences. */
        boolean paired() {
            return metrics.values().stream().anyMatch(each -> each.difference() != null);
        }
    }

    /**
     * A metric of both.
     *
     * @param difference left less right with its 95 % interval; absent where it can't be told
     */
    public record Difference(
            @Nullable Metric left,
            @Nullable Metric right,
            @Nullable Interval difference) {
        /** Whether the interval of the difference leaves 0 out. */
        public boolean differs() {
            return difference != null && (difference.low() > 0 || difference.high() < 0);
        }
    }

    /**
     * Cases of the data that have something in common.
     *
     * @param metrics by name, without intervals of differences
     */
    public record Subgroup(String dimension, String name, int cases, Map<String, Difference> metrics) {}

    /** What was measured of one version: of each benchmark the latest evaluation, and what its bootstrap drew. */
    record Side(int number, Map<String, RegistryEntry> evaluations, Function<UUID, Map<String, List<Double>>> draws) {
        @Nullable
        Evaluated found(String benchmark) {
            RegistryEntry entry = evaluations.get(benchmark);
            return entry != null && entry.event() instanceof Evaluated evaluated ? evaluated : null;
        }

        Map<String, List<Double>> drawn(String benchmark) {
            RegistryEntry entry = evaluations.get(benchmark);
            return entry == null ? Map.of() : draws.apply(entry.id());
        }
    }

    /**
     * Compares two versions.
     *
     * @param measurable benchmarks to be named also when neither was measured on them
     */
    static VersionComparison of(Collection<String> measurable, Side left, Side right) {
        var names = new TreeSet<>(measurable);
        names.addAll(left.evaluations().keySet());
        names.addAll(right.evaluations().keySet());
        var benchmarks = new ArrayList<OnBenchmark>();
        for (String name : names) {
            Evaluated a = left.found(name);
            Evaluated b = right.found(name);
            Basis basis = basis(a, b);
            boolean paired = basis == Basis.SAME_DATA;
            benchmarks.add(new OnBenchmark(
                    name,
                    basis,
                    differences(
                            metrics(a),
                            paired ? left.drawn(name) : Map.of(),
                            metrics(b),
                            paired ? right.drawn(name) : Map.of()),
                    a == null || b == null || !paired ? List.of() : subgroups(a, b)));
        }
        return new VersionComparison(left.number(), right.number(), benchmarks);
    }

    private static Basis basis(@Nullable Evaluated a, @Nullable Evaluated b) {
        if (a == null) {
            return b == null ? Basis.UNMEASURED : Basis.LEFT_UNMEASURED;
        }
        if (b == null) {
            return Basis.RIGHT_UNMEASURED;
        }
        return a.dataSha256().equals(b.dataSha256()) && a.cases() == b.cases() ? Basis.SAME_DATA : Basis.OTHER_DATA;
    }

    private static Map<String, Metric> metrics(@Nullable Evaluated evaluated) {
        return evaluated == null ? Map.of() : evaluated.metrics();
    }

    /** Those that both were measured in. */
    private static List<Subgroup> subgroups(Evaluated a, Evaluated b) {
        var subgroups = new ArrayList<Subgroup>();
        for (Evaluation.Subgroup one : a.subgroups()) {
            b.subgroups().stream()
                    .filter(other -> other.dimension().equals(one.dimension())
                            && other.name().equals(one.name()))
                    .findFirst()
                    .ifPresent(other -> subgroups.add(new Subgroup(
                            one.dimension(),
                            one.name(),
                            one.cases(),
                            differences(one.metrics(), Map.of(), other.metrics(), Map.of()))));
        }
        return subgroups;
    }

    private static Map<String, Difference> differences(
            Map<String, Metric> a,
            Map<String, List<Double>> drawnOfA,
            Map<String, Metric> b,
            Map<String, List<Double>> drawnOfB) {
        var differences = new LinkedHashMap<String, Difference>();
        var names = new LinkedHashSet<String>(a.keySet());
        names.addAll(b.keySet());
        for (String name : names) {
            Metric one = a.get(name);
            Metric other = b.get(name);
            differences.put(
                    name, new Difference(one, other, difference(one, drawnOfA.get(name), other, drawnOfB.get(name))));
        }
        return differences;
    }

    private static @Nullable Interval difference(
            @Nullable Metric a, @Nullable List<Double> drawnOfA, @Nullable Metric b, @Nullable List<Double> drawnOfB) {
        if (a == null || b == null || drawnOfA == null || drawnOfB == null || drawnOfA.size() != drawnOfB.size()) {
            return null;
        }
        return Bootstrap.difference(
                new Interval(a.value(), a.low(), a.high(), drawnOfA),
                new Interval(b.value(), b.low(), b.high(), drawnOfB),
                LEVEL);
    }
}
