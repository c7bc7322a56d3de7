package io.baigong.manufacturing.maintenance;

import io.baigong.manufacturing.maintenance.MaintenanceReport.Action;
import io.baigong.manufacturing.maintenance.MaintenanceReport.Alarm;
import io.baigong.manufacturing.maintenance.MaintenanceReport.ComponentRisk;
import io.baigong.manufacturing.maintenance.MaintenanceReport.Life;
import io.baigong.manufacturing.maintenance.MaintenanceReport.MachineStatus;
import io.baigong.manufacturing.maintenance.MaintenanceReport.Reason;
import io.baigong.manufacturing.maintenance.MaintenanceReport.SimilarFailure;
import io.baigong.manufacturing.maintenance.fleet.AlarmRule;
import io.baigong.manufacturing.maintenance.fleet.Costs;
import io.baigong.manufacturing.maintenance.fleet.Episode;
import io.baigong.manufacturing.maintenance.fleet.FailurePredictor;
import io.baigong.manufacturing.maintenance.fleet.FleetFolder;
import io.baigong.manufacturing.maintenance.fleet.FleetLife;
import io.baigong.manufacturing.maintenance.fleet.MachineHistory;
import io.baigong.manufacturing.maintenance.telemetry.Signal;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.Evidence;
import io.baigong.spi.LocalText;
import io.baigong.spi.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Judges machines with components at their last hour; one for a run. */
final class FleetJudge {
    /** Hours of history that are looked at: enough for the longest window, and for the alarms of three months. */
    private static final int RECENT_HOURS = 120 * 24;

    /** Most hours times components that one run judges. */
    private static final long MOST_ROWS = 12_000_000;

    /** Machines whose answer is explained: the worst. */
    private static final int EXPLAINED = 200;

    private static final int REASONS = 5;

    private final FailurePredictor predictor;
    private final Costs costs;
    private final AlarmRule rule;

    /** Past failures by component, as far as they were asked for. */
    private final Map<Integer, List<FailurePredictor.Failure>> failures = new HashMap<>();

    FleetJudge(FailurePredictor predictor, Costs costs) {
        this.predictor = predictor;
        this.costs = costs;
        this.rule = predictor.rule(costs);
    }

    /** A machine with its alarms. */
    private record Judged(MachineHistory machine, MachineStatus status, List<Episode> episodes, int worst) {
        Optional<Episode> open(String component) {
            return episodes.stream()
                    .filter(e -> e.open() && e.component().equals(component))
                    .findFirst();
        }
    }

    Outcome<MaintenanceReport> judge(FleetFolder.Fleet fleet) {
        long rows = fleet.machines().stream()
                        .mapToLong(m -> Math.min(RECENT_HOURS, m.series().hours()))
                        .sum()
                * predictor.components().size();
        if (rows > MOST_ROWS) {
            return new Outcome.Failed<>(
                    ErrorCode.User.TOO_LARGE,
                    "%d machines with %d hours of components are too many for one run"
                            .formatted(fleet.machines().size(), rows),
                    "Send fewer machines at once.");
        }
        var judged = new ArrayList<Judged>();
        for (MachineHistory machine : fleet.machines()) {
            judged.add(judge(machine.recent(RECENT_HOURS)));
        }
        judged.sort(Comparator.comparingDouble(each -> each.status().health()));
        var evidence = new ArrayList<Evidence>();
        var machines = new ArrayList<MachineStatus>();
        for (int i = 0; i < judged.size(); i++) {
            Judged each = judged.get(i);
            machines.add(i < EXPLAINED ? explained(each, fleet.machines(), evidence) : each.status());
        }
        evidence.add(new Evidence.Rule(
                "alarm-rule",
                "probability of a failure within %d hours at least %.2f: the cheapest rule at these costs"
                        .formatted(rule.horizon(), rule.threshold())));
        double confidence = judged.stream()
                .mapToDouble(each -> {
                    double fails = 1 - each.status().health() / 100;
                    return each.episodes().stream().anyMatch(Episode::open) ? fails : 1 - fails;
                })
                .average()
                .orElse(0);
        return new Outcome.Answered<>(
                new MaintenanceReport(machines, alarms(judged), fleet.issues(), rule, costs),
                List.of(),
                evidence,
                Math.clamp(confidence, 0, 1));
    }

    private Judged judge(MachineHistory machine) {
        FailurePredictor.Asked asked = predictor.on(machine);
        List<String> names = predictor.components();
        var risks = new ArrayList<ComponentRisk>();
        double[][] all = new double[names.size()][];
        for (int c = 0; c < names.size(); c++) {
            double[] p = asked.now(c, FailurePredictor.HORIZONS);
            all[c] = p;
            risks.add(new ComponentRisk(
                    names.get(c), p[0], p[1], p[2], p[p.length - 1], sinceReplacement(machine, names.get(c))));
        }
        int worst = IntStream.range(0, names.size())
                .boxed()
                .max(Comparator.comparingDouble(c -> risks.get(c).within14d()))
                .orElseThrow();
        List<Episode> episodes = asked.episodes(rule);
        boolean alarmed =
                episodes.stream().anyMatch(e -> e.open() && e.component().equals(names.get(worst)));
        FleetLife life = FleetLife.of(all, FailurePredictor.HORIZONS);
        var status = new MachineStatus(
                machine.machine(),
                Instant.ofEpochSecond((machine.series().lastHour() + 1) * 3600),
                100 * (1 - life.failsWithinLongest()),
                names.get(worst),
                risks.stream()
                        .sorted(Comparator.comparingDouble(ComponentRisk::within14d)
                                .reversed())
                        .toList(),
                new Life(
                        life.median(),
                        life.low(),
                        life.high(),
                        FleetLife.COVERAGE,
                        life.isBeyond(),
                        MaintenanceReport.Unit.HOURS),
                List.of(),
                List.of(),
                action(risks.get(worst), alarmed));
        return new Judged(machine, status, episodes, worst);
    }

    private static @org.jspecify.annotations.Nullable Double sinceReplacement(
            MachineHistory machine, String component) {
        long last = machine.replacements().stream()
                .filter(e -> e.what().equals(component)
                        && e.hour() <= machine.series().lastHour())
                .mapToLong(MachineHistory.Event::hour)
                .max()
                .orElse(Long.MIN_VALUE);
        return last == Long.MIN_VALUE ? null : (machine.series().lastHour() - last) / 24.0;
    }

    /** The cheaper of acting and waiting, by expected cost; an alarm that does not yet pay a replacement is looked after. */
    private Action action(ComponentRisk risk, boolean alarmed) {
        double waiting = risk.within14d() * costs.failure();
        if (risk.within72h() * costs.failure() > costs.replacement()) {
            return new Action(
                    Action.Kind.REPLACE_NOW,
                    new LocalText("Replace " + risk.component() + " within a day", "一天内更换 " + risk.component()),
                    costs.replacement(),
                    waiting);
        }
        if (waiting > costs.replacement()) {
            return new Action(
                    Action.Kind.PLAN_REPLACEMENT,
                    new LocalText(
                            "Plan the replacement of " + risk.component() + " within two weeks",
                            "两周内安排更换 " + risk.component()),
                    costs.replacement(),
                    waiting);
        }
        if (alarmed) {
            return new Action(
                    Action.Kind.INSPECT,
                    new LocalText("Inspect " + risk.component(), "检查 " + risk.component()),
                    costs.inspection(),
                    waiting);
        }
        return new Action(Action.Kind.NONE, new LocalText("Nothing to do", "无需处理"), 0.0, waiting);
    }

    private MachineStatus explained(Judged each, List<MachineHistory> all, List<Evidence> evidence) {
        FailurePredictor.Asked asked = predictor.on(each.machine());
        List<Evidence.Attribution> why = asked.why(each.worst(), rule.horizon(), REASONS);
        MachineStatus status = each.status();
        String component = predictor.components().get(each.worst());
        Optional<Episode> alarm = each.open(component);
        if (alarm.isPresent()) {
            evidence.addAll(why);
            why.stream()
                    .map(FleetJudge::signal)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .ifPresent(signal -> {
                        long to = each.machine().series().lastHour() + 1;
                        evidence.add(new Evidence.TimeWindow(
                                each.machine().machine(),
                                Instant.ofEpochSecond(Math.min(alarm.get().opened(), to - 1) * 3600),
                                Instant.ofEpochSecond(to * 3600),
                                signal.column()));
                    });
        }
        return new MachineStatus(
                status.machine(),
                status.asOf(),
                status.health(),
                status.worst(),
                status.components(),
                status.life(),
                why.stream()
                        .map(part -> new Reason(
                                part.feature(), Double.isNaN(part.value()) ? null : part.value(), part.contribution()))
                        .toList(),
                alarm.isPresent()
                        ? asked
                                .similar(
                                        each.worst(),
                                        failures.computeIfAbsent(each.worst(), c -> predictor.failures(c, all)),
                                        3)
                                .stream()
                                .map(s -> new SimilarFailure(
                                        s.machine(), component, Instant.ofEpochSecond(s.hour() * 3600), s.distance()))
                                .toList()
                        : List.<SimilarFailure>of(),
                status.action());
    }

    private static Optional<Signal> signal(Evidence.Attribution part) {
        return Signal.ALL.stream()
                .filter(signal -> part.feature().startsWith(signal.column() + "_"))
                .findFirst();
    }

    private static List<Alarm> alarms(List<Judged> judged) {
        return judged.stream()
                .flatMap(each -> each.episodes().stream()
                        .map(e -> new Alarm(
                                each.machine().machine(),
                                e.component(),
                                Instant.ofEpochSecond((e.opened() + 1) * 3600),
                                e.open() ? null : Instant.ofEpochSecond((e.closed() + 1) * 3600),
                                e.peak())))
                .sorted(Comparator.comparing(Alarm::opened).reversed())
                .toList();
    }
}
