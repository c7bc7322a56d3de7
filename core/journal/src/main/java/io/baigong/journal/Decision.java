package io.baigong.journal;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person said of a part of an answer. Of several on one subject, the latest counts.
 *
 * @param subject id of an item in the output, such as {@code f3}
 * @param correction what it should have been, as JSON
 */
public record Decision(
        UUID id,
        UUID run,
        String subject,
        Verdict verdict,
        @Nullable String comment,
        @Nullable String correction,
        Actor by,
        Instant at) {
    /** What was decided. */
    public enum Verdict {
        ACCEPTED,
        CORRECTED,
        REJECTED
    }
}
