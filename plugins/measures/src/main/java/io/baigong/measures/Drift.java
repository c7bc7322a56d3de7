package io.baigong.measures;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** How far the values of today are from those of a reference, such as the data that a model learned from. */
public final class Drift {
    private static final int LEAST_OF_A_LABEL = 5;

    private Drift() {}

    /**
     * Population stability index over bins that hold equal shares of the reference (Siddiqi, Credit Risk Scorecards, 2006,
     * chapter 8): below 0.1 is taken as stable, above 0.25 as shifted. Half a case is added to each bin, so that an empty one
     * counts as rare.
     */
    public static double populationStability(double[] reference, double[] current, int bins) {
        if (bins < 2) {
            throw new IllegalArgumentException("a stability index needs at least two bins, not " + bins);
        }
        double[] sorted = sorted(reference);
        double[] now = sorted(current);
        double[] edges = new double[bins - 1];
        for (int b = 1; b < bins; b++) {
            edges[b - 1] = Quantiles.of(sorted, (double) b / bins);
        }
        double[] then = shares(sorted, edges);
        double[] today = shares(now, edges);
        double index = 0;
        for (int b = 0; b < bins; b++) {
            index += (today[b] - then[b]) * Math.log(today[b] / then[b]);
        }
        return index;
    }

    /**
     * Population stability index over labels, as above. Labels that fewer than 5 of the reference have are one bin, with those that it
     * has none of.
     */
    public static Labels populationStability(Map<String, Integer> reference, Map<String, Integer> current) {
        List<String> known = reference.keySet().stream()
                .filter(label -> reference.getOrDefault(label, 0) >= LEAST_OF_A_LABEL)
                .toList();
        int then = reference.values().stream().mapToInt(Integer::intValue).sum();
        int today = current.values().stream().mapToInt(Integer::intValue).sum();
        if (then == 0 || today == 0) {
            throw new IllegalArgumentException("drift is measured between labels, and there are none");
        }
        int bins = known.size() + 1;
        int thenLeft = then;
        int todayLeft = today;
        double index = 0;
        for (String label : known) {
            int was = reference.getOrDefault(label, 0);
            int is = current.getOrDefault(label, 0);
            index += term(was, then, is, today, bins);
            thenLeft -= was;
            todayLeft -= is;
        }
        return new Labels(index + term(thenLeft, then, todayLeft, today, bins), bins);
    }

    private static double term(int was, int then, int is, int today, int bins) {
        double before = (was + 0.5) / (then + 0.5 * bins);
        double now = (is + 0.5) / (today + 0.5 * bins);
        return (now - before) * Math.log(now / before);
    }

    /**
     * Probability that a population stability index is as large or larger where nothing has shifted: it goes as a chi-square with
     * {@code bins − 1} degrees of freedom times {@code 1/reference + 1/current} (Yurdakul and Naranjo, Journal of Risk Model Validation
     * 14, 2020). The tail of the chi-square is Wilson and Hilferty's.
     *
     * @param reference how many cases it has
     * @param current how many cases there are now
     */
    public static double chanceOf(double index, int bins, int reference, int current) {
        double freedom = bins - 1;
        double chiSquare = Math.max(0, index) / (1.0 / reference + 1.0 / current);
        double spread = 2 / (9 * freedom);
        return Normal.tail((Math.cbrt(chiSquare / freedom) - (1 - spread)) / Math.sqrt(spread));
    }

    /** The two-sample Kolmogorov–Smirnov test. */
    public static KolmogorovSmirnov kolmogorovSmirnov(double[] reference, double[] current) {
        double[] a = sorted(reference);
        double[] b = sorted(current);
        double distance = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length; ) {
            double x = Math.min(a[i], b[j]);
            while (i < a.length && a[i] == x) {
                i++;
            }
            while (j < b.length && b[j] == x) {
                j++;
            }
            distance = Math.max(distance, Math.abs((double) i / a.length - (double) j / b.length));
        }
        double root = Math.sqrt((double) a.length * b.length / (a.length + b.length));
        return new KolmogorovSmirnov(distance, tail((root + 0.12 + 0.11 / root) * distance));
    }

    /** {@code 2 Σ (−1)^(k−1) exp(−2 k² x²)}, the tail of Kolmogorov's distribution. */
    private static double tail(double x) {
        if (x < 0.2) {
            return 1; // The series converges too slowly to see that it differs from 1 by less than 1e-12.
        }
        double sum = 0;
        for (int k = 1; k <= 100; k++) {
            double term = Math.exp(-2.0 * k * k * x * x);
            sum += k % 2 == 1 ? term : -term;
            if (term < 1e-16) {
                break;
            }
        }
        return Math.clamp(2 * sum, 0, 1);
    }

    private static double[] shares(double[] values, double[] edges) {
        double[] counts = new double[edges.length + 1];
        Arrays.fill(counts, 0.5);
        for (double value : values) {
            int bin = 0;
            while (bin < edges.length && value > edges[bin]) {
                bin++;
            }
            counts[bin]++;
        }
        double all = values.length + 0.5 * counts.length;
        for (int b = 0; b < counts.length; b++) {
            counts[b] /= all;
        }
        return counts;
    }

    private static double[] sorted(double[] values) {
        double[] copy = values.clone();
        Arrays.sort(copy);
        if (copy.length == 0 || Double.isNaN(copy[copy.length - 1])) {
            throw new IllegalArgumentException(
                    "drift is measured between values, and there are none or one is not a number");
        }
        return copy;
    }

    /** A stability index over labels, and over how many bins. */
    public record Labels(double index, int bins) {}

    /**
     * What the test found.
     *
     * @param distance largest difference of the two distribution functions, in [0, 1]
     * @param probability that one distribution gives so large a distance or a larger one, by the asymptotic form with
     *     Stephens' correction (Journal of the Royal Statistical Society B 32, 1970); good from about 8 cases on each side
     */
    public record KolmogorovSmirnov(double distance, double probability) {}
}
