package io.baigong.journal.audit;

import java.util.Optional;

/**
 * What came of verifying a log.
 *
 * @param entries how many were read
 * @param head the head that the log itself has, if it is signed
 * @param tampering the first that was found, or nothing when the log is what was signed
 */
public record Verification(long entries, Optional<Checkpoint> head, Optional<Tampering> tampering) {
    /** With what else was found. */
    public Verification with(Optional<Tampering> found) {
        return new Verification(entries, head, found);
    }

    /** Whether nothing was found. */
    public boolean ok() {
        return tampering.isEmpty();
    }
}
