package io.baigong.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RankingTest {
    /** scikit-learn's own example: roc_auc_score 0.75, average_precision_score 0.8333. */
    @Test
    void agreesWithScikitLearn() {
        double[] scores = {0.1, 0.4, 0.35, 0.8};
        boolean[] outcomes = {false, false, true, true};
        assertThat(Ranking.areaUnderRoc(scores, outcomes)).isCloseTo(0.75, within(1e-12));
        assertThat(Ranking.averagePrecision(scores, outcomes)).isCloseTo(0.8333333333, within(1e-9));
    }

    /** Reference: all pairs, and the precision at each threshold by counting. */
    @Test
    void agreesWithCountingPairs() {
        var random = new SplittableRandom(5);
        double[] scores =
                random.doubles(300).map(x -> Math.round(x * 40) / 40.0).toArray();
        boolean[] outcomes = new boolean[300];
        for (int i = 0; i < 300; i++) {
            outcomes[i] = random.nextDouble() < scores[i];
        }
        double pairs = 0;
        double above = 0;
        double precision = 0;
        int positives = 0;
        for (int i = 0; i < 300; i++) {
            if (!outcomes[i]) {
                continue;
            }
            positives++;
            int shown = 0;
            int right = 0;
            for (int j = 0; j < 300; j++) {
                if (!outcomes[j]) {
                    pairs++;
                    above += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
                if (scores[j] >= scores[i]) {
                    shown++;
                    right += outcomes[j] ? 1 : 0;
                }
            }
            precision += (double) right / shown;
        }
        assertThat(Ranking.areaUnderRoc(scores, outcomes)).isCloseTo(above / pairs, within(1e-12));
        assertThat(Ranking.averagePrecision(scores, outcomes)).isCloseTo(precision / positives, within(1e-12));
    }

    @Test
    void saysWhenThereIsNothingToRank() {
        assertThat(Ranking.areaUnderRoc(new double[] {1, 2}, new boolean[] {true, true}))
                .isNaN();
        assertThat(Ranking.averagePrecision(new double[] {1}, new boolean[] {false}))
                .isNaN();
        assertThatThrownBy(() -> Ranking.areaUnderRoc(new double[] {Double.NaN}, new boolean[] {true}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ranking.areaUnderRoc(new double[] {1}, new boolean[] {}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
