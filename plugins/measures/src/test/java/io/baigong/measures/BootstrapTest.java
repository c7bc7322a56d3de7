package io.baigong.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static List<Double> ends(Interval interval) {
        return List.of(interval.value(), interval.low(), interval.high());
    }

    @Test
    void matchesTheResamplesOfTwoCases() {
        // The mean of a resample of {0, 1} is 0, 1/2 or 1 with chances 1/4, 1/2, 1/4.
        List<Double> values = List.of(0.0, 1.0);

        assertThat(ends(Bootstrap.seeded(1).interval(values, BootstrapTest::mean)))
                .containsExactly(0.5, 0.0, 1.0);
        assertThat(ends(new Bootstrap(1000, 0.4, 1).interval(values, BootstrapTest::mean)))
                .containsExactly(0.5, 0.5, 0.5);
    }

    @Test
    void agreesWithTheNormalIntervalOfAMean() {
        var random = new Random(3);
        List<Double> values = random.doubles(400).boxed().toList();
        double mean = mean(values);
        double error = Math.sqrt(values.stream()
                        .mapToDouble(v -> (v - mean) * (v - mean))
                        .average()
                        .orElseThrow()
                / values.size());

        Interval interval = new Bootstrap(4000, 0.95, 5).interval(values, BootstrapTest::mean);

        // 4000 resamples place an end of the interval within about 0.1 standard errors.
        assertThat(interval.value()).isEqualTo(mean);
        assertThat(interval.low()).isCloseTo(mean - 1.96 * error, within(0.15 * error));
        assertThat(interval.high()).isCloseTo(mean + 1.96 * error, within(0.15 * error));
    }

    @Test
    void repeatsWithItsSeed() {
        List<Double> values = new Random(4).doubles(50).boxed().toList();

        Interval first = Bootstrap.seeded(9).interval(values, BootstrapTest::mean);

        assertThat(Bootstrap.seeded(9).interval(values, BootstrapTest::mean)).isEqualTo(first);
        assertThat(Bootstrap.seeded(10).interval(values, BootstrapTest::mean)).isNotEqualTo(first);
    }

    @Test
    void copiesOfACaseInOneClusterAddNoKnowledge() {
        List<Double> values = new Random(6).doubles(40).boxed().toList();
        List<List<Double>> clusters =
                values.stream().map(v -> Collections.nCopies(10, v)).toList();

        Interval single = Bootstrap.seeded(2).interval(values, BootstrapTest::mean);
        Interval clustered = Bootstrap.seeded(2)
                .interval(
                        clusters,
                        sample -> mean(sample.stream().flatMap(List::stream).toList()));

        assertThat(clustered.low()).isCloseTo(single.low(), within(1e-12));
        assertThat(clustered.high()).isCloseTo(single.high(), within(1e-12));
    }

    @Test
    void aPairedDifferenceIsAsSureAsItsCases() {
        record Case(double a, double b) {}
        var random = new Random(8);
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            double hard = random.nextDouble();
            cases.add(new Case(hard + 0.1, hard));
        }
        var bootstrap = Bootstrap.seeded(3);

        ToDoubleFunction<List<Case>> a =
                sample -> sample.stream().mapToDouble(Case::a).average().orElseThrow();
        ToDoubleFunction<List<Case>> b =
                sample -> sample.stream().mapToDouble(Case::b).average().orElseThrow();
        Interval paired = bootstrap.difference(cases, a, b);

        // Each case differs by the same 0.1, so that the difference is sure though the means are not.
        assertThat(paired.value()).isCloseTo(0.1, within(1e-12));
        assertThat(paired.low()).isCloseTo(0.1, within(1e-12));
        assertThat(paired.high()).isCloseTo(0.1, within(1e-12));
        // Found apart, they have been drawn alike.
        assertThat(Bootstrap.difference(bootstrap.interval(cases, a), bootstrap.interval(cases, b), 0.95))
                .isEqualTo(paired);
    }

    @Test
    void differencesNeedEquallyManyDraws() {
        List<Double> values = List.of(1.0, 2.0);
        Interval thousand = Bootstrap.seeded(1).interval(values, BootstrapTest::mean);
        Interval ten = new Bootstrap(10, 0.95, 1).interval(values, BootstrapTest::mean);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bootstrap.difference(thousand, ten, 0.95))
                .withMessageContaining("1000 and 10");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bootstrap.difference(new Interval(1, 0, 2), new Interval(1, 0, 2), 0.95));
    }

    @Test
    void severalStatisticsShareTheirResamples() {
        List<Double> values = new Random(4).doubles(30).boxed().toList();

        List<Interval> both =
                Bootstrap.seeded(1).intervals(values, sample -> new double[] {mean(sample), 2 * mean(sample)});

        assertThat(both.get(1).low()).isCloseTo(2 * both.get(0).low(), within(1e-12));
        assertThat(both.get(0)).isEqualTo(Bootstrap.seeded(1).interval(values, BootstrapTest::mean));
    }

    @Test
    void leavesOutResamplesWithoutAValue() {
        List<Integer> values = IntStream.of(0, 1).boxed().toList();

        Interval interval = Bootstrap.seeded(1).interval(values, sample -> sample.contains(1) ? 1 : Double.NaN);

        assertThat(ends(interval)).containsExactly(1.0, 1.0, 1.0);
        assertThat(interval.draws()).hasSize(1000).contains(1.0, Double.NaN);
        assertThat(Bootstrap.seeded(1).interval(values, sample -> Double.NaN).low())
                .isNaN();
    }

    @Test
    void refusesWhatIsNoBootstrap() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Bootstrap(0, 0.95, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Bootstrap(10, 1, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bootstrap.seeded(0).interval(List.of(), sample -> 0))
                .withMessage("there is no cluster to resample");
    }
}
