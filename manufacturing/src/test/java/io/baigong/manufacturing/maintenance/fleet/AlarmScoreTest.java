package io.baigong.manufacturing.maintenance.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Counted by hand on a record of 2,400 hours, 100 days. */
class AlarmScoreTest {
    private static Episode alarm(long opened, long closed) {
        return new Episode("pump", opened, closed, false, 0.9);
    }

    @Test
    void leadsAreCountedByEvent() {
        var machine = Machines.failing("a", 2400, 50, 1000, 2000);
        // The first failure comes too early to be asked for three days ahead; of the second the earlier of two alarms
        // counts.
        var score = AlarmScore.of(
                machine, List.of(alarm(900, 920), alarm(970, 1000), alarm(1500, 1520), alarm(1950, 2000)));
        var scores = List.of(score);

        assertThat(score.leads()).extracting(AlarmScore.Lead::hours).containsExactly(0L, 100L, 50L);
        assertThat(score.alarms()).isEqualTo(4);
        assertThat(score.falseAlarms()).isEqualTo(1);
        assertThat(AlarmScore.recall(scores, 72)).isEqualTo(0.5);
        assertThat(AlarmScore.recall(scores, 48)).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(AlarmScore.recall(scores, 100)).isEqualTo(0.5);
        assertThat(AlarmScore.recall(scores, 101)).isZero();
        assertThat(AlarmScore.falseAlarmShare(scores)).isEqualTo(0.25);
        assertThat(AlarmScore.falseAlarmsPerMachineDay(scores)).isEqualTo(0.01);
        assertThat(AlarmScore.medianLead(scores)).isEqualTo(75);
        // Nothing for the first, 1000 - 900 and 2000 - 1950 hours for the others; a day is enough to plan.
        assertThat(score.cost(new Costs(100, 10, 1, 24))).isEqualTo(100 + 10 + 10 + 1);
        assertThat(score.cost(new Costs(100, 10, 1, 72))).isEqualTo(100 + 10 + 100 + 1);
    }

    @Test
    void anAlarmMoreThanTwoWeeksAheadIsFalse() {
        var score = AlarmScore.of(Machines.failing("a", 2400, 1000), List.of(alarm(663, 1000), alarm(664, 1000)));

        assertThat(score.falseAlarms()).isEqualTo(1);
        assertThat(score.leads()).extracting(AlarmScore.Lead::hours).containsExactly(336L);
    }

    @Test
    void anAlarmStillOpenAtTheEndIsNotJudged() {
        var score = AlarmScore.of(
                Machines.failing("a", 2400), List.of(new Episode("pump", 2300, 2399, true, 0.9), alarm(2300, 2350)));

        assertThat(score.unjudged()).isEqualTo(1);
        assertThat(score.alarms()).isEqualTo(1);
        assertThat(score.falseAlarms()).isEqualTo(1);
    }

    @Test
    void anAlarmAtTheHourOfTheFailureForeseesNothing() {
        var score = AlarmScore.of(Machines.failing("a", 2400, 1000), List.of(alarm(1000, 1030)));

        assertThat(AlarmScore.recall(List.of(score), 1)).isZero();
        assertThat(score.falseAlarms()).isEqualTo(1);
    }

    /** Replacing at an age of 40 days prevents the failure at 50 days and not the one at 33. */
    @Test
    void strategiesWithoutAlarms() {
        var costs = new Costs(100, 10, 1, 24);
        var machine = Machines.failing("a", 2400, 50 * 24, 83 * 24);

        assertThat(Strategies.runToFailure(machine, costs)).isEqualTo(200);
        // Fitted at hour 0: due at day 40, and again 17 days after day 83 not yet.
        assertThat(Strategies.fixedAge(machine, List.of("pump"), 40, costs)).isEqualTo(10 + 100);
        assertThat(Strategies.fixedAge(machine, List.of("pump"), 365, costs)).isEqualTo(200);
    }

    @Test
    void theCheapestTrustedRuleIsChosen() {
        var wild = new Thresholds.Trial(new AlarmRule(336, 0.1), List.of(100L, 100L), 10, 8, 1000);
        var good = new Thresholds.Trial(new AlarmRule(336, 0.5), List.of(100L, 0L), 1, 0, 1000);
        var mute = new Thresholds.Trial(new AlarmRule(336, 0.9), List.of(0L, 0L), 0, 0, 1000);

        assertThat(new Thresholds(List.of(wild, good, mute)).cheapest(Costs.usual(24)))
                .isEqualTo(good.rule());
        assertThat(new Thresholds(List.of(wild)).cheapest(Costs.usual(24))).isEqualTo(wild.rule());
        // Where a replacement all but costs a failure, saving one does not pay the inspection.
        var one = new Thresholds.Trial(new AlarmRule(336, 0.5), List.of(100L, 0L), 5, 1, 1000);
        assertThat(new Thresholds(List.of(one, mute)).cheapest(new Costs(100, 99, 50, 24)))
                .isEqualTo(mute.rule());
    }
}
