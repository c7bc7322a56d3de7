package io.baigong.journal.audit;

import java.util.Locale;

/**
 * Where a log is not what was signed.
 *
 * @param seq the first entry that can't be trusted
 * @param detail what was expected there, and what was found
 */
public record Tampering(Kind kind, long seq, String detail) {
    /** What was done. */
    public enum Kind {
        EDITED,
        DELETED,
        INSERTED,
        REORDERED,
        BACK_DATED,
        TRUNCATED,
        FORKED,
        FALSE_HEAD;

        /** In words. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** A line for a person. */
    public String text() {
        return "entry " + seq + " " + kind.word() + ": " + detail;
    }
}
