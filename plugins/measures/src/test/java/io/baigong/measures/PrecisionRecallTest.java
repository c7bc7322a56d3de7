package io.baigong.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.baigong.measures.PrecisionRecall.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrecisionRecallTest {
    private static final double[] NONE = {};

    /** Worked by hand: four positives, of which two are found, at 0.9 and 0.6; wrong ones at 0.8 and 0.5. */
    private final PrecisionRecall curve = PrecisionRecall.of(new double[] {0.6, 0.9}, new double[] {0.5, 0.8}, 4);

    @Test
    void hasAPointForEachScore() {
        assertThat(curve.points())
                .containsExactly(
                        new Point(0.9, 0.25, 1),
                        new Point(0.8, 0.25, 0.5),
                        new Point(0.6, 0.5, 2.0 / 3),
                        new Point(0.5, 0.5, 0.5));
    }

    @Test
    void areaGoesToTheHighestRecallReached() {
        // 0.25 · 1 up to recall 0.25, then 0.25 · 2/3 up to 0.5; nothing beyond.
        assertThat(curve.areaUnderEnvelope()).isCloseTo(0.25 + 0.25 * 2 / 3, within(1e-12));
        assertThat(curve.averagePrecision()).isCloseTo(0.25 + 0.25 * 2 / 3, within(1e-12));
    }

    @Test
    void trapezoidsSlopeWhereAveragePrecisionSteps() {
        // Points (1/2, 1) and (1, 1/2). By trapezoid: 1/2 · 1 + 1/2 · 3/4; by step: 1/2 · 1 + 1/2 · 1/2.
        var tied = PrecisionRecall.of(new double[] {0.9, 0.5}, new double[] {0.5, 0.5}, 2);

        assertThat(tied.areaUnderEnvelope()).isCloseTo(0.875, within(1e-12));
        assertThat(tied.averagePrecision()).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void precisionAtRecallIsTheBestAtThatRecallOrBeyond() {
        assertThat(curve.precisionAtRecall(0.2)).isEqualTo(1);
        assertThat(curve.precisionAtRecall(0.3)).isEqualTo(2.0 / 3);
        assertThat(curve.precisionAtRecall(0.51)).isZero();
        assertThat(curve.thresholdAtRecall(0.3)).hasValue(0.6);
        assertThat(curve.thresholdAtRecall(0.51)).isEmpty();
    }

    @Test
    void equalScoresAreOnePoint() {
        var tied = PrecisionRecall.of(new double[] {0.5, 0.5}, new double[] {0.5}, 2);

        assertThat(tied.points()).containsExactly(new Point(0.5, 1, 2.0 / 3));
    }

    @Test
    void nothingFoundIsNoArea() {
        assertThat(PrecisionRecall.of(NONE, NONE, 3).areaUnderEnvelope()).isZero();
        assertThat(PrecisionRecall.of(NONE, new double[] {0.5}, 3).areaUnderEnvelope())
                .isZero();
        assertThat(PrecisionRecall.of(NONE, new double[] {0.5}, 0).areaUnderEnvelope())
                .isNaN();
    }

    @Test
    void refusesWhatIsNoCurve() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrecisionRecall.of(new double[] {1, 1}, NONE, 1))
                .withMessage("2 predictions are correct, but there are only 1 positives");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrecisionRecall.of(new double[] {Double.NaN}, NONE, 1))
                .withMessage("a score is not a number");
    }

    /**
     * The published definition, done plainly: at each threshold, a gold span is a hit if any shown prediction matches it, and a
     * shown prediction that matches no gold span is a false positive; precision from the right is made to fall no more.
     */
    @Test
    void agreesWithCuadsDefinition() {
        var random = new SplittableRandom(20);
        for (int round = 0; round < 50; round++) {
            int golds = random.nextInt(1, 12);
            int predictions = random.nextInt(1, 40);
            double[] scores = random.doubles(predictions).toArray();
            boolean[][] match = new boolean[golds][predictions];
            for (boolean[] row : match) {
                for (int p = 0; p < predictions; p++) {
                    row[p] = random.nextInt(8) == 0;
                }
            }
            double[] correct = IntStream.range(0, golds)
                    .mapToObj(g -> IntStream.range(0, predictions)
                            .filter(p -> match[g][p])
                            .mapToDouble(p -> scores[p])
                            .max())
                    .flatMapToDouble(max -> max.isPresent() ? DoubleStream.of(max.getAsDouble()) : DoubleStream.empty())
                    .toArray();
            double[] wrong = IntStream.range(0, predictions)
                    .filter(p -> IntStream.range(0, golds).noneMatch(g -> match[g][p]))
                    .mapToDouble(p -> scores[p])
                    .toArray();
            double[] thresholds = DoubleStream.concat(
                            IntStream.range(1, 100).mapToDouble(i -> 1 - i / 100.0), DoubleStream.of(0.001, 0))
                    .toArray();

            var reference = new ArrayList<double[]>(List.of(new double[] {0, 1}));
            for (double threshold : thresholds) {
                int hits = 0;
                int falsePositives = 0;
                for (int g = 0; g < golds; g++) {
                    int gold = g;
                    hits += IntStream.range(0, predictions).anyMatch(p -> match[gold][p] && scores[p] > threshold)
                            ? 1
                            : 0;
                }
                for (int p = 0; p < predictions; p++) {
                    int shown = p;
                    falsePositives +=
                            scores[p] > threshold && IntStream.range(0, golds).noneMatch(g -> match[g][shown]) ? 1 : 0;
                }
                int all = hits + falsePositives;
                reference.add(new double[] {(double) hits / golds, all == 0 ? 1 : (double) hits / all});
            }
            double area = 0;
            for (int i = 1; i < reference.size(); i++) {
                double width = reference.get(i)[0] - reference.get(i - 1)[0];
                area += width * (envelope(reference, i) + envelope(reference, i - 1)) / 2;
            }
            double atEighty = IntStream.range(0, reference.size())
                    .filter(i -> reference.get(i)[0] >= 0.8)
                    .mapToDouble(i -> envelope(reference, i))
                    .findFirst()
                    .orElse(0);

            var curve = PrecisionRecall.at(thresholds, correct, wrong, golds);

            assertThat(curve.areaUnderEnvelope()).isCloseTo(area, within(1e-9));
            assertThat(curve.precisionAtRecall(0.8)).isCloseTo(atEighty, within(1e-12));
        }
    }

    private static double envelope(List<double[]> points, int from) {
        return points.subList(from, points.size()).stream()
                .mapToDouble(point -> point[1])
                .max()
                .orElseThrow();
    }
}
