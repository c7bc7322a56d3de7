package io.baigong.measures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Confidence intervals from resampling clusters, such as contracts or patients, with replacement: the percentile bootstrap
 * (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, section 13.3). Cases of one cluster depend on each other, so
 * the cluster is what is drawn.
 *
 * <p>Runs on all cores; equal seeds give equal intervals, however many cores there are.
 *
 * @param resamples how many resamples are drawn; 1000 are usual for a 95 % interval
 * @param level share of resamples inside the interval, in (0, 1)
 */
public record Bootstrap(int resamples, double level, long seed) {
    public Bootstrap {
        if (resamples < 1 || !(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    "a bootstrap needs a resample and a level in (0, 1), not " + resamples + " and " + level);
        }
    }

    /** 1000 resamples, 95 % intervals. */
    public static Bootstrap seeded(long seed) {
        return new Bootstrap(1000, 0.95, seed);
    }

    /** The interval of one statistic; resamples on which it is not a number are left out. */
    public <T> Interval interval(List<T> clusters, ToDoubleFunction<List<T>> statistic) {
        return intervals(clusters, sample -> new double[] {statistic.applyAsDouble(sample)})
                .getFirst();
    }

    /** The interval of {@code a − b} with both measured on the same resamples (the paired bootstrap). */
    public <T> Interval difference(List<T> clusters, ToDoubleFunction<List<T>> a, ToDoubleFunction<List<T>> b) {
        return interval(clusters, sample -> a.applyAsDouble(sample) - b.applyAsDouble(sample));
    }

    /**
     * The interval of {@code a − b}, from intervals that were found apart: their resamples were the same clusters if bootstraps of
     * one seed and one number of resamples drew them from equally many clusters in the same order (the paired bootstrap).
     *
     * @throws IllegalArgumentException if they have not equally many draws, or none
     */
    public static Interval difference(Interval a, Interval b, double level) {
        return paired(a, b, level, (one, other) -> one - other);
    }

    /**
     * The interval of {@code a / b}, from intervals as {@link #difference(Interval, Interval, double)} takes them; resamples on which it is not a
     * number are left out.
     *
     * @throws IllegalArgumentException if they have not equally many draws, or none
     */
    public static Interval ratio(Interval a, Interval b, double level) {
        return paired(a, b, level, (one, other) -> one / other);
    }

    private static Interval paired(Interval a, Interval b, double level, DoubleBinaryOperator of) {
        if (a.draws().isEmpty() || a.draws().size() != b.draws().size()) {
            throw new IllegalArgumentException("a comparison needs equally many draws of both, not %d and %d"
                    .formatted(a.draws().size(), b.draws().size()));
        }
        List<Double> draws = IntStream.range(0, a.draws().size())
                .mapToObj(i -> of.applyAsDouble(a.draws().get(i), b.draws().get(i)))
                .toList();
        return interval(of.applyAsDouble(a.value(), b.value()), draws, level);
    }

    /**
     * The intervals of several statistics of the same resamples.
     *
     * @param statistics gives one value each, always in the same order; called from many threads
     */
    public <T> List<Interval> intervals(List<T> clusters, Function<List<T>, double[]> statistics) {
        if (clusters.isEmpty()) {
            throw new IllegalArgumentException("there is no cluster to resample");
        }
        double[] values = statistics.apply(clusters);
        long[] seeds = new SplittableRandom(seed).longs(resamples).toArray();
        double[][] drawn = Arrays.stream(seeds)
                .parallel()
                .mapToObj(each -> statistics.apply(resample(clusters, each)))
                .toArray(double[][]::new);
        return IntStream.range(0, values.length)
                .mapToObj(i -> interval(
                        values[i], Arrays.stream(drawn).map(row -> row[i]).toList(), level))
                .toList();
    }

    private static <T> List<T> resample(List<T> clusters, long seed) {
        var random = new SplittableRandom(seed);
        var sample = new ArrayList<T>(clusters.size());
        for (int i = 0; i < clusters.size(); i++) {
            sample.add(clusters.get(random.nextInt(clusters.size())));
        }
        return sample;
    }

    private static Interval interval(double value, List<Double> draws, double level) {
        double[] sorted = draws.stream()
                .mapToDouble(Double::doubleValue)
                .filter(draw -> !Double.isNaN(draw))
                .sorted()
                .toArray();
        double tail = (1 - level) / 2;
        return new Interval(value, Quantiles.of(sorted, tail), Quantiles.of(sorted, 1 - tail), draws);
    }
}
