package io.baigong.host.decay;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.host.decay.Measure.Kind;
import io.baigong.host.decay.Measure.State;
import io.baigong.host.decay.Measure.Statistic;
import io.baigong.host.decay.Reading.Judged;
import io.baigong.journal.RunStatus;
import io.baigong.spi.Signal;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    static final DecayConfig CONFIG =
            new SmallRyeConfigBuilder().withMapping(DecayConfig.class).build().getConfigMapping(DecayConfig.class);

    private final SplittableRandom random = new SplittableRandom(5);
    private final Comparison comparison = new Comparison(CONFIG);

    private double gauss() {
        double sum = 0;
        for (int i = 0; i < 12; i++) {
            sum += random.nextDouble();
        }
        return sum - 6;
    }

    private List<Reading> runs(int count, double shift, double failing) {
        var runs = new ArrayList<Reading>();
        for (int i = 0; i < count; i++) {
            RunStatus ending = random.nextDouble() < failing ? RunStatus.FAILED : RunStatus.ANSWERED;
            runs.add(new Reading(
                    ending,
                    ending == RunStatus.ANSWERED ? 0.8 + 0.02 * gauss() : null,
                    List.of(
                            Signal.input("temperature", 300 + 2 * gauss() + shift),
                            Signal.output("verdict", random.nextDouble() < 0.1 + 0.15 * shift ? "FAIL" : "PASS"))));
        }
        return runs;
    }

    private List<Judged> judged(int count, double agreeing) {
        var judged = new ArrayList<Judged>();
        for (int i = 0; i < count; i++) {
            judged.add(new Judged(0.9, random.nextDouble() < agreeing));
        }
        return judged;
    }

    private static Measure one(List<Measure> all, String name, Statistic statistic) {
        return all.stream()
                .filter(measure -> measure.name().equals(name) && measure.statistic() == statistic)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatDidNotShiftIsSteady() {
        for (int look = 0; look < 40; look++) {
            var all = new ArrayList<>(comparison.signals(runs(600, 0, 0.02), runs(300, 0, 0.02)));
            all.addAll(comparison.outcomes(runs(600, 0, 0.02), runs(300, 0, 0.02)));
            all.addAll(comparison.judgements(judged(200, 0.9), judged(100, 0.9)));
            assertThat(all).extracting(Measure::state).doesNotContain(State.DRIFTED, State.TOO_FEW);
        }
    }

    @Test
    void aShiftedSensorIsSeenInTheInputAndInTheAnswers() {
        List<Measure> all = comparison.signals(runs(600, 0, 0), runs(300, 2, 0));

        assertThat(one(all, "temperature", Statistic.PSI).state()).isEqualTo(State.DRIFTED);
        assertThat(one(all, "temperature", Statistic.KS).state()).isEqualTo(State.DRIFTED);
        assertThat(one(all, "verdict", Statistic.PSI)).satisfies(verdict -> {
            assertThat(verdict.kind()).isEqualTo(Kind.OUTPUT);
            assertThat(verdict.state()).isEqualTo(State.DRIFTED);
            assertThat(verdict.probability()).isLessThan(1e-4);
        });
        assertThat(one(all, "confidence", Statistic.KS).state()).isEqualTo(State.STEADY);
    }

    @Test
    void failuresThatBecomeCommonAreSeen() {
        Measure failed = one(comparison.outcomes(runs(600, 0, 0.01), runs(300, 0, 0.12)), "failed", Statistic.SHARE);

        assertThat(failed.state()).isEqualTo(State.DRIFTED);
        assertThat(failed.was()).isLessThan(0.03);
        assertThat(failed.low()).isLessThan(failed.value());
    }

    @Test
    void peopleWhoAgreeNoMoreAreSeen() {
        List<Measure> all = comparison.judgements(judged(300, 0.9), judged(150, 0.65));

        assertThat(one(all, "agreed", Statistic.SHARE).state()).isEqualTo(State.DRIFTED);
        assertThat(one(all, "expected-error", Statistic.ECE)).satisfies(error -> {
            assertThat(error.state()).isEqualTo(State.DRIFTED);
            assertThat(error.value()).isBetween(0.15, 0.4);
        });
    }

    @Test
    void aSmallShiftOfManyRunsIsShownAndNoAlert() {
        assertThat(one(comparison.signals(runs(2_000, 0, 0), runs(2_000, 0.5, 0)), "temperature", Statistic.KS)
                        .state())
                .isEqualTo(State.SHIFTING);
    }

    @Test
    void ofFewRunsNothingIsSaid() {
        var all = new ArrayList<>(comparison.signals(runs(600, 0, 0), runs(49, 5, 0)));
        all.addAll(comparison.outcomes(runs(600, 0, 0), runs(49, 0, 1)));
        all.addAll(comparison.judgements(judged(300, 1), judged(29, 0)));

        assertThat(all).extracting(Measure::state).containsOnly(State.TOO_FEW);
        assertThat(all).extracting(Measure::value).containsOnly(Double.NaN);
    }

    @Test
    void aSignalThatNoLongerComesIsTooFew() {
        var without = List.of(new Reading(RunStatus.ANSWERED, 0.8, List.of()));

        assertThat(one(comparison.signals(runs(600, 0, 0), without), "temperature", Statistic.PSI)
                        .state())
                .isEqualTo(State.TOO_FEW);
    }
}
