package io.baigong.tuning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {
    private static final Split THREE = Split.parse("train=0.8,dev=0.1,test=0.1");

    @Test
    void setsAreNeverParted() {
        for (int seed = 0; seed < 50; seed++) {
            var random = new SplittableRandom(seed);
            int documents = 500;
            var sets = new DisjointSets();
            for (int i = random.nextInt(1_000); i > 0; i--) {
                sets.join(random.nextInt(documents), random.nextInt(1 + random.nextInt(documents)));
            }
            int[] roots = new int[documents];
            Arrays.setAll(roots, sets::root);
            byte[] sides = THREE.sides(roots, seed);
            var sideOf = new HashMap<Integer, Byte>();
            for (int i = 0; i < documents; i++) {
                assertThat(roots[i]).isLessThanOrEqualTo(i);
                assertThat(sideOf.computeIfAbsent(roots[i], root -> sides[root]))
                        .isEqualTo(sides[i]);
            }
            assertThat(THREE.sides(roots, seed)).isEqualTo(sides);
        }
    }

    @Test
    void sharesAreMetAndTheSeedDecides() {
        int[] roots = new int[1_000];
        Arrays.setAll(roots, i -> i);
        byte[] sides = THREE.sides(roots, 1);
        int[] sizes = new int[3];
        for (byte side : sides) {
            sizes[side]++;
        }
        assertThat(sizes).containsExactly(800, 100, 100);
        assertThat(THREE.sides(roots, 2)).isNotEqualTo(sides);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "train",
                "train=0.8",
                "train=0.8,test=x",
                "train=1.2,test=-0.2",
                "a=0.5,a=0.5",
                "../a=0.5,b=0.5",
                "a=NaN"
            })
    void wrongSplitsAreRefused(String text) {
        assertThatThrownBy(() -> Split.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(".+");
    }

    @Test
    void balancingCapsOrRepeats() {
        // 60 of label 0, 20 of label 1, 10 of label 2, 10 without.
        int[] labels = new int[100];
        int[] lines = new int[100];
        Arrays.setAll(labels, i -> i < 60 ? 0 : i < 80 ? 1 : i < 90 ? 2 : -1);
        Arrays.setAll(lines, i -> 3 * i);
        assertThat(sums(labels, new Balance(Balance.Kind.CAP, 1.5).copies(labels, lines, 1)))
                .isEqualTo(Map.of(0, 15, 1, 15, 2, 10, -1, 10));
        int[] more = new Balance(Balance.Kind.OVERSAMPLE, 2).copies(labels, lines, 1);
        assertThat(sums(labels, more)).isEqualTo(Map.of(0, 60, 1, 30, 2, 30, -1, 10));
        assertThat(more).contains(1, 2, 3).doesNotContain(0);
        assertThat(Balance.NONE.copies(labels, lines, 1)).containsOnly(1);
        assertThat(new Balance(Balance.Kind.CAP, 1).copies(labels, lines, 2))
                .isEqualTo(new Balance(Balance.Kind.CAP, 1).copies(labels, lines, 2))
                .isNotEqualTo(new Balance(Balance.Kind.CAP, 1).copies(labels, lines, 3));
        assertThatThrownBy(() -> new Balance(Balance.Kind.CAP, 0.5)).hasMessageContaining("ratio");
    }

    private static Map<Integer, Integer> sums(int[] labels, int[] copies) {
        var sums = new HashMap<Integer, Integer>();
        for (int i = 0; i < labels.length; i++) {
            sums.merge(labels[i], copies[i], Integer::sum);
        }
        return sums;
    }
}
