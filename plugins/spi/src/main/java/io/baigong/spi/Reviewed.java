package io.baigong.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run on which people decided.
 *
 * @param id of the run
 * @param decisions the one that counts on each subject
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
     */
    public record Decided(
            String subject, Verdict verdict, @Nullable String correction) {}

    /** What was decided. */
    public enum Verdict {
        ACCEPTED,
        CORRECTED,
        REJECTED
    }
}
