package io.baigong.manufacturing.maintenance.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ConformalBandsTest {
    /** Noise that grows with the prediction: every band keeps its promise, not only all together. */
    @Test
    void intervalsHoldTheirShareOfUnseenCasesInEachBand() {
        var random = new Random(3);
        double[] predicted = new double[4000];
        double[] truth = new double[4000];
        for (int i = 0; i < predicted.length; i++) {
            predicted[i] = 100 * random.nextDouble();
            truth[i] = predicted[i] + predicted[i] / 5 * random.nextGaussian();
        }
        var bands = ConformalBands.of(predicted, truth, 0.9, 10);

        int[] asked = new int[4];
        int[] inside = new int[4];
        for (int i = 0; i < 20_000; i++) {
            double p = 100 * random.nextDouble();
            double t = p + p / 5 * random.nextGaussian();
            double[] interval = bands.interval(p);
            asked[(int) (p / 25)]++;
            inside[(int) (p / 25)] += interval[0] <= t && t <= interval[1] ? 1 : 0;
        }
        for (int quarter = 0; quarter < 4; quarter++) {
            assertThat((double) inside[quarter] / asked[quarter]).isBetween(0.87, 0.94);
        }
        assertThat(bands.interval(95)[1] - 95).isGreaterThan(3 * (bands.interval(15)[1] - 15));
    }

    /** With n residuals the upper end is the one of rank ceil((n + 1) 0.95) (Vovk et al. 2005, section 2.2). */
    @Test
    void endsAreOrderStatistics() {
        double[] predicted = new double[39];
        double[] truth = new double[39];
        for (int i = 0; i < 39; i++) {
            truth[i] = i - 19;
        }
        var band = ConformalBands.of(predicted, truth, 0.9, 1).bands().getFirst();

        assertThat(band.above()).isEqualTo(18);
        assertThat(band.below()).isEqualTo(-18);
    }

    @Test
    void tooFewCasesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConformalBands.of(new double[30], new double[30], 0.9, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConformalBands.of(new double[30], new double[29], 0.9, 1));
    }
}
