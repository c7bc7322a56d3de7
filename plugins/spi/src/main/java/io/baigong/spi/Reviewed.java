package io.baigong.spi;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run, with what people decided on it.
 *
 * @param id of the run
 * @param decisions the one that counts on each subject; none if nobody decided
 */
public record Reviewed<I extends Record, O extends Record>(String id, I input, O output, List<Decided> decisions) {
    public Reviewed {
        decisions = List.copyOf(decisions);
    }

    /**
     * What a person decided of a part of an answer.
     *
     * @param subject the part, as the task's workbench names it
     * @param correction what it should have been, as JSON
     * @param by who decided
     * @param at when
     */
    public record Decided(
            String subject, Verdict verdict, @Nullable String correction, String by, Instant at) {}

    /** What was decided. */
    public enum Verdict {
        ACCEPTED,
        CORRECTED,
        REJECTED
    }
}
