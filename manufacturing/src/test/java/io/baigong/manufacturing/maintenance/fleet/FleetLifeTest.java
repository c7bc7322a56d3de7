package io.baigong.manufacturing.maintenance.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FleetLifeTest {
    private static final List<Integer> HORIZONS = List.of(24, 48, 72, 168, 336);

    /** One component: a tenth fails by 24 h, 0.3 by 48, 0.6 by 72, nine tenths by 168; straight lines between. */
    @Test
    void quantilesLieOnTheLinesBetweenHorizons() {
        var life = FleetLife.of(new double[][] {{0.1, 0.3, 0.6, 0.9, 0.95}}, HORIZONS);

        assertThat(life.low()).isCloseTo(24, within(1e-9));
        assertThat(life.median()).isCloseTo(48 + 24 * 2 / 3.0, within(1e-9));
        assertThat(life.high()).isCloseTo(168, within(1e-9));
        assertThat(life.isBeyond()).isFalse();
        assertThat(life.failsWithinLongest()).isEqualTo(0.95);
    }

    @Test
    void theFirstOfTwoComponentsCounts() {
        var life = FleetLife.of(new double[][] {{0, 0, 0, 0.2, 0.5}, {0, 0, 0, 0.2, 0.5}}, HORIZONS);

        assertThat(life.failsWithinLongest()).isCloseTo(0.75, within(1e-12));
        assertThat(life.median()).isLessThan(336);
    }

    @Test
    void whatIsBeyondTheLongestHorizonIsSaid() {
        var life = FleetLife.of(new double[][] {{0, 0, 0, 0.01, 0.02}}, HORIZONS);

        assertThat(life.median()).isEqualTo(336);
        assertThat(life.isBeyond()).isTrue();
    }
}
