package io.baigong.manufacturing.maintenance;

import io.baigong.manufacturing.maintenance.MaintenanceReport.Action;
import io.baigong.manufacturing.maintenance.MaintenanceReport.MachineStatus;
import io.baigong.manufacturing.maintenance.MaintenanceReport.Reason;
import io.baigong.manufacturing.maintenance.process.Machining;
import io.baigong.manufacturing.maintenance.process.MachiningFile;
import io.baigong.manufacturing.maintenance.process.ProcessFailure;
import io.baigong.spi.Evidence;
import io.baigong.spi.LocalText;
import io.baigong.spi.Models;
import io.baigong.spi.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Judges products on a milling machine. */
final class MillingJudge {
    private static final int SHOWN = 1000;
    private static final int EXPLAINED = 50;
    private static final int REASONS = 4;

    private final ProcessFailure failure;

    MillingJudge(Models models) {
        failure = new ProcessFailure(models);
    }

    Outcome<MaintenanceReport> judge(List<MachiningFile.Product> products) {
        List<Machining> all =
                products.stream().map(MachiningFile.Product::machining).toList();
        double[] probabilities = failure.of(all);
        List<Integer> worst = IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -probabilities[i]))
                .limit(SHOWN)
                .toList();
        var machines = new ArrayList<MachineStatus>();
        var evidence = new ArrayList<Evidence>();
        for (int i : worst) {
            boolean called = probabilities[i] >= failure.threshold();
            List<Evidence.Attribution> why =
                    called && machines.size() < EXPLAINED ? failure.why(all.get(i), REASONS) : List.of();
            evidence.addAll(why);
            machines.add(new MachineStatus(
                    all.get(i).id(),
                    null,
                    100 * (1 - probabilities[i]),
                    null,
                    List.of(),
                    null,
                    why.stream()
                            .map(part -> new Reason(part.feature(), part.value(), part.contribution()))
                            .toList(),
                    List.of(),
                    new Action(
                            called ? Action.Kind.INSPECT : Action.Kind.NONE,
                            called
                                    ? new LocalText("Stop, and look at the tool and the spindle", "停机检查刀具与主轴")
                                    : new LocalText("Nothing to do", "无需处理"),
                            null,
                            null)));
        }
        evidence.add(new Evidence.Rule(
                "failure-threshold",
                "a failure is called at a probability of %.2f, that of the best F1 on products not seen"
                        .formatted(failure.threshold())));
        return new Outcome.Answered<>(
                new MaintenanceReport(machines, List.of(), List.of(), null, null),
                List.of(),
                evidence,
                Arrays.stream(probabilities)
                        .map(p -> p >= failure.threshold() ? p : 1 - p)
                        .average()
                        .orElse(0));
    }
}
