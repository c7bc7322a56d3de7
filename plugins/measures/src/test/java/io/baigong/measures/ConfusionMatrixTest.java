package io.baigong.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
    @Test
    void countsEachClassAgainstTheOthers() {
        var matrix = ConfusionMatrix.of(List.of("a", "a", "a", "b", "c"), List.of("a", "a", "b", "b", "a"));

        assertThat(matrix.count("a", "b")).isEqualTo(1);
        assertThat(matrix.count("b", "a")).isZero();
        assertThat(matrix.counts())
                .containsEntry("a", new Counts(2, 1, 1))
                .containsEntry("b", new Counts(1, 1, 0))
                .containsEntry("c", new Counts(0, 0, 1));
        assertThat(matrix.accuracy()).isEqualTo(0.6);
    }

    @Test
    void averagesByClassAndByCase() {
        var classes = List.of(new Counts(2, 1, 1), new Counts(1, 1, 0), new Counts(0, 0, 1));

        // F1 by class: 4/6, 2/3, 0. All together: 3 true, 2 false, 2 missed: 6/10.
        assertThat(Counts.macroF1(classes)).isCloseTo(4.0 / 9, within(1e-12));
        assertThat(Counts.sum(classes)).isEqualTo(new Counts(3, 2, 2));
        assertThat(Counts.sum(classes).f1()).isCloseTo(0.6, within(1e-12));
        assertThat(Counts.sum(classes).precision()).isCloseTo(0.6, within(1e-12));
        assertThat(Counts.sum(classes).recall()).isCloseTo(0.6, within(1e-12));
        assertThat(new Counts(0, 0, 0).f1()).isZero();
    }

    @Test
    void kappaIsAgreementBeyondChance() {
        // 50 cases: both yes 20, both no 15, yes/no 5, no/yes 10. Observed 0.7; chance 0.5·0.6 + 0.5·0.4 = 0.5;
        // (0.7-0.5)/0.5.
        var one = new ArrayList<Boolean>();
        var two = new ArrayList<Boolean>();
        add(one, two, 20, true, true);
        add(one, two, 5, true, false);
        add(one, two, 10, false, true);
        add(one, two, 15, false, false);

        assertThat(ConfusionMatrix.of(one, two).kappa()).isCloseTo(0.4, within(1e-12));
        assertThat(ConfusionMatrix.of(one, one).kappa()).isOne();
        assertThat(ConfusionMatrix.of(List.of(1, 1), List.of(1, 1)).kappa()).isNaN();
    }

    @Test
    void refusesListsOfDifferentCases() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfusionMatrix.of(List.of(1), List.of()))
                .withMessage("expected as many predictions as cases, got 0 and 1");
        assertThat(ConfusionMatrix.of(List.of(), List.of()).accuracy()).isZero();
    }

    private static void add(List<Boolean> one, List<Boolean> two, int times, boolean a, boolean b) {
        one.addAll(Collections.nCopies(times, a));
        two.addAll(Collections.nCopies(times, b));
    }
}
