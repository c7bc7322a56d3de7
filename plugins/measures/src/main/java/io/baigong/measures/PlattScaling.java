package io.baigong.measures;

/**
 * Calibrates scores by a logistic curve, {@code 1 / (1 + exp(slope · score + intercept))}; with a rising curve the slope is
 * negative (Platt, Advances in Large Margin Classifiers, 1999).
 */
public record PlattScaling(double slope, double intercept) {
    private static final int MOST_STEPS = 100;
    private static final double RIDGE = 1e-12;

    /**
     * Fits by Newton's method with backtracking on targets drawn in from 0 and 1, as Lin, Lin and Weng give it (Machine
     * Learning 68, 2007, section 3).
     */
    public static PlattScaling fit(double[] scores, boolean[] outcomes) {
        Calibration.checkSizes(scores, outcomes);
        int positives = 0;
        for (boolean outcome : outcomes) {
            positives += outcome ? 1 : 0;
        }
        int negatives = outcomes.length - positives;
        double[] targets = new double[outcomes.length];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = outcomes[i] ? (positives + 1.0) / (positives + 2) : 1.0 / (negatives + 2);
        }
        double a = 0;
        double b = Math.log((negatives + 1.0) / (positives + 1));
        double loss = loss(scores, targets, a, b);
        for (int step = 0; step < MOST_STEPS; step++) {
            double haa = RIDGE;
            double hbb = RIDGE;
            double hab = 0;
            double ga = 0;
            double gb = 0;
            for (int i = 0; i < scores.length; i++) {
                double p = logistic(a * scores[i] + b);
                double curve = p * (1 - p);
                haa += scores[i] * scores[i] * curve;
                hbb += curve;
                hab += scores[i] * curve;
                ga += scores[i] * (targets[i] - p);
                gb += targets[i] - p;
            }
            if (Math.abs(ga) < 1e-9 && Math.abs(gb) < 1e-9) {
                break;
            }
            double determinant = haa * hbb - hab * hab;
            double da = -(hbb * ga - hab * gb) / determinant;
            double db = -(haa * gb - hab * ga) / determinant;
            double slant = ga * da + gb * db;
            double length = 1;
            double next = loss(scores, targets, a + da, b + db);
            while (next >= loss + 1e-4 * length * slant && length > 1e-10) {
                length /= 2;
                next = loss(scores, targets, a + length * da, b + length * db);
            }
            if (length <= 1e-10) {
                break;
            }
            a += length * da;
            b += length * db;
            loss = next;
        }
        return new PlattScaling(a, b);
    }

    /** Calibrated probability of a score. */
    public double probability(double score) {
        return logistic(slope * score + intercept);
    }

    /** {@code 1 / (1 + exp(x))}, without overflow. */
    private static double logistic(double x) {
        return x >= 0 ? Math.exp(-x) / (1 + Math.exp(-x)) : 1 / (1 + Math.exp(x));
    }

    private static double loss(double[] scores, double[] targets, double a, double b) {
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            double x = a * scores[i] + b;
            sum += x >= 0 ? targets[i] * x + Math.log1p(Math.exp(-x)) : (targets[i] - 1) * x + Math.log1p(Math.exp(x));
        }
        return sum;
    }
}
