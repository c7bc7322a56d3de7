package io.baigong.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalibrationDriftTest {
    private final SplittableRandom random = new SplittableRandom(4);

    /** Cases that come true as often as said, less {@code fall}. */
    private CalibrationDrift of(double fall, long seed) {
        double[] before = random.doubles(400, 0.6, 1).toArray();
        double[] now = random.doubles(200, 0.6, 1).toArray();
        return CalibrationDrift.of(before, draw(before, 0), now, draw(now, fall), seed);
    }

    private boolean[] draw(double[] probabilities, double fall) {
        boolean[] right = new boolean[probabilities.length];
        for (int i = 0; i < right.length; i++) {
            right[i] = random.nextDouble() < probabilities[i] - fall;
        }
        return right;
    }

    @Test
    void errorsAreThoseOfTheTable() {
        double[] probabilities = {0.9, 0.8, 0.7};
        boolean[] right = {true, false, true};
        var same = CalibrationDrift.of(probabilities, right, probabilities, right, 1);

        assertThat(same.before()).isCloseTo(Calibration.expectedError(probabilities, right, 10), within(1e-12));
        assertThat(same.now()).isEqualTo(same.before());
        assertThat(same.probability()).isGreaterThan(0.3);
    }

    @Test
    void answersThatComeTrueLessOftenAreSeen() {
        assertThat(of(0.25, 1).probability()).isLessThan(0.001);
    }

    @Test
    void chanceIsHowOftenItComes() {
        // 200 draws without a drift: the share below 0.1 has a standard error of 0.02.
        int rare = 0;
        for (int round = 0; round < 200; round++) {
            rare += of(0, round).probability() < 0.1 ? 1 : 0;
        }

        assertThat(rare).isBetween(6, 36);
    }
}
