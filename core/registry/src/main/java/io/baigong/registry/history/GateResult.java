package io.baigong.registry.history;

import io.baigong.spi.Evaluation;
import io.baigong.spi.Gate;
import org.jspecify.annotations.Nullable;

/**
 * A gate, and what a version reached at it.
 *
 * @param measured absent when the version was not measured
 */
public record GateResult(Gate gate, Evaluation.@Nullable Metric measured, boolean passed) {
    static GateResult of(Gate gate, Evaluation.@Nullable Metric measured) {
        return new GateResult(gate, measured, measured != null && gate.keeps(measured));
    }
}
