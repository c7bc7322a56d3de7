package io.baigong.measures;

/**
 * A share of cases.
 *
 * @param hits cases that have it, at most {@code cases}
 * @param cases at least 1
 */
public record Proportion(int hits, int cases) {
    public Proportion {
        if (cases < 1 || hits < 0 || hits > cases) {
            throw new IllegalArgumentException("no share has " + hits + " of " + cases + " cases");
        }
    }

    public double value() {
        return (double) hits / cases;
    }

    /**
     * The score interval (Wilson, Journal of the American Statistical Association 22, 1927).
     *
     * @param level such as 0.95
     */
    public Interval interval(double level) {
        double z = Normal.exceededWith((1 - level) / 2);
        double share = value();
        double middle = share + z * z / (2 * cases);
        double half = z * Math.sqrt(share * (1 - share) / cases + z * z / (4.0 * cases * cases));
        double whole = 1 + z * z / cases;
        return new Interval(share, Math.max(0, (middle - half) / whole), Math.min(1, (middle + half) / whole));
    }

    /** The interval of this share less another of other cases, by both score intervals (Newcombe, Statistics in Medicine 17, 1998, method 10). */
    public Interval less(Proportion other, double level) {
        Interval a = interval(level);
        Interval b = other.interval(level);
        double difference = a.value() - b.value();
        return new Interval(
                difference,
                difference - Math.hypot(a.value() - a.low(), b.high() - b.value()),
                difference + Math.hypot(a.high() - a.value(), b.value() - b.low()));
    }
}
