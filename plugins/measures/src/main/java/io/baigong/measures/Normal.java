package io.baigong.measures;

/** The standard normal distribution. */
final class Normal {
    private static final double[] ERFC = {
        -1.26551223,
        1.00002368,
        0.37409196,
        0.09678418,
        -0.18628806,
        0.27886807,
        -1.13520398,
        1.48851587,
        -0.82215223,
        0.17087277
    };

    private Normal() {}

    /** Probability of a value above {@code z}, to a relative error of 1.2e-7 (Press et al., Numerical Recipes in C, section 6.2). */
    static double tail(double z) {
        double x = Math.abs(z) / Math.sqrt(2);
        double t = 1 / (1 + 0.5 * x);
        double series = 0;
        for (int i = ERFC.length - 1; i >= 0; i--) {
            series = series * t + ERFC[i];
        }
        double upper = 0.5 * t * Math.exp(-x * x + series);
        return z >= 0 ? upper : 1 - upper;
    }

    /** The value that is exceeded with that probability, in (0, 1). */
    static double exceededWith(double probability) {
        double low = -40;
        double high = 40;
        for (int i = 0; i < 80; i++) {
            double middle = (low + high) / 2;
            if (tail(middle) > probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
