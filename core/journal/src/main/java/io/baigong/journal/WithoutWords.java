package io.baigong.journal;

import org.jspecify.annotations.Nullable;

/**
 * What was thrown, for a log: its kinds and where, without what it says. Messages of a program that failed on an input often quote the
 * input, and those of a database the row.
 */
public final class WithoutWords extends Exception {
    /** A chain as long as this goes in a circle. */
    private static final int LONGEST = 20;

    private WithoutWords(Throwable thrown, @Nullable Throwable cause) {
        super(thrown.getClass().getName(), cause, false, true);
        setStackTrace(thrown.getStackTrace());
    }

    public static WithoutWords of(Throwable thrown) {
        return of(thrown, LONGEST);
    }

    private static WithoutWords of(Throwable thrown, int left) {
        Throwable cause = thrown.getCause();
        return new WithoutWords(thrown, cause == null || left == 0 ? null : of(cause, left - 1));
    }
}
