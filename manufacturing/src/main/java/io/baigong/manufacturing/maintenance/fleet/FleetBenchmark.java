package io.baigong.manufacturing.maintenance.fleet;

import io.baigong.measures.Bootstrap;
import io.baigong.measures.Calibration;
import io.baigong.measures.Interval;
import io.baigong.measures.PrecisionRecall;
import io.baigong.spi.Benchmark;
import io.baigong.spi.Evaluation;
import io.baigong.spi.Evaluation.Metric;
import io.baigong.spi.Progress;
import io.baigong.spi.TaskContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Alarms and failures of a fleet, event by event as {@link AlarmScore} defines them, what they cost, and how good the probabilities of a
 * failure within 72 hours are. Intervals are over machines.
 */
public final class FleetBenchmark implements Benchmark {
    /** Lead times of the curve of recall, hours. */
    private static final List<Integer> LEADS = List.of(1, 6, 12, 24, 36, 48, 72, 96, 168);

    private static final int WITHIN = 72;

    /** Of a recall that is no chance. */
    private static final int FEWEST_FAILURES = 10;

    private static final long SEED = 72L;

    private final String name;
    private final String role;
    private final FleetSource source;

    /**
     * @param name of the benchmark
     * @param role the model's role
     */
    public FleetBenchmark(String name, String role, FleetSource source) {
        this.name = name;
        this.role = role;
        this.source = source;
    }

    @Override
    public String name() {
        return name;
    }

    /** A machine, how its alarms did, and its hourly probabilities with what came of them. */
    private record Measured(MachineHistory machine, AlarmScore alarms, Hours hours, LifeCoverage life) {}

    /** Hours of all components for which it is known whether a failure followed. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Hours(double[] probabilities, boolean[] failed) {}

    @Override
    public Evaluation evaluate(Path data, TaskContext context, Progress progress) throws IOException {
        List<MachineHistory> machines = source.machines(data);
        var predictor = new FailurePredictor(context.models(), role);
        AlarmRule rule = predictor.rule(predictor.costs());
        var measured = new ArrayList<Measured>();
        for (MachineHistory machine : machines) {
            progress.at(0.9 * measured.size() / machines.size(), "machine " + machine.machine());
            var unseen = Unseen.of(machine, predictor);
            measured.add(new Measured(machine, unseen.score(rule), hours(unseen), LifeCoverage.of(unseen)));
        }
        progress.at(0.9, "intervals");
        var metrics = metrics(measured, predictor);
        metrics.put("alarm_threshold", new Metric(rule.threshold(), rule.threshold(), rule.threshold(), "probability"));
        metrics.put("alarm_horizon", new Metric(rule.horizon(), rule.horizon(), rule.horizon(), "hours"));
        progress.at(1, "done");
        return new Evaluation(
                machines.size(),
                metrics,
                Evaluation.Subgroup.of(
                        "machine model", measured, each -> each.machine().model(), FleetBenchmark::ofModel));
    }

    private static Hours hours(Unseen unseen) {
        MachineHistory machine = unseen.machine();
        var probabilities = new ArrayList<Double>();
        var failed = new ArrayList<Boolean>();
        for (int c = 0; c < unseen.components().size(); c++) {
            float[] hourly = unseen.hourly().get(c)[FailurePredictor.HORIZONS.indexOf(WITHIN)];
            for (int t = 0; t < hourly.length; t++) {
                OptionalInt label = FleetExamples.label(
                        machine,
                        unseen.components().get(c),
                        machine.series().firstHour() + t,
                        WITHIN,
                        machine.series().lastHour());
                if (label.isPresent()) {
                    probabilities.add((double) hourly[t]);
                    failed.add(label.getAsInt() == 1);
                }
            }
        }
        boolean[] outcomes = new boolean[failed.size()];
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = failed.get(i);
        }
        return new Hours(probabilities.stream().mapToDouble(Double::doubleValue).toArray(), outcomes);
    }

    private static Map<String, Metric> metrics(List<Measured> measured, FailurePredictor predictor) {
        Map<String, Metric> metrics = alarmMetrics(measured);
        List<Interval> money = Bootstrap.seeded(SEED).intervals(measured, sample -> money(sample, predictor));
        metrics.put("cost_per_machine_day", metric(money.get(0), "cost"));
        metrics.put("cost_per_machine_day_run_to_failure", metric(money.get(1), "cost"));
        metrics.put("cost_per_machine_day_fixed_age", metric(money.get(2), "cost"));
        metrics.put("saved_against_run_to_failure", metric(money.get(3), "ratio"));
        metrics.put("saved_against_fixed_age", metric(money.get(4), "ratio"));
        List<Interval> hours = new Bootstrap(100, 0.95, SEED).intervals(measured, FleetBenchmark::hourly);
        metrics.put("hourly_average_precision_72h", metric(hours.get(0), "ratio"));
        metrics.put("hourly_brier_score_72h", metric(hours.get(1), "squared error"));
        metrics.put(
                "remaining_life_80_interval_coverage",
                metric(
                        Bootstrap.seeded(SEED)
                                .interval(measured.stream().map(Measured::life).toList(), LifeCoverage::share),
                        "ratio"));
        count(
                metrics,
                "failures",
                measured.stream().mapToInt(m -> m.alarms().leads().size()).sum());
        count(
                metrics,
                "alarms",
                measured.stream().mapToInt(m -> m.alarms().alarms()).sum());
        count(
                metrics,
                "alarms_not_judged",
                measured.stream().mapToInt(m -> m.alarms().unjudged()).sum());
        return metrics;
    }

    private static Map<String, Metric> ofModel(List<Measured> machines) {
        Map<String, Metric> metrics = alarmMetrics(machines);
        if (machines.stream().mapToInt(each -> each.alarms().leads().size()).sum() < FEWEST_FAILURES) {
            metrics.keySet().removeIf(name -> name.startsWith("recall_"));
        }
        return metrics;
    }

    private static Map<String, Metric> alarmMetrics(List<Measured> measured) {
        List<Interval> alarms = Bootstrap.seeded(SEED)
                .intervals(measured.stream().map(Measured::alarms).toList(), FleetBenchmark::alarms);
        var metrics = new LinkedHashMap<String, Metric>();
        metrics.put("recall_72h_ahead", metric(alarms.get(0), "ratio"));
        metrics.put("false_alarms_per_machine_day", metric(alarms.get(1), "alarms"));
        metrics.put("false_alarm_share", metric(alarms.get(2), "ratio"));
        metrics.put("median_lead_time", metric(alarms.get(3), "hours"));
        for (int i = 0; i < LEADS.size(); i++) {
            if (LEADS.get(i) != WITHIN) {
                metrics.put("recall_%dh_ahead".formatted(LEADS.get(i)), metric(alarms.get(4 + i), "ratio"));
            }
        }
        return metrics;
    }

    private static double[] alarms(List<AlarmScore> sample) {
        double[] values = new double[4 + LEADS.size()];
        values[0] = AlarmScore.recall(sample, WITHIN);
        values[1] = AlarmScore.falseAlarmsPerMachineDay(sample);
        values[2] = AlarmScore.falseAlarmShare(sample);
        values[3] = AlarmScore.medianLead(sample);
        for (int i = 0; i < LEADS.size(); i++) {
            values[4 + i] = AlarmScore.recall(sample, LEADS.get(i));
        }
        return values;
    }

    private static double[] money(List<Measured> sample, FailurePredictor predictor) {
        Costs costs = predictor.costs();
        double days = sample.stream().mapToDouble(m -> m.alarms().days()).sum();
        double own = sample.stream().mapToDouble(m -> m.alarms().cost(costs)).sum();
        double run = sample.stream()
                .mapToDouble(m -> Strategies.runToFailure(m.machine(), costs))
                .sum();
        double fixed = Strategies.AGES.stream()
                .mapToDouble(age -> sample.stream()
                        .mapToDouble(m -> Strategies.fixedAge(m.machine(), predictor.components(), age, costs))
                        .sum())
                .min()
                .orElse(Double.NaN);
        return new double[] {own / days, run / days, fixed / days, saved(own, run), saved(own, fixed)};
    }

    /** Share of a cost that is saved; not a number where there was none. */
    private static double saved(double own, double other) {
        return other == 0 ? Double.NaN : 1 - own / other;
    }

    private static double[] hourly(List<Measured> sample) {
        double[] probabilities = sample.stream()
                .flatMapToDouble(m -> java.util.Arrays.stream(m.hours().probabilities()))
                .toArray();
        boolean[] failed = new boolean[probabilities.length];
        int at = 0;
        for (Measured each : sample) {
            boolean[] own = each.hours().failed();
            System.arraycopy(own, 0, failed, at, own.length);
            at += own.length;
        }
        double[] right = scores(probabilities, failed, true);
        return new double[] {
            right.length == 0
                    ? Double.NaN
                    : PrecisionRecall.of(right, scores(probabilities, failed, false), right.length)
                            .averagePrecision(),
            Calibration.brierScore(probabilities, failed)
        };
    }

    private static double[] scores(double[] probabilities, boolean[] failed, boolean which) {
        return java.util.stream.IntStream.range(0, probabilities.length)
                .filter(i -> failed[i] == which)
                .mapToDouble(i -> probabilities[i])
                .toArray();
    }

    private static void count(Map<String, Metric> metrics, String name, int count) {
        metrics.put(name, new Metric(count, count, count, "count"));
    }

    private static Metric metric(Interval interval, String unit) {
        return new Metric(interval.value(), interval.low(), interval.high(), unit, interval.draws());
    }
}
