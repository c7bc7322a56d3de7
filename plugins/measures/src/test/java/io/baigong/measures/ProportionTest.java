package io.baigong.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProportionTest {
    @Test
    void scoreIntervalIsThatOfNewcombe() {
        // Newcombe, Statistics in Medicine 17, 1998, pages 857 to 872, table I: 81 of 263, 15 of 148, 0 of 20.
        Interval first = new Proportion(81, 263).interval(0.95);
        assertThat(first.low()).isCloseTo(0.2553, within(5e-5));
        assertThat(first.high()).isCloseTo(0.3662, within(5e-5));
        Interval second = new Proportion(15, 148).interval(0.95);
        assertThat(second.low()).isCloseTo(0.0624, within(5e-5));
        assertThat(second.high()).isCloseTo(0.1605, within(5e-5));
        Interval none = new Proportion(0, 20).interval(0.95);
        assertThat(none.low()).isZero();
        assertThat(none.high()).isCloseTo(0.1611, within(5e-5));
    }

    @Test
    void differenceIsThatOfNewcombe() {
        // Newcombe, Statistics in Medicine 17, 1998, pages 873 to 890, table II, method 10: 56 of 70 less 48 of 80.
        Interval difference = new Proportion(56, 70).less(new Proportion(48, 80), 0.95);

        assertThat(difference.value()).isCloseTo(0.2, within(1e-12));
        assertThat(difference.low()).isCloseTo(0.0524, within(5e-5));
        assertThat(difference.high()).isCloseTo(0.3339, within(5e-5));
    }

    @Test
    void noShareIsOfNoCases() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Proportion(0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Proportion(3, 2));
    }

    @Test
    void normalTailMatchesTheTable() {
        // Abramowitz and Stegun, table 26.1: Q(1.96) = 0.0249979, Q(3) = 0.0013499.
        assertThat(Normal.tail(1.96)).isCloseTo(0.0249979, within(1e-7));
        assertThat(Normal.tail(3)).isCloseTo(0.0013499, within(1e-7));
        assertThat(Normal.tail(-3)).isCloseTo(1 - 0.0013499, within(1e-7));
        assertThat(Normal.exceededWith(0.025)).isCloseTo(1.959964, within(1e-5));
    }
}
