package io.baigong.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PixelScoresTest {
    /** Reference: {@link Ranking} on the same scores, which lie in the middle of bins. */
    @Test
    void agreesWithRankingAllPixels() {
        var random = new Random(2);
        float[] scores = new float[2000];
        int[] region = new int[2000];
        double[] exact = new double[2000];
        boolean[] defective = new boolean[2000];
        for (int i = 0; i < 2000; i++) {
            region[i] = random.nextInt(5) == 0 ? random.nextInt(3) : -1;
            defective[i] = region[i] >= 0;
            int bin = Math.clamp((int) (300 + 200 * random.nextGaussian() + (defective[i] ? 200 : 0)), 0, 999);
            exact[i] = (bin + 0.5) / PixelScores.BINS;
            scores[i] = (float) exact[i];
        }
        assertThat(PixelScores.areaUnderRoc(List.of(PixelScores.of(scores, region))))
                .isCloseTo(Ranking.areaUnderRoc(exact, defective), within(1e-9));
    }

    /**
     * By hand: ten sound pixels, a region of one pixel above them all, one of four pixels of which two lie above and two below
     * all. Overlap is (1 + 1/2) / 2 from no false alarm on, up to the limit.
     */
    @Test
    void weighsRegionsAlike() {
        float[] scores = {0.9f, 0.9f, 0.9f, 0.1f, 0.1f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f};
        int[] region = {0, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
        var picture = List.of(PixelScores.of(scores, region));
        assertThat(PixelScores.areaUnderOverlap(picture, 0.3)).isCloseTo(0.75, within(1e-9));
        assertThat(PixelScores.areaUnderRoc(picture)).isCloseTo(0.6, within(1e-9));
    }

    @Test
    void saysWhenThereIsNothingToTellApart() {
        var sound = List.of(PixelScores.of(new float[] {0.1f}, new int[] {-1}));
        assertThat(PixelScores.areaUnderRoc(sound)).isNaN();
        assertThat(PixelScores.areaUnderOverlap(sound, 0.3)).isNaN();
        assertThatThrownBy(() -> PixelScores.of(new float[2], new int[1])).isInstanceOf(IllegalArgumentException.class);
    }
}
