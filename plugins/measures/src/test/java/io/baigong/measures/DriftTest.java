package io.baigong.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriftTest {
    @Test
    void stabilityIndexWeighsTheShift() {
        // Median 2.5 parts the reference 2 : 2, and today's values 0 : 4. With half a case more in each bin the shares
        // are
        // 1/2, 1/2 and 1/10, 9/10: (0.1 - 0.5) ln(1/5) + (0.9 - 0.5) ln(9/5) = 0.4 ln 9.
        double index = Drift.populationStability(new double[] {1, 2, 3, 4}, new double[] {3, 4, 5, 6}, 2);

        assertThat(index).isCloseTo(0.4 * Math.log(9), within(1e-12));
    }

    @Test
    void stabilityIndexOfOneDistributionIsNearNought() {
        var random = new SplittableRandom(1);

        double same = Drift.populationStability(
                random.doubles(5000).toArray(), random.doubles(5000).toArray(), 10);
        double shifted = Drift.populationStability(
                random.doubles(5000).toArray(),
                random.doubles(5000).map(x -> x * x).toArray(),
                10);

        assertThat(same).isBetween(0.0, 0.02);
        assertThat(shifted).isGreaterThan(0.25);
    }

    @Test
    void labelsThatTheReferenceHardlyHasAreOneBin() {
        // Bins a, b and the rest: (50, 49, 1) of 100 and (50, 29, 21) of 100, with half a case more in each.
        var found = Drift.populationStability(
                Map.of("a", 50, "b", 49, "rare", 1), Map.of("a", 50, "b", 29, "new", 20, "rare", 1));

        double expected = (29.5 - 49.5) / 101.5 * Math.log(29.5 / 49.5) + (21.5 - 1.5) / 101.5 * Math.log(21.5 / 1.5);
        assertThat(found.bins()).isEqualTo(3);
        assertThat(found.index()).isCloseTo(expected, within(1e-12));
    }

    @Test
    void chanceOfAStabilityIndexIsHowOftenItComes() {
        // 2000 draws of 400 and 150 cases each: the share below a chance of 0.05 has a standard error of 0.005.
        var random = new SplittableRandom(3);
        int rare = 0;
        for (int round = 0; round < 2_000; round++) {
            double index = Drift.populationStability(
                    random.doubles(400).toArray(), random.doubles(150).toArray(), 10);
            rare += Drift.chanceOf(index, 10, 400, 150) < 0.05 ? 1 : 0;
        }

        assertThat(rare / 2_000.0).isBetween(0.03, 0.07);
    }

    @Test
    void kolmogorovSmirnovMatchesTheTable() {
        // Shifted by 192 of 10,000: distance 0.0192, at 1.36 of the limit law. Smirnov's table (1948): L(1.36) =
        // 0.950512.
        double[] reference = IntStream.range(0, 10_000).mapToDouble(i -> i).toArray();
        double[] current = Arrays.stream(reference).map(x -> x + 192).toArray();

        var test = Drift.kolmogorovSmirnov(reference, current);

        assertThat(test.distance()).isCloseTo(0.0192, within(1e-12));
        assertThat(test.probability()).isCloseTo(1 - 0.950512, within(1e-4));
    }

    @Test
    void distanceIsTheLargestGapOfTheDistributionFunctions() {
        var random = new SplittableRandom(2);
        for (int round = 0; round < 30; round++) {
            double[] a =
                    random.ints(random.nextInt(1, 30), 0, 12).asDoubleStream().toArray();
            double[] b =
                    random.ints(random.nextInt(1, 30), 3, 15).asDoubleStream().toArray();
            double expected = IntStream.range(0, 15)
                    .mapToDouble(x -> Math.abs(share(a, x) - share(b, x)))
                    .max()
                    .orElseThrow();

            assertThat(Drift.kolmogorovSmirnov(a, b).distance()).isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void oneDistributionIsLikelyAndAnotherIsNot() {
        double[] low = new SplittableRandom(3).doubles(200).toArray();

        assertThat(Drift.kolmogorovSmirnov(low, low).probability()).isOne();
        assertThat(Drift.kolmogorovSmirnov(
                                low, Arrays.stream(low).map(x -> x + 1).toArray())
                        .probability())
                .isLessThan(1e-12);
    }

    @Test
    void refusesNoValues() {
        double[] some = {1};
        assertThatIllegalArgumentException().isThrownBy(() -> Drift.kolmogorovSmirnov(some, new double[0]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Drift.populationStability(new double[] {Double.NaN}, some, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> Drift.populationStability(some, some, 1));
    }

    private static double share(double[] values, double upTo) {
        return (double) Arrays.stream(values).filter(v -> v <= upTo).count() / values.length;
    }
}
