package io.baigong.manufacturing.maintenance.turbofan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EngineFeaturesTest {
    /** An engine that flies at two points, each of which moves all sensors by a hundred, and wears by 0.02 a cycle. */
    static Engine engine(int cycles, long seed) {
        var random = new Random(seed);
        double[][] settings = new double[cycles][];
        double[][] sensors = new double[cycles][Engine.SENSORS];
        for (int t = 0; t < cycles; t++) {
            boolean high = random.nextBoolean();
            settings[t] = high
                    ? new double[] {35 + 0.01 * random.nextGaussian(), 0.84, 100}
                    : new double[] {0.001 * random.nextGaussian(), 0, 100};
            for (int s = 0; s < Engine.SENSORS; s++) {
                sensors[t][s] = 500 + s + (high ? 100 : 0) + 0.02 * t + random.nextGaussian();
            }
        }
        return new Engine("fd002-" + seed, settings, sensors);
    }

    @Test
    void theFlightConditionIsTakenOut() {
        Engine engine = engine(300, 1);
        var points = OperatingPoints.of(List.of(engine));
        assertThat(points.points()).hasSize(2);
        assertThat(OperatingPoints.isSteady(engine)).isFalse();

        double[][] normal = points.normalised(engine, new int[] {4});

        double mean = Arrays.stream(normal).mapToDouble(row -> row[0]).average().orElseThrow();
        double squares = Arrays.stream(normal)
                .mapToDouble(row -> row[0] * row[0])
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(0, within(1e-9));
        assertThat(squares).isCloseTo(1, within(1e-9));
        // Wear of 6 over the life is seen through jumps of 100.
        double early = Arrays.stream(normal, 0, 50)
                .mapToDouble(row -> row[0])
                .average()
                .orElseThrow();
        double late = Arrays.stream(normal, 250, 300)
                .mapToDouble(row -> row[0])
                .average()
                .orElseThrow();
        assertThat(late - early).isGreaterThan(1.5);
    }

    /** Against the same statistics of the plain window, computed the slow way. */
    @Test
    void featuresAreThoseOfTheirWindows() {
        Engine engine = engine(120, 2);
        var points = OperatingPoints.of(List.of(engine));
        double[] x = Arrays.stream(points.normalised(engine, new int[] {1}))
                .mapToDouble(row -> row[0])
                .toArray();
        float[][] rows = EngineFeatures.of(engine, points);
        List<String> names = EngineFeatures.names();
        float[] row = rows[99];

        assertThat(row).hasSize(names.size());
        assertThat(row[0]).isEqualTo(100);
        assertThat(row[names.indexOf("T24_first")]).isCloseTo((float) mean(x, 0, 10), within(1e-5f));
        assertThat(row[names.indexOf("T24_change")])
                .isCloseTo((float) (mean(x, 80, 100) - mean(x, 0, 10)), within(1e-5f));
        assertThat(row[names.indexOf("T24_life_mean")]).isCloseTo((float) mean(x, 0, 100), within(1e-5f));
        assertThat(row[names.indexOf("T24_slope_30")]).isCloseTo((float) slope(x, 70, 100), within(1e-5f));
        assertThat(row[names.indexOf("T24_slope_15")]).isCloseTo((float) slope(x, 85, 100), within(1e-5f));
        double level = 0;
        double weights = 0;
        for (int t = 0; t < 100; t++) {
            level += Math.pow(0.9, 99 - t) * x[t];
            weights += Math.pow(0.9, 99 - t);
        }
        assertThat(row[names.indexOf("T24_level")]).isCloseTo((float) (level / weights), within(1e-5f));
        assertThat(rows[0][names.indexOf("T24_slope_30")]).isZero();
    }

    private static double mean(double[] x, int from, int to) {
        return Arrays.stream(x, from, to).average().orElseThrow();
    }

    private static double slope(double[] x, int from, int to) {
        double middle = (from + to - 1) / 2.0;
        double up = 0;
        double down = 0;
        for (int t = from; t < to; t++) {
            up += (t - middle) * (x[t] - mean(x, from, to));
            down += (t - middle) * (t - middle);
        }
        return up / down;
    }

    @Test
    void aRowKnowsNothingOfLaterCycles() {
        Engine engine = engine(150, 3);
        var points = OperatingPoints.of(List.of(engine));

        assertThat(EngineFeatures.of(engine.after(80), points)[79]).isEqualTo(EngineFeatures.of(engine, points)[79]);
    }

    @Test
    void cutsLookLikeThoseOfTheTestSets() {
        var random = new SplittableRandom(1);
        Engine engine = engine(200, 4);
        for (int i = 0; i < 500; i++) {
            assertThat(200 - Truncation.cycles(engine, random)).isBetween(6, 150);
        }
        assertThat(Truncation.cycles(engine.after(25), random)).isEqualTo(19);
        assertThat(Truncation.cycles(engine.after(3), random)).isEqualTo(1);
    }
}
