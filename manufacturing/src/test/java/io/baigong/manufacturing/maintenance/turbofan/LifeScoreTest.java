package io.baigong.manufacturing.maintenance.turbofan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.baigong.spi.Evaluation.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifeScoreTest {
    private static LifeScore score(double predicted, double truth) {
        return new LifeScore(new RemainingLife.Life(predicted, predicted - 5, predicted + 5), truth);
    }

    /** Saxena et al. 2008, section IV: exp(13/13) - 1 for 13 too early, exp(10/10) - 1 for 10 too late. */
    @Test
    void scoresAsTheChallengeDoes() {
        assertThat(score(37, 50).phm()).isCloseTo(Math.E - 1, within(1e-12));
        assertThat(score(60, 50).phm()).isCloseTo(Math.E - 1, within(1e-12));
        assertThat(score(50, 50).phm()).isZero();
    }

    @Test
    void reportsEachSetByName() {
        var metrics = new LinkedHashMap<String, Metric>();

        LifeScore.report("fd001", List.of(score(53, 50), score(46, 50), score(40, 50)), metrics);

        assertThat(metrics)
                .containsOnlyKeys(
                        "fd001_rmse", "fd001_phm_score", "fd001_mae", "fd001_coverage", "fd001_interval_width");
        assertThat(metrics.get("fd001_rmse").value()).isCloseTo(Math.sqrt((9 + 16 + 100) / 3.0), within(1e-12));
        assertThat(metrics.get("fd001_mae").value()).isCloseTo(17 / 3.0, within(1e-12));
        assertThat(metrics.get("fd001_coverage").value()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(metrics.get("fd001_interval_width").value()).isEqualTo(10);
    }
}
