package io.baigong.tuning.data;

import java.util.function.DoubleUnaryOperator;

/**
 * How a signature is cut up for locality-sensitive hashing: two documents are compared if all rows of at least one band are equal,
 * so with probability {@code 1 - (1 - s^rows)^bands} at similarity {@code s} (Leskovec, Rajaraman, Ullman, "Mining of Massive
 * Datasets", section 3.4.2).
 */
public record Bands(int bands, int rows) {
    private static final double STEP = 0.001;

    /**
     * The bands that err least, as datasketch's {@code MinHashLSH} chooses them ({@code _optimal_param} in
     * {@code datasketch/lsh.py}): the area above 0 left of the threshold times {@code 1 - missWeight}, and the area below 1 right of
     * it times {@code missWeight}.
     *
     * @param missWeight weight of documents that are alike and not compared, in [0, 1]; datasketch's default is 0.5
     */
    public static Bands optimal(double threshold, int permutations, double missWeight) {
        var best = new Bands(1, 1);
        double least = Double.POSITIVE_INFINITY;
        for (int bands = 1; bands <= permutations; bands++) {
            for (int rows = 1; rows <= permutations / bands; rows++) {
                var cut = new Bands(bands, rows);
                double error = (1 - missWeight) * area(cut::compared, 0, threshold)
                        + missWeight * area(s -> 1 - cut.compared(s), threshold, 1);
                if (error < least) {
                    least = error;
                    best = cut;
                }
            }
        }
        return best;
    }

    /** By the midpoint rule. */
    static double area(DoubleUnaryOperator curve, double from, double to) {
        int steps = (int) Math.ceil((to - from) / STEP);
        double width = (to - from) / Math.max(steps, 1);
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            sum += curve.applyAsDouble(from + (i + 0.5) * width);
        }
        return sum * width;
    }

    /** Probability that two documents of this similarity are compared. */
    public double compared(double similarity) {
        return 1 - Math.pow(1 - Math.pow(similarity, rows), bands);
    }

    /** A hash of each band's rows. */
    int[] keys(int[] signature) {
        int[] keys = new int[bands];
        for (int band = 0; band < bands; band++) {
            long hash = band;
            for (int i = band * rows; i < (band + 1) * rows; i++) {
                hash = (hash + signature[i]) * 0x9E3779B97F4A7C15L;
                hash ^= hash >>> 32;
            }
            keys[band] = (int) (Digests.mix(hash) >>> 32);
        }
        return keys;
    }
}
