package io.baigong.manufacturing.defect.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.baigong.manufacturing.defect.quality.ProportionChart.Sample;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ControlChartTest {
    /** Montgomery, example 7.1: 347 nonconforming cans in 30 samples of 50; limits 0.4102 and 0.0524. */
    @Test
    void limitsAreMontgomerys() {
        var chart = new ProportionChart(347 / 1500.0);
        assertThat(chart.upper(50)).isCloseTo(0.4102, within(1e-4));
        assertThat(chart.lower(50)).isCloseTo(0.0524, within(1e-4));
        assertThat(chart.standardised(new Sample(50, 24))).isCloseTo((0.48 - 347 / 1500.0) / 0.0596352, within(1e-4));
    }

    @Test
    void limitsWidenForSmallSamples() {
        var chart = new ProportionChart(ProportionChart.centreOf(List.of(new Sample(100, 20), new Sample(300, 60))));
        assertThat(chart.centre()).isEqualTo(0.2);
        assertThat(chart.upper(10)).isGreaterThan(chart.upper(100));
        assertThat(chart.lower(10)).isZero();
        assertThatThrownBy(() -> new Sample(5, 6)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ProportionChart(0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Samples at which the rule is met, counted from 0. */
    private static List<Integer> met(ControlRule rule, double... z) {
        return IntStream.range(0, z.length)
                .filter(i -> rule.endsAt(i, z))
                .boxed()
                .toList();
    }

    /** The patterns as Western Electric and Nelson draw them, each with one that just fails to be it. */
    @Test
    void rulesAreMetWhereTheirPatternIsComplete() {
        assertThat(met(ControlRule.BEYOND_LIMITS, 0, 3, 3.1, -3.1)).containsExactly(2, 3);
        assertThat(met(ControlRule.TWO_OF_THREE, 2.1, 0, 2.1)).containsExactly(2);
        assertThat(met(ControlRule.TWO_OF_THREE, 2.1, 0, 0, 2.1)).isEmpty();
        assertThat(met(ControlRule.TWO_OF_THREE, 2.1, -2.1, 0)).isEmpty();
        assertThat(met(ControlRule.FOUR_OF_FIVE, -1.1, -1.2, 0, -1.3, -1.4)).containsExactly(4);
        assertThat(met(ControlRule.FOUR_OF_FIVE, -1.1, -1.2, 1.1, -1.3)).isEmpty();
        assertThat(met(ControlRule.RUN_OF_EIGHT, 1, 1, 1, 1, 1, 1, 1, 1)).containsExactly(7);
        assertThat(met(ControlRule.RUN_OF_EIGHT, 1, 1, 1, 0, 1, 1, 1, 1)).isEmpty();
        assertThat(met(ControlRule.RUN_OF_NINE, 1, 1, 1, 1, 1, 1, 1, 1)).isEmpty();
        assertThat(met(ControlRule.RUN_OF_NINE, 1, 1, 1, 1, 1, 1, 1, 1, 1)).containsExactly(8);
        assertThat(met(ControlRule.TREND_OF_SIX, 0, 1, 2, 3, 4, 5)).containsExactly(5);
        assertThat(met(ControlRule.TREND_OF_SIX, 5, 4, 3, 2, 1, 0)).containsExactly(5);
        assertThat(met(ControlRule.TREND_OF_SIX, 0, 1, 2, 2, 4, 5)).isEmpty();
        assertThat(met(ControlRule.FOURTEEN_BY_TURNS, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0))
                .containsExactly(13);
        assertThat(met(ControlRule.FOURTEEN_BY_TURNS, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 1))
                .isEmpty();
        assertThat(met(ControlRule.FIFTEEN_NEAR, new double[15])).containsExactly(14);
        assertThat(met(ControlRule.EIGHT_FAR, 1.1, -1.1, 1.1, -1.1, 1.1, -1.1, 1.1, -1.1))
                .containsExactly(7);
        assertThat(met(ControlRule.EIGHT_FAR, 1.1, -1.1, 1.1, -0.9, 1.1, -1.1, 1.1, -1.1))
                .isEmpty();
    }

    @Test
    void setsHoldTheRulesOfTheirAuthors() {
        double[] nine = {1, 1, 1, 1, 1, 1, 1, 1, 1};
        assertThat(ControlRule.Set.WESTERN_ELECTRIC.at(8, nine)).containsExactly(ControlRule.RUN_OF_EIGHT);
        assertThat(ControlRule.Set.NELSON.at(7, nine)).isEmpty();
        assertThat(ControlRule.Set.NELSON.at(8, nine)).containsExactly(ControlRule.RUN_OF_NINE);
    }
}
