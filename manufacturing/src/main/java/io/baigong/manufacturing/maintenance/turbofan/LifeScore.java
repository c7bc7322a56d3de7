package io.baigong.manufacturing.maintenance.turbofan;

import io.baigong.measures.Bootstrap;
import io.baigong.measures.Interval;
import io.baigong.spi.Evaluation.Metric;
import java.util.List;
import java.util.Map;

/**
 * How far a prediction is from the truth, both in cycles.
 *
 * @param truth capped at {@link RemainingLife#CAP}
 */
record LifeScore(RemainingLife.Life predicted, double truth) {
    private static final long SEED = 2008L;

    private double error() {
        return predicted.cycles() - truth;
    }

    /**
     * The score of the PHM 2008 challenge, a late prediction costing more than an early one: {@code exp(d / 10) - 1} for
     * {@code d >= 0}, else {@code exp(-d / 13) - 1} (Saxena et al. 2008, section IV).
     */
    double phm() {
        double d = error();
        return d < 0 ? Math.exp(-d / 13) - 1 : Math.exp(d / 10) - 1;
    }

    private boolean covered() {
        return predicted.low() <= truth && truth <= predicted.high();
    }

    static double rmse(List<LifeScore> scores) {
        return Math.sqrt(scores.stream()
                .mapToDouble(s -> s.error() * s.error())
                .average()
                .orElse(Double.NaN));
    }

    static double coverage(List<LifeScore> scores) {
        return (double) scores.stream().filter(LifeScore::covered).count() / scores.size();
    }

    /** Adds the metrics of one set, each with an interval over its engines. */
    static void report(String set, List<LifeScore> scores, Map<String, Metric> metrics) {
        List<Interval> intervals = Bootstrap.seeded(SEED).intervals(scores, sample -> new double[] {
            rmse(sample),
            sample.stream().mapToDouble(LifeScore::phm).sum(),
            sample.stream().mapToDouble(s -> Math.abs(s.error())).average().orElse(Double.NaN),
            coverage(sample),
            sample.stream()
                    .mapToDouble(s -> s.predicted().high() - s.predicted().low())
                    .average()
                    .orElse(Double.NaN)
        });
        metrics.put(set + "_rmse", metric(intervals.get(0), "cycles"));
        metrics.put(set + "_phm_score", metric(intervals.get(1), "score"));
        metrics.put(set + "_mae", metric(intervals.get(2), "cycles"));
        metrics.put(set + "_coverage", metric(intervals.get(3), "ratio"));
        metrics.put(set + "_interval_width", metric(intervals.get(4), "cycles"));
    }

    private static Metric metric(Interval interval, String unit) {
        return new Metric(interval.value(), interval.low(), interval.high(), unit, interval.draws());
    }
}
