package io.baigong.finance.clause;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PassageChoiceTest {
    private static Clause passage(int start, int end, double confidence) {
        return new Clause(ClauseType.INSURANCE, start, end, confidence, false);
    }

    @Test
    void twoHalvesThatAreProbablyRightGoBeforeTheWhole() {
        Clause whole = passage(0, 20, 0.6);
        Clause first = passage(0, 10, 0.5);
        Clause second = passage(10, 20, 0.5);
        assertThat(PassageChoice.of(List.of(whole, first, second))).containsExactly(first, second);
    }

    @Test
    void theWholeGoesBeforeHalvesThatAreHardlyRight() {
        Clause whole = passage(0, 20, 0.6);
        assertThat(PassageChoice.of(List.of(passage(0, 10, 0.3), whole, passage(10, 20, 0.2))))
                .containsExactly(whole);
    }

    @Test
    void aPassageWorthLessThanALookStillFollowsWhereNothingElseIs() {
        Clause sure = passage(0, 10, 0.9);
        Clause doubtful = passage(30, 40, 0.01);
        assertThat(PassageChoice.of(List.of(doubtful, passage(5, 12, 0.02), sure)))
                .containsExactly(sure, doubtful);
    }

    @Test
    void choosesTheBestOfAllSets() {
        var random = new Random(3);
        for (int round = 0; round < 200; round++) {
            var passages = new ArrayList<Clause>();
            for (int i = 0; i < 9; i++) {
                int start = random.nextInt(30);
                passages.add(passage(start, start + 1 + random.nextInt(10), 0.06 + 0.94 * random.nextDouble()));
            }
            assertThat(worth(PassageChoice.of(passages)))
                    .isGreaterThanOrEqualTo(bestOf(passages, 0, new ArrayList<>()) - 1e-9);
        }
    }

    private static double worth(List<Clause> passages) {
        return passages.stream().mapToDouble(p -> p.confidence() - 0.05).sum();
    }

    /** Tries every set of passages that don't overlap. */
    private static double bestOf(List<Clause> passages, int from, List<Clause> taken) {
        if (from == passages.size()) {
            return worth(taken);
        }
        double without = bestOf(passages, from + 1, taken);
        Clause next = passages.get(from);
        if (taken.stream().anyMatch(p -> p.start() < next.end() && next.start() < p.end())) {
            return without;
        }
        taken.add(next);
        double with = bestOf(passages, from + 1, taken);
        taken.removeLast();
        return Math.max(with, without);
    }
}
