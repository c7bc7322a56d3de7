package io.baigong.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlattScalingTest {
    @Test
    void meetsTheMeanTargetOfTwoScores() {
        // Two scores leave the curve free to meet both means. Targets are 5/6 and 1/6: (3 · 5/6 + 1/6) / 4 = 2/3 at
        // score 1.
        double[] scores = {1, 1, 1, 1, 0, 0, 0, 0};
        boolean[] outcomes = {true, true, true, false, true, false, false, false};

        var fit = PlattScaling.fit(scores, outcomes);

        assertThat(fit.probability(1)).isCloseTo(2.0 / 3, within(1e-9));
        assertThat(fit.probability(0)).isCloseTo(1.0 / 3, within(1e-9));
        assertThat(fit.slope()).isNegative();
    }

    @Test
    void findsTheCurveThatMadeTheCases() {
        var random = new SplittableRandom(5);
        int n = 20_000;
        double[] scores = new double[n];
        boolean[] outcomes = new boolean[n];
        var truth = new PlattScaling(-2, 1);
        for (int i = 0; i < n; i++) {
            scores[i] = random.nextDouble(-3, 3);
            outcomes[i] = random.nextDouble() < truth.probability(scores[i]);
        }

        var fit = PlattScaling.fit(scores, outcomes);

        // Standard errors at this size are about 0.03 for both.
        assertThat(fit.slope()).isCloseTo(-2, within(0.1));
        assertThat(fit.intercept()).isCloseTo(1, within(0.1));
    }

    @Test
    void staysFiniteWhereOutcomesAreParted() {
        var fit = PlattScaling.fit(new double[] {-1000, -999, 999, 1000}, new boolean[] {false, false, true, true});

        assertThat(fit.probability(1000)).isBetween(0.7, 1.0);
        assertThat(fit.probability(-1000)).isBetween(0.0, 0.3);
        assertThat(new PlattScaling(-1, 0).probability(1e6)).isOne();
        assertThat(new PlattScaling(-1, 0).probability(-1e6)).isZero();
    }

    @Test
    void equalScoresGiveTheShare() {
        var fit = PlattScaling.fit(new double[] {0, 0}, new boolean[] {true, false});

        assertThat(fit.probability(0)).isCloseTo(0.5, within(1e-9));
    }
}
