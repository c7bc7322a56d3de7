package io.baigong.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IsotonicRegressionTest {
    @Test
    void poolsWhatFalls() {
        var fit = IsotonicRegression.fit(new double[] {5, 1, 3, 2, 4}, new boolean[] {true, false, false, true, true});

        // Outcomes by score: 0, 1, 0, 1, 1. The fall at 3 is pooled with 2 to 1/2.
        assertThat(fit.scores()).containsExactly(1, 2, 3, 4, 5);
        assertThat(fit.probabilities()).containsExactly(0, 0.5, 0.5, 1, 1);
        assertThat(fit.probability(1.5)).isCloseTo(0.25, within(1e-12));
        assertThat(fit.probability(-9)).isZero();
        assertThat(fit.probability(9)).isOne();
    }

    @Test
    void equalScoresAreOneCase() {
        var fit = IsotonicRegression.fit(new double[] {1, 1, 1, 2}, new boolean[] {true, false, false, true});

        assertThat(fit.probability(1)).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(fit.probability(2)).isOne();
    }

    /** The min-max form (Barlow et al., 1972, theorem 1.4): the greatest over starts of the least over ends of the mean. */
    @Test
    void agreesWithTheMinMaxForm() {
        var random = new SplittableRandom(11);
        for (int round = 0; round < 30; round++) {
            int n = random.nextInt(1, 60);
            double[] scores = IntStream.range(0, n).mapToDouble(i -> i).toArray();
            boolean[] outcomes = new boolean[n];
            for (int i = 0; i < n; i++) {
                outcomes[i] = random.nextInt(n) <= i;
            }

            var fit = IsotonicRegression.fit(scores, outcomes);

            for (int i = 0; i < n; i++) {
                int at = i;
                double expected = IntStream.rangeClosed(0, i)
                        .mapToDouble(from -> IntStream.range(at, n)
                                .mapToDouble(to -> IntStream.rangeClosed(from, to)
                                        .mapToDouble(k -> outcomes[k] ? 1 : 0)
                                        .average()
                                        .orElseThrow())
                                .min()
                                .orElseThrow())
                        .max()
                        .orElseThrow();
                assertThat(fit.probability(i)).isCloseTo(expected, within(1e-12));
            }
        }
    }

    @Test
    void isRestoredFromItsKnots() {
        var fit = IsotonicRegression.fit(new double[] {1, 2, 3}, new boolean[] {false, true, false});
        var restored = IsotonicRegression.of(fit.scores(), fit.probabilities());

        assertThat(restored.probability(1.7)).isEqualTo(fit.probability(1.7));
    }

    @Test
    void refusesWhatDoesNotRise() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IsotonicRegression.of(new double[] {1, 1}, new double[] {0, 1}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IsotonicRegression.of(new double[] {1, 2}, new double[] {1, 0}));
        assertThatIllegalArgumentException().isThrownBy(() -> IsotonicRegression.of(new double[0], new double[0]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IsotonicRegression.fit(new double[] {Double.NaN}, new boolean[] {true}));
    }
}
