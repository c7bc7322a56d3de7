package io.baigong.manufacturing.defect.anomaly;

import java.util.Arrays;

/**
 * Turns how unusual something is into a score in [0, 1], by how unusual sound pictures are: one half at {@value #LIMIT} deviations above
 * their mean, the limit of Shewhart's charts. It is no probability: of defects nothing is known.
 *
 * @param mean of sound pictures that were not learned from
 * @param deviation of the same
 */
public record SoundScore(double mean, double deviation) {
    /** Deviations above the mean at which a picture is no longer taken for sound. */
    static final double LIMIT = 3;

    private static final double LEAST_DEVIATION = 1e-6;

    /** Of what sound pictures were found to be. */
    static SoundScore of(double[] sound) {
        double mean = Arrays.stream(sound).average().orElseThrow();
        double squares =
                Arrays.stream(sound).map(each -> (each - mean) * (each - mean)).sum();
        return new SoundScore(mean, Math.sqrt(squares / Math.max(1, sound.length - 1)));
    }

    /** The score, rising with how unusual something is. */
    public double of(double unusual) {
        double deviations = (unusual - mean) / Math.max(deviation, LEAST_DEVIATION);
        return 1 / (1 + Math.exp(LIMIT - deviations));
    }
}
