package io.baigong.manufacturing.defect.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CostThresholdTest {
    private static final Validation FIVE = new Validation(new double[] {0.5, 0.1}, new double[] {0.9, 0.6, 0.4});

    /** By hand: with an escape ten times as dear, one overkill is taken to let no defect pass. */
    @Test
    void dearEscapesLowerTheThreshold() {
        var dearEscape = CostThreshold.cheapest(FIVE, new MistakeCosts(10, 1, 0.6));
        assertThat(dearEscape.threshold()).isCloseTo(0.25, within(1e-12));
        assertThat(dearEscape.costPerPart()).isCloseTo(0.4 * 0.5, within(1e-12));
        var dearOverkill = CostThreshold.cheapest(FIVE, new MistakeCosts(1, 10, 0.6));
        assertThat(dearOverkill.threshold()).isCloseTo(0.55, within(1e-12));
        assertThat(dearOverkill.escapeRate()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(dearOverkill.costPerPart()).isCloseTo(0.6 / 3, within(1e-12));
    }

    /** Where hardly any part is defective, it pays to pass all of them. */
    @Test
    void rareDefectsRaiseTheThreshold() {
        var validation = new Validation(new double[] {0.8}, new double[] {0.7});
        assertThat(CostThreshold.cheapest(validation, new MistakeCosts(1, 1, 0.9))
                        .threshold())
                .isLessThan(0.7);
        assertThat(CostThreshold.cheapest(validation, new MistakeCosts(1, 1, 0.01))
                        .threshold())
                .isGreaterThan(0.8);
    }

    /** The plain way: every threshold by thousandths, each part counted. */
    @Test
    void isNoDearerThanAnyOther() {
        var random = new Random(3);
        for (int round = 0; round < 20; round++) {
            var validation = new Validation(
                    random.doubles(30).map(each -> each * each).toArray(),
                    random.doubles(20).map(Math::sqrt).toArray());
            var costs = new MistakeCosts(
                    1 + 20 * random.nextDouble(), 1 + random.nextDouble(), 0.05 + 0.5 * random.nextDouble());
            double best = CostThreshold.cheapest(validation, costs).costPerPart();
            for (int step = 1; step < 1000; step++) {
                double threshold = step / 1000.0;
                double escapes = Arrays.stream(validation.defective())
                                .filter(score -> score < threshold)
                                .count()
                        / 20.0;
                double overkills = Arrays.stream(validation.sound())
                                .filter(score -> score >= threshold)
                                .count()
                        / 30.0;
                double plain = costs.defectShare() * escapes * costs.escape()
                        + (1 - costs.defectShare()) * overkills * costs.overkill();
                assertThat(CostThreshold.at(threshold, validation, costs).costPerPart())
                        .isCloseTo(plain, within(1e-12));
                assertThat(best).isLessThanOrEqualTo(plain + 1e-12);
            }
        }
    }

    @Test
    void oneKindOfPartAloneWeighsNothing() {
        var costs = new MistakeCosts(1, 1, 0.5);
        assertThatThrownBy(() -> CostThreshold.at(0.5, new Validation(new double[] {0.1}, new double[0]), costs))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Validation(new double[] {Double.NaN}, new double[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
