package io.baigong.measures;

import java.util.SplittableRandom;

/**
 * Whether a calibration error has grown.
 *
 * @param before expected calibration error of the reference
 * @param now of the present cases
 * @param probability that the error grows as much or more where all cases are alike, by permutation; at least 1e-4
 */
public record CalibrationDrift(double before, double now, double probability) {
    private static final int BINS = 10;
    private static final int MOST = 9_999;

    /** So many permutations that grow as much settle it (Besag and Clifford, Biometrika 78, 1991). */
    private static final int ENOUGH = 20;

    /**
     * Compares two sets of cases, one-sided.
     *
     * @param before probabilities of the reference, in [0, 1]
     * @param beforeRight whether they came true
     */
    public static CalibrationDrift of(
            double[] before, boolean[] beforeRight, double[] now, boolean[] nowRight, long seed) {
        double was = Calibration.expectedError(before, beforeRight, BINS);
        double is = Calibration.expectedError(now, nowRight, BINS);
        int all = before.length + now.length;
        double[] probabilities = new double[all];
        boolean[] right = new boolean[all];
        System.arraycopy(before, 0, probabilities, 0, before.length);
        System.arraycopy(now, 0, probabilities, before.length, now.length);
        System.arraycopy(beforeRight, 0, right, 0, before.length);
        System.arraycopy(nowRight, 0, right, before.length, now.length);
        var random = new SplittableRandom(seed);
        int grown = 0;
        for (int drawn = 1; drawn <= MOST; drawn++) {
            shuffle(probabilities, right, random);
            double rise =
                    error(probabilities, right, before.length, all) - error(probabilities, right, 0, before.length);
            if (rise >= is - was - 1e-12 && ++grown == ENOUGH) {
                return new CalibrationDrift(was, is, (double) grown / drawn);
            }
        }
        return new CalibrationDrift(was, is, (grown + 1.0) / (MOST + 1));
    }

    private static void shuffle(double[] probabilities, boolean[] right, SplittableRandom random) {
        for (int i = probabilities.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            double p = probabilities[i];
            probabilities[i] = probabilities[j];
            probabilities[j] = p;
            boolean r = right[i];
            right[i] = right[j];
            right[j] = r;
        }
    }

    /** {@link Calibration#expectedError} of a part, without its table. */
    private static double error(double[] probabilities, boolean[] right, int from, int to) {
        double[] gap = new double[BINS];
        for (int i = from; i < to; i++) {
            int bin = Math.min((int) (probabilities[i] * BINS), BINS - 1);
            gap[bin] += (right[i] ? 1 : 0) - probabilities[i];
        }
        double sum = 0;
        for (double each : gap) {
            sum += Math.abs(each);
        }
        return sum / (to - from);
    }
}
