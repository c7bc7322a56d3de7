package io.baigong.journal;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a second person thinks of a decision. There is one at most on each decision, and never of who decided.
 *
 * @param verdict what they would have decided; of who agrees, the same
 * @param reason why; needed of who disagrees
 */
public record SecondReview(
        UUID id,
        UUID decision,
        Opinion opinion,
        Decision.Verdict verdict,
        @Nullable String reason,
        Actor by,
        Instant at) {
    /** Whether the decision was right. */
    public enum Opinion {
        AGREED,
        DISAGREED
    }

    /** A second review that can't be: somebody's of their own decision, or one more. */
    public static final class RefusedException extends RuntimeException {
        RefusedException(String message) {
            super(message);
        }
    }
}
