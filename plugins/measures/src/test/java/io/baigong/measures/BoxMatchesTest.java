package io.baigong.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.baigong.measures.BoxMatches.Averaging;
import io.baigong.measures.BoxMatches.Found;
import io.baigong.measures.BoxMatches.Truth;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoxMatchesTest {
    private static final Box UNIT = new Box(0, 0, 10, 10);

    @Test
    void overlapsByArea() {
        assertThat(UNIT.overlap(new Box(5, 0, 15, 10))).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(UNIT.overlap(UNIT)).isEqualTo(1);
        assertThat(UNIT.overlap(new Box(10, 0, 20, 10))).isZero();
    }

    @Test
    void eachTruthIsTakenOnceByTheSurest() {
        var matches = BoxMatches.of(
                List.of(new Truth(0, UNIT), new Truth(1, UNIT)),
                List.of(
                        new Found(0, UNIT, 0.5),
                        new Found(0, new Box(0, 0, 10, 9), 0.9),
                        new Found(0, new Box(50, 50, 60, 60), 0.7)),
                0.5,
                2);
        assertThat(matches.found())
                .containsExactly(
                        new BoxMatches.Match(0, 0.9, true),
                        new BoxMatches.Match(0, 0.7, false),
                        new BoxMatches.Match(0, 0.5, false));
        assertThat(BoxMatches.counts(List.of(matches), 0.6)).isEqualTo(new Counts(1, 1, 1));
    }

    /**
     * By hand: five truths, ranked hits 1, 0, 1, 1, 0. Precision at the hits 1, 2/3, 3/4. Each truth: (1 + 2/3 + 3/4) / 5. COCO:
     * the envelope is 1, 3/4, 3/4; of the recalls 0 to 1 by hundredths, 0 to 0.20 (21 of them) see 1, 0.21 to 0.60 (40) see 3/4.
     */
    @Test
    void averagesBothWays() {
        var truths = new java.util.ArrayList<Truth>();
        var found = new java.util.ArrayList<Found>();
        boolean[] hits = {true, false, true, true, false};
        for (int i = 0; i < 5; i++) {
            var place = new Box(20 * i, 0, 20 * i + 10, 10);
            truths.add(new Truth(0, place));
            found.add(new Found(0, hits[i] ? place : new Box(20 * i, 100, 20 * i + 10, 110), 1 - 0.1 * i));
        }
        var pictures = List.of(BoxMatches.of(truths, found, 0.5, 2));
        assertThat(BoxMatches.averagePrecision(pictures, 0, Averaging.EACH_TRUTH))
                .isCloseTo((1 + 2 / 3.0 + 0.75) / 5, within(1e-12));
        assertThat(BoxMatches.averagePrecision(pictures, 0, Averaging.COCO))
                .isCloseTo((21 + 40 * 0.75) / 101, within(1e-12));
        assertThat(BoxMatches.averagePrecision(pictures, 1, Averaging.COCO)).isNaN();
        assertThat(BoxMatches.meanAveragePrecision(pictures, 2, Averaging.COCO))
                .isCloseTo((21 + 40 * 0.75) / 101, within(1e-12));
    }
}
