package io.baigong.registry.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baigong.spi.Evaluation;
import io.baigong.spi.Gate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A gate, and what a version reached at it.
 *
 * @param measured absent when the version was not measured
 * @param broken the subgroups that break the gate's floor
 */
public record GateResult(
        Gate gate,
        Evaluation.@Nullable Metric measured,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Evaluation.Subgroup> broken,
        boolean passed) {
    public GateResult {
        // Results from before subgroups were judged have none.
        broken = broken == null ? List.of() : List.copyOf(broken);
    }

    static GateResult of(Gate gate, Evaluation.@Nullable Metric measured, List<Evaluation.Subgroup> subgroups) {
        List<Evaluation.Subgroup> broken = gate.broken(subgroups);
        return new GateResult(gate, measured, broken, measured != null && gate.keeps(measured) && broken.isEmpty());
    }

    /** What is missing, in words; empty if it is passed. */
    String missing() {
        if (passed) {
            return "";
        }
        String what = gate.metric() + " on " + gate.benchmark();
        if (measured == null) {
            return what + " is not measured";
        }
        if (!gate.keeps(measured)) {
            return what + " is not reached";
        }
        return what + " is below its floor for "
                + String.join(
                        ", ",
                        broken.stream()
                                .map(each -> each.dimension() + " " + each.name())
                                .toList());
    }
}
