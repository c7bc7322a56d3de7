package io.baigong.manufacturing.defect.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.baigong.manufacturing.defect.quality.ProportionChart.Rule;
import io.baigong.manufacturing.defect.quality.ProportionChart.Sample;
import io.baigong.manufacturing.defect.quality.ProportionChart.Signal;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class QualityTest {
    /** Montgomery, example 7.1: 347 nonconforming cans in 30 samples of 50; limits 0.4102 and 0.0524. */
    @Test
    void limitsAreMontgomerys() {
        var chart = new ProportionChart(347 / 1500.0);
        assertThat(chart.upper(50)).isCloseTo(0.4102, within(1e-4));
        assertThat(chart.lower(50)).isCloseTo(0.0524, within(1e-4));
    }

    @Test
    void signalsAreByRule() {
        var chart = ProportionChart.of(List.of(new Sample(100, 20), new Sample(300, 60)));
        assertThat(chart.centre()).isEqualTo(0.2);
        assertThat(chart.signals(List.of(new Sample(100, 20), new Sample(100, 33), new Sample(100, 21))))
                .containsExactly(new Signal(1, Rule.BEYOND_LIMITS));
        assertThat(chart.signals(Collections.nCopies(8, new Sample(100, 22))))
                .containsExactly(new Signal(7, Rule.RUN_OF_EIGHT));
        assertThat(chart.signals(Collections.nCopies(9, new Sample(100, 20)))).isEmpty();
        assertThatThrownBy(() -> new Sample(5, 6)).isInstanceOf(IllegalArgumentException.class);
    }

    /** By hand: with an escape ten times as dear, one overkill is taken to let no defect pass. */
    @Test
    void dearEscapesLowerTheThreshold() {
        double[] scores = {0.9, 0.6, 0.4, 0.5, 0.1};
        boolean[] defective = {true, true, true, false, false};
        assertThat(CostThreshold.cheapest(scores, defective, 10, 1)).isEqualTo(new CostThreshold(0.4, 1 / 5.0, 0, 0.5));
        assertThat(CostThreshold.cheapest(scores, defective, 1, 10))
                .isEqualTo(new CostThreshold(0.6, 1 / 5.0, 1 / 3.0, 0));
        assertThat(CostThreshold.cheapest(new double[] {0.7}, new boolean[] {false}, 1, 1)
                        .overkillRate())
                .isZero();
    }
}
