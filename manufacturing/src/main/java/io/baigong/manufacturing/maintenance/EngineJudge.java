package io.baigong.manufacturing.maintenance;

import io.baigong.manufacturing.maintenance.MaintenanceReport.Action;
import io.baigong.manufacturing.maintenance.MaintenanceReport.Life;
import io.baigong.manufacturing.maintenance.MaintenanceReport.MachineStatus;
import io.baigong.manufacturing.maintenance.MaintenanceReport.Reason;
import io.baigong.manufacturing.maintenance.MaintenanceReport.Unit;
import io.baigong.manufacturing.maintenance.turbofan.Engine;
import io.baigong.manufacturing.maintenance.turbofan.RemainingLife;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.Evidence;
import io.baigong.spi.LocalText;
import io.baigong.spi.Models;
import io.baigong.spi.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Judges engines after their last cycle. */
final class EngineJudge {
    private static final int MOST_ENGINES = 20_000;
    private static final int REASONS = 5;
    private static final int EXPLAINED = 200;

    /** Cycles of the lower end of the interval at which an engine comes off, and at which its overhaul is planned. */
    private static final double REMOVE = 10;

    private static final double PLAN = 40;

    private final RemainingLife life;

    EngineJudge(Models models) {
        life = new RemainingLife(models);
    }

    Outcome<MaintenanceReport> judge(List<Engine> engines) {
        if (engines.size() > MOST_ENGINES) {
            return new Outcome.Failed<>(
                    ErrorCode.User.TOO_LARGE,
                    engines.size() + " engines are too many for one run",
                    "Send at most " + MOST_ENGINES + " at once.");
        }
        List<RemainingLife.Life> lives = life.of(engines);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < engines.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble(i -> lives.get(i).cycles()));
        var machines = new ArrayList<MachineStatus>();
        var evidence = new ArrayList<Evidence>();
        for (int i : order) {
            machines.add(status(engines.get(i), lives.get(i), machines.size() < EXPLAINED, evidence));
        }
        evidence.add(new Evidence.Rule(
                "overhaul-rule",
                "an engine comes off when the lower end of its life is at most %.0f cycles, and is planned for overhaul at %.0f"
                        .formatted(REMOVE, PLAN)));
        return new Outcome.Answered<>(
                new MaintenanceReport(machines, List.of(), List.of(), null, null),
                List.of(),
                evidence,
                life.coverage());
    }

    private MachineStatus status(Engine engine, RemainingLife.Life left, boolean explained, List<Evidence> evidence) {
        List<Evidence.Attribution> why = explained ? life.why(engine, REASONS) : List.of();
        Action action = action(left);
        if (action.kind() != Action.Kind.NONE) {
            evidence.addAll(why);
        }
        return new MachineStatus(
                engine.id(),
                null,
                100 * left.cycles() / RemainingLife.CAP,
                null,
                List.of(),
                new Life(
                        left.cycles(),
                        left.low(),
                        left.high(),
                        life.coverage(),
                        left.cycles() >= RemainingLife.CAP,
                        Unit.CYCLES),
                why.stream()
                        .map(part -> new Reason(part.feature(), part.value(), part.contribution()))
                        .toList(),
                List.of(),
                action);
    }

    private static Action action(RemainingLife.Life left) {
        if (left.low() <= REMOVE) {
            return new Action(Action.Kind.REPLACE_NOW, new LocalText("Take the engine off", "立即拆下发动机"), null, null);
        }
        if (left.low() <= PLAN) {
            return new Action(Action.Kind.PLAN_REPLACEMENT, new LocalText("Plan its overhaul", "安排大修"), null, null);
        }
        return new Action(Action.Kind.NONE, new LocalText("Nothing to do", "无需处理"), null, null);
    }
}
