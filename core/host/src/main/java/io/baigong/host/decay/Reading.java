package io.baigong.host.decay;

import io.baigong.journal.RunStatus;
import io.baigong.spi.Signal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as the watch sees it.
 *
 * @param confidence of an answer, in [0, 1]
 */
public record Reading(RunStatus status, @Nullable Double confidence, List<Signal> signals) {
    public Reading {
        signals = List.copyOf(signals);
    }

    /**
     * An answer on which people decided.
     *
     * @param confidence in [0, 1]
     * @param agreed whether no part of it was corrected or rejected
     */
    public record Judged(double confidence, boolean agreed) {}
}
