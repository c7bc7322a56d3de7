package io.baigong.measures;

import java.util.Collection;

/** Right and wrong decisions on one class. A ratio whose denominator is 0 is taken as 0. */
public record Counts(long truePositives, long falsePositives, long falseNegatives) {
    /** Share of what was found that is right. */
    public double precision() {
        return ratio(truePositives, truePositives + falsePositives);
    }

    /** Share of what is there that was found. */
    public double recall() {
        return ratio(truePositives, truePositives + falseNegatives);
    }

    /** Harmonic mean of precision and recall. */
    public double f1() {
        return ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
    }

    /** Counts of all classes together, for micro averages. */
    public static Counts sum(Collection<Counts> classes) {
        return new Counts(
                classes.stream().mapToLong(Counts::truePositives).sum(),
                classes.stream().mapToLong(Counts::falsePositives).sum(),
                classes.stream().mapToLong(Counts::falseNegatives).sum());
    }

    /** The mean of the classes' F1, each class with the same weight (Sokolova and Lapalme, 2009, table 3). */
    public static double macroF1(Collection<Counts> classes) {
        return classes.stream().mapToDouble(Counts::f1).average().orElse(0);
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
