package io.baigong.measures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The precision-recall curve of scored predictions, one point for each threshold, in the order of rising recall.
 *
 * <p>CUAD's evaluation (arXiv:2103.06268, section 4.1) fits it so: for each gold span, one correct prediction that scores as
 * the best prediction matching it; for each prediction that matches no gold span, one wrong prediction.
 */
public final class PrecisionRecall {
    private final List<Point> points;

    private PrecisionRecall(List<Point> points) {
        this.points = List.copyOf(points);
    }

    /**
     * The exact curve, with a point at each distinct score.
     *
     * @param correct scores of the predictions that are right
     * @param wrong scores of the predictions that are not
     * @param positives how many there are to be found, at least as many as {@code correct}
     */
    public static PrecisionRecall of(double[] correct, double[] wrong, int positives) {
        double[] thresholds = Arrays.copyOf(correct, correct.length + wrong.length);
        System.arraycopy(wrong, 0, thresholds, correct.length, wrong.length);
        return at(thresholds, correct, wrong, positives);
    }

    /**
     * The curve at given thresholds; a prediction counts when its score is at or above one. With 0.99, 0.98, … 0.01, 0.001, 0
     * it is the curve of CUAD's script, up to scores that equal a threshold.
     */
    public static PrecisionRecall at(double[] thresholds, double[] correct, double[] wrong, int positives) {
        if (positives < correct.length) {
            throw new IllegalArgumentException(
                    correct.length + " predictions are correct, but there are only " + positives + " positives");
        }
        double[] right = sorted(correct);
        double[] missed = sorted(wrong);
        double[] cuts = sorted(thresholds);
        var points = new ArrayList<Point>();
        int found = right.length;
        int failed = missed.length;
        for (int i = cuts.length - 1; i >= 0; i--) {
            double cut = cuts[i];
            if (i + 1 < cuts.length && cuts[i + 1] == cut) {
                continue;
            }
            while (found > 0 && right[found - 1] >= cut) {
                found--;
            }
            while (failed > 0 && missed[failed - 1] >= cut) {
                failed--;
            }
            int hits = right.length - found;
            int shown = hits + missed.length - failed;
            points.add(new Point(cut, (double) hits / positives, shown == 0 ? 1 : (double) hits / shown));
        }
        return new PrecisionRecall(points);
    }

    private static double[] sorted(double[] scores) {
        double[] copy = scores.clone();
        Arrays.sort(copy);
        if (copy.length > 0 && Double.isNaN(copy[copy.length - 1])) {
            throw new IllegalArgumentException("a score is not a number");
        }
        return copy;
    }

    public List<Point> points() {
        return points;
    }

    /**
     * Area under the envelope, by trapezoids from recall 0 at precision 1 to the highest recall reached: CUAD's AUPR.
     * The envelope at a recall is the best precision at that recall or a higher one. Not a number when there are predictions
     * but no positives.
     */
    public double areaUnderEnvelope() {
        double area = 0;
        double best = 0;
        for (int i = points.size() - 1; i >= 0; i--) {
            best = Math.max(best, points.get(i).precision());
            double before = i == 0 ? 1 : Math.max(best, points.get(i - 1).precision());
            double width =
                    points.get(i).recall() - (i == 0 ? 0 : points.get(i - 1).recall());
            area += width * (best + before) / 2;
        }
        return area;
    }

    /**
     * Average precision, {@code Σ (Rᵢ − Rᵢ₋₁) Pᵢ}, without interpolation (Manning, Raghavan and Schütze, Introduction to
     * Information Retrieval, 2008, section 8.4). Not a number when there are predictions but no
     * positives.
     */
    public double averagePrecision() {
        double sum = 0;
        double recall = 0;
        for (Point point : points) {
            sum += (point.recall() - recall) * point.precision();
            recall = point.recall();
        }
        return sum;
    }

    /** The best precision at this recall or a higher one; 0 if it is never reached. */
    public double precisionAtRecall(double recall) {
        return points.stream()
                .filter(point -> point.recall() >= recall)
                .mapToDouble(Point::precision)
                .max()
                .orElse(0);
    }

    /** The highest threshold that reaches this recall; empty if none does. */
    public OptionalDouble thresholdAtRecall(double recall) {
        return points.stream()
                .filter(point -> point.recall() >= recall)
                .mapToDouble(Point::threshold)
                .findFirst();
    }

    /** What predictions scored at or above {@code threshold} reach; precision is 1 where there are none. */
    public record Point(double threshold, double recall, double precision) {}
}
