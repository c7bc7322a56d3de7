package io.baigong.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.baigong.measures.Calibration.Bin;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    private final double[] probabilities = {0.1, 0.3, 0.9, 1.0};
    private final boolean[] outcomes = {false, true, true, false};

    @Test
    void brierScoreIsTheMeanSquaredError() {
        // (0.01 + 0.49 + 0.01 + 1) / 4
        assertThat(Calibration.brierScore(probabilities, outcomes)).isCloseTo(0.3775, within(1e-12));
    }

    @Test
    void reliabilityComparesWhatWasSaidWithWhatHappened() {
        var table = Calibration.reliability(probabilities, outcomes, 2);

        assertThat(table).hasSize(2);
        assertThat(table.get(0)).isEqualTo(new Bin(0, 0.5, 2, 0.2, 0.5));
        assertThat(table.get(1)).isEqualTo(new Bin(0.5, 1, 2, 0.95, 0.5));
        // (2 · 0.3 + 2 · 0.45) / 4
        assertThat(Calibration.expectedError(probabilities, outcomes, 2)).isCloseTo(0.375, within(1e-12));
    }

    @Test
    void emptyBinsAreLeftOut() {
        assertThat(Calibration.reliability(new double[] {1}, new boolean[] {true}, 10))
                .containsExactly(new Bin(0.9, 1, 1, 1, 1));
    }

    @Test
    void refusesWhatIsNoProbability() {
        boolean[] one = {true};
        assertThatIllegalArgumentException().isThrownBy(() -> Calibration.brierScore(new double[] {1.1}, one));
        assertThatIllegalArgumentException().isThrownBy(() -> Calibration.brierScore(new double[] {Double.NaN}, one));
        assertThatIllegalArgumentException().isThrownBy(() -> Calibration.brierScore(new double[] {1, 1}, one));
        assertThatIllegalArgumentException().isThrownBy(() -> Calibration.brierScore(new double[0], new boolean[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> Calibration.reliability(new double[] {1}, one, 0));
    }
}
