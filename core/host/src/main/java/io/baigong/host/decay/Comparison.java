package io.baigong.host.decay;

import io.baigong.host.decay.Measure.Kind;
import io.baigong.host.decay.Measure.State;
import io.baigong.host.decay.Measure.Statistic;
import io.baigong.host.decay.Reading.Judged;
import io.baigong.journal.RunStatus;
import io.baigong.measures.CalibrationDrift;
import io.baigong.measures.Drift;
import io.baigong.measures.Interval;
import io.baigong.measures.Proportion;
import io.baigong.spi.Signal.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares the present with a reference. A shift is an alert where it is both large and no chance: large by what the field takes as such,
 * and no chance by a test whose level is shared among the signals of a side (Bonferroni). Immutable.
 */
public final class Comparison {
    private static final int BINS = 10;
    private static final double LEVEL = 0.95;
    private static final long SEED = 1;

    private final DecayConfig config;

    public Comparison(DecayConfig config) {
        this.config = config;
    }

    /** Inputs and answers of runs that the same versions answered. */
    public List<Measure> signals(List<Reading> reference, List<Reading> current) {
        var measures = new ArrayList<Measure>();
        for (Side side : Side.values()) {
            var then = Columns.of(side, reference);
            var now = Columns.of(side, current);
            Kind kind = side == Side.INPUT ? Kind.INPUT : Kind.OUTPUT;
            // Two tests for each figure, one for each label.
            double chance = config.chance()
                    / Math.max(1, 2 * then.numbers().size() + then.labels().size());
            then.numbers().forEach((name, values) -> {
                double[] today = now.numbers().getOrDefault(name, new double[0]);
                measures.addAll(numbers(kind, name, values, today, chance));
            });
            then.labels().forEach((name, counts) -> {
                Map<String, Integer> today = now.labels().getOrDefault(name, Map.of());
                measures.add(labels(kind, name, counts, today, chance));
            });
        }
        return measures;
    }

    private List<Measure> numbers(Kind kind, String name, double[] then, double[] now, double chance) {
        var psi = new Measure.Key(kind, name, Statistic.PSI);
        var ks = new Measure.Key(kind, name, Statistic.KS);
        if (Math.min(then.length, now.length) < config.leastRuns()) {
            return List.of(tooFew(psi, then.length, now.length), tooFew(ks, then.length, now.length));
        }
        double index = Drift.populationStability(then, now, BINS);
        var test = Drift.kolmogorovSmirnov(then, now);
        boolean drifted = test.probability() < chance && test.distance() >= config.distance();
        return List.of(
                stability(psi, index, BINS, then.length, now.length, chance),
                measure(
                        ks,
                        test.distance(),
                        test.probability(),
                        then.length,
                        now.length,
                        drifted ? State.DRIFTED : test.probability() < chance ? State.SHIFTING : State.STEADY));
    }

    private Measure labels(Kind kind, String name, Map<String, Integer> then, Map<String, Integer> now, double chance) {
        var key = new Measure.Key(kind, name, Statistic.PSI);
        int before = then.values().stream().mapToInt(Integer::intValue).sum();
        int today = now.values().stream().mapToInt(Integer::intValue).sum();
        if (Math.min(before, today) < config.leastRuns()) {
            return tooFew(key, before, today);
        }
        var found = Drift.populationStability(then, now);
        return stability(key, found.index(), found.bins(), before, today, chance);
    }

    private Measure stability(Measure.Key key, double index, int bins, int then, int now, double chance) {
        double probability = Drift.chanceOf(index, bins, then, now);
        boolean sure = probability < chance;
        State state = sure && index >= config.psi()
                ? State.DRIFTED
                : sure && index >= config.psiShown() ? State.SHIFTING : State.STEADY;
        return measure(key, index, probability, then, now, state);
    }

    /** How all runs of a task end, whichever versions answered. */
    public List<Measure> outcomes(List<Reading> reference, List<Reading> current) {
        return List.of(
                share(
                        new Measure.Key(Kind.OUTCOME, "abstained", Statistic.SHARE),
                        reference,
                        current,
                        run -> run.status() == RunStatus.ABSTAINED,
                        config.leastRuns(),
                        false),
                share(
                        new Measure.Key(Kind.OUTCOME, "failed", Statistic.SHARE),
                        reference,
                        current,
                        run -> run.status() == RunStatus.FAILED,
                        config.leastRuns(),
                        false));
    }

    /** Whether people agree with answers, and as often as these are confident. */
    public List<Measure> judgements(List<Judged> reference, List<Judged> current) {
        var agreed = new Measure.Key(Kind.AGREEMENT, "agreed", Statistic.SHARE);
        var error = new Measure.Key(Kind.CALIBRATION, "expected-error", Statistic.ECE);
        Measure agreement = share(agreed, reference, current, Judged::agreed, config.leastJudged(), true);
        if (agreement.state() == State.TOO_FEW) {
            return List.of(agreement, tooFew(error, reference.size(), current.size()));
        }
        var drift = CalibrationDrift.of(
                confidences(reference), agreements(reference), confidences(current), agreements(current), SEED);
        boolean sure = drift.probability() < config.chance();
        boolean large = drift.now() - drift.before() >= config.calibration();
        return List.of(
                agreement,
                new Measure(
                        error.kind(),
                        error.name(),
                        error.statistic(),
                        drift.now(),
                        drift.before(),
                        null,
                        null,
                        drift.probability(),
                        reference.size(),
                        current.size(),
                        sure ? large ? State.DRIFTED : State.SHIFTING : State.STEADY));
    }

    private static double[] confidences(List<Judged> cases) {
        return cases.stream().mapToDouble(Judged::confidence).toArray();
    }

    private static boolean[] agreements(List<Judged> cases) {
        boolean[] agreed = new boolean[cases.size()];
        for (int i = 0; i < agreed.length; i++) {
            agreed[i] = cases.get(i).agreed();
        }
        return agreed;
    }

    /** @param falling whether it is bad when the share falls, rather than when it rises */
    private <T> Measure share(
            Measure.Key key, List<T> reference, List<T> current, Predicate<T> has, int least, boolean falling) {
        if (Math.min(reference.size(), current.size()) < least) {
            return tooFew(key, reference.size(), current.size());
        }
        Proportion then = proportion(reference, has);
        Proportion now = proportion(current, has);
        // Only one end of the interval can be crossed, so that it may leave out twice the chance.
        Interval change = now.less(then, 1 - 2 * config.chance());
        boolean sure = falling ? change.high() < 0 : change.low() > 0;
        boolean large = (falling ? -change.value() : change.value()) >= config.share();
        Interval shown = now.interval(LEVEL);
        return new Measure(
                key.kind(),
                key.name(),
                key.statistic(),
                now.value(),
                then.value(),
                shown.low(),
                shown.high(),
                null,
                reference.size(),
                current.size(),
                sure ? large ? State.DRIFTED : State.SHIFTING : State.STEADY);
    }

    private static <T> Proportion proportion(List<T> cases, Predicate<T> has) {
        return new Proportion((int) cases.stream().filter(has).count(), cases.size());
    }

    private static Measure tooFew(Measure.Key key, int reference, int current) {
        return measure(key, Double.NaN, null, reference, current, State.TOO_FEW);
    }

    private static Measure measure(
            Measure.Key key, double value, @Nullable Double probability, int reference, int current, State state) {
        return new Measure(
                key.kind(),
                key.name(),
                key.statistic(),
                value,
                null,
                null,
                null,
                probability,
                reference,
                current,
                state);
    }
}
