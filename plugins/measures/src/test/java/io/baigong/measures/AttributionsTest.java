package io.baigong.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class AttributionsTest {
    private static Attributions.Scores each(ToDoubleFunction<BitSet> score) {
        return seen -> seen.stream().mapToDouble(score).toArray();
    }

    /** Neither additive nor symmetric, with parts that help, hurt, need and replace each other. */
    private static double tangled(BitSet seen) {
        double sum = 0.1;
        for (int part = seen.nextSetBit(0); part >= 0; part = seen.nextSetBit(part + 1)) {
            sum += Math.sin(part * 1.7) + (seen.get(part + 1) ? 0.4 * part : 0);
        }
        return 1 / (1 + Math.exp(-sum)) + (seen.cardinality() > 5 ? 0.25 : 0);
    }

    @Test
    void shapleyValuesAddUpToWhatIsExplainedHoweverFewTheOrders() {
        for (int parts = 1; parts <= 12; parts++) {
            for (int pairs = 1; pairs <= 3; pairs++) {
                var found = Attributions.shapley(parts, pairs, new Random(parts), each(AttributionsTest::tangled));
                assertThat(Arrays.stream(found.parts()).sum()).isCloseTo(found.whole() - found.none(), within(1e-12));
                var all = new BitSet();
                all.set(0, parts);
                assertThat(found.whole()).isEqualTo(tangled(all));
                assertThat(found.none()).isEqualTo(tangled(new BitSet()));
            }
        }
    }

    /**
     * The glove game: one left and two right gloves, a pair is worth 1. Shapley values 2/3, 1/6, 1/6 (Shapley and Shubik 1969, and any textbook). Their
     * standard error over 2,000 pairs is below 0.011.
     */
    @Test
    void shapleyValuesOfAKnownGame() {
        var found = Attributions.shapley(
                3, 2_000, new Random(7), each(seen -> seen.get(0) && (seen.get(1) || seen.get(2)) ? 1 : 0));
        assertThat(found.parts()[0]).isCloseTo(2 / 3.0, within(0.04));
        assertThat(found.parts()[1]).isCloseTo(1 / 6.0, within(0.04));
        assertThat(found.parts()[2]).isCloseTo(1 / 6.0, within(0.04));
    }

    @Test
    void aPartThatDoesNothingGetsNothingAndASumIsTakenApart() {
        var found = Attributions.shapley(
                4, 1, new Random(1), each(seen -> 3 + (seen.get(1) ? 2 : 0) - (seen.get(3) ? 0.5 : 0)));
        assertThat(found.parts()).containsExactly(0, 2, 0, -0.5);
        assertThat(found.none()).isEqualTo(3);
    }

    @Test
    void whatOcclusionStatesIsWhatIsMeasured() {
        int parts = 9;
        var found = Attributions.occlusion(parts, each(AttributionsTest::tangled));
        for (int part = 0; part < parts; part++) {
            var without = new BitSet();
            without.set(0, parts);
            without.clear(part);
            assertThat(found.parts()[part]).isEqualTo(found.whole() - tangled(without));
        }
    }

    @Test
    void nothingAndWrongAnswers() {
        assertThat(Attributions.occlusion(0, each(seen -> 5)).parts()).isEmpty();
        assertThat(Attributions.shapley(0, 1, new Random(1), each(seen -> 5)).parts())
                .isEmpty();
        assertThatThrownBy(() -> Attributions.occlusion(2, seen -> new double[1]))
                .hasMessageContaining("4 inputs have as many scores, not 1");
        assertThatThrownBy(() -> Attributions.shapley(2, 0, new Random(1), each(seen -> 5)))
                .hasMessageContaining("at least one pair");
    }
}
