package io.baigong.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.baigong.measures.BoxMatches.Averaging;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The same figures as scikit-learn, SciPy, statsmodels, NumPy and pycocotools on the same data; {@code src/test/python/reference.py} wrote
 * both down, with the versions.
 */
class ReferenceTest {
    private static final int KINDS = 3;

    private final Properties reference = new Properties();
    private final double[] scores;
    private final boolean[] outcomes;

    ReferenceTest() throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("reference.properties"))) {
            reference.load(in);
        }
        scores = numbers("scores");
        outcomes = new boolean[scores.length];
        double[] happened = numbers("outcomes");
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = happened[i] == 1;
        }
    }

    private double[] numbers(String name) {
        return Arrays.stream(Objects.requireNonNull(reference.getProperty(name), name)
                        .split(","))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private double number(String name) {
        return numbers(name)[0];
    }

    private double[] scoresOf(boolean outcome) {
        return IntStream.range(0, scores.length)
                .filter(i -> outcomes[i] == outcome)
                .mapToDouble(i -> scores[i])
                .toArray();
    }

    @Test
    void rankings() {
        assertThat(Ranking.areaUnderRoc(scores, outcomes)).isCloseTo(number("roc_auc_score"), within(1e-12));
        double expected = number("average_precision_score");
        assertThat(Ranking.averagePrecision(scores, outcomes)).isCloseTo(expected, within(1e-12));
        double[] right = scoresOf(true);
        assertThat(PrecisionRecall.of(right, scoresOf(false), right.length).averagePrecision())
                .isCloseTo(expected, within(1e-12));
    }

    @Test
    void decisions() {
        long hits = Arrays.stream(scoresOf(true)).filter(score -> score >= 0.5).count();
        long alarms =
                Arrays.stream(scoresOf(false)).filter(score -> score >= 0.5).count();
        var counts = new Counts(hits, alarms, scoresOf(true).length - hits);
        assertThat(new double[] {counts.precision(), counts.recall(), counts.f1()})
                .containsExactly(numbers("precision_recall_f1"), within(1e-12));
    }

    @Test
    void calibration() {
        assertThat(Calibration.brierScore(scores, outcomes)).isCloseTo(number("brier_score_loss"), within(1e-12));
        List<Calibration.Bin> bins = Calibration.reliability(numbers("probabilities"), outcomes, 10);
        assertThat(bins.stream().mapToDouble(Calibration.Bin::frequency).toArray())
                .containsExactly(numbers("calibration_curve.frequency"), within(1e-12));
        assertThat(bins.stream().mapToDouble(Calibration.Bin::meanProbability).toArray())
                .containsExactly(numbers("calibration_curve.probability"), within(1e-12));
        var rising = IsotonicRegression.fit(scores, outcomes);
        assertThat(Arrays.stream(numbers("isotonic.scores"))
                        .map(rising::probability)
                        .toArray())
                .containsExactly(numbers("isotonic.probabilities"), within(1e-9));
        var curve = PlattScaling.fit(scores, outcomes);
        // scikit-learn stops at a gradient of 1e-5 or so
        assertThat(new double[] {curve.slope(), curve.intercept()}).containsExactly(numbers("platt"), within(1e-3));
    }

    @Test
    void classes() {
        List<Double> truth = Arrays.stream(numbers("truth")).boxed().toList();
        List<Double> said = Arrays.stream(numbers("said")).boxed().toList();
        var matrix = ConfusionMatrix.of(truth, said);
        assertThat(matrix.accuracy()).isCloseTo(number("accuracy_score"), within(1e-12));
        assertThat(Counts.macroF1(matrix.counts().values())).isCloseTo(number("f1_macro"), within(1e-12));
        assertThat(matrix.kappa()).isCloseTo(number("cohen_kappa_score"), within(1e-12));
        double[] counts = numbers("confusion_matrix");
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 4; column++) {
                assertThat(matrix.count((double) row, (double) column)).isEqualTo((long) counts[4 * row + column]);
            }
        }
    }

    @Test
    void distributions() {
        double[] before = numbers("before");
        var test = Drift.kolmogorovSmirnov(before, numbers("after"));
        assertThat(test.distance()).isCloseTo(numbers("ks_2samp")[0], within(1e-12));
        // SciPy's is exact, ours asymptotic with Stephens' correction
        assertThat(test.probability()).isCloseTo(numbers("ks_2samp")[1], within(0.01));
        assertThat(Arrays.stream(numbers("norm.isf.probabilities"))
                        .map(Normal::exceededWith)
                        .toArray())
                .containsExactly(numbers("norm.isf"), within(1e-6));
        double[] sorted = before.clone();
        Arrays.sort(sorted);
        assertThat(Arrays.stream(numbers("quantile.shares"))
                        .map(share -> Quantiles.of(sorted, share))
                        .toArray())
                .containsExactly(numbers("quantile"), within(1e-12));
        // A stability index is a chi-square over twice as many cases: ten bins, 200 cases on both sides.
        assertThat(Arrays.stream(new double[] {4, 9, 16.92, 30})
                        .map(chiSquare -> Drift.chanceOf(chiSquare / 100, 10, 200, 200))
                        .toArray())
                .containsExactly(numbers("chi2.sf"), within(0.003)); // Wilson and Hilferty's approximation
    }

    @Test
    void shares() {
        double[] ends = List.of(new Proportion(0, 10), new Proportion(7, 40), new Proportion(40, 40)).stream()
                .map(share -> share.interval(0.95))
                .flatMapToDouble(interval -> Arrays.stream(new double[] {interval.low(), interval.high()}))
                .toArray();
        assertThat(ends).containsExactly(numbers("wilson"), within(1e-6));
        Interval difference = new Proportion(56, 70).less(new Proportion(48, 80), 0.95);
        assertThat(new double[] {difference.low(), difference.high()})
                .containsExactly(numbers("newcombe"), within(1e-6));
    }

    @Test
    void boxes() {
        double[] truths = numbers("truths");
        double[] found = numbers("found");
        double sum = 0;
        double at50 = 0;
        for (int step = 0; step < 10; step++) {
            var pictures = new ArrayList<BoxMatches>();
            for (int picture = 0; picture < 40; picture++) {
                var there = new ArrayList<BoxMatches.Truth>();
                for (int i = 0; i < truths.length; i += 6) {
                    if (truths[i] == picture) {
                        there.add(new BoxMatches.Truth((int) truths[i + 1], box(truths, i + 2)));
                    }
                }
                var said = new ArrayList<BoxMatches.Found>();
                for (int i = 0; i < found.length; i += 7) {
                    if (found[i] == picture) {
                        said.add(new BoxMatches.Found((int) found[i + 1], box(found, i + 2), found[i + 6]));
                    }
                }
                pictures.add(BoxMatches.of(there, said, 0.5 + 0.05 * step, KINDS));
            }
            double precision = BoxMatches.meanAveragePrecision(pictures, KINDS, Averaging.COCO);
            sum += precision;
            at50 = step == 0 ? precision : at50;
        }
        assertThat(new double[] {sum / 10, at50}).containsExactly(numbers("coco.map_50_95_and_50"), within(1e-9));
    }

    private static Box box(double[] values, int from) {
        return new Box(
                values[from], values[from + 1], values[from] + values[from + 2], values[from + 1] + values[from + 3]);
    }
}
