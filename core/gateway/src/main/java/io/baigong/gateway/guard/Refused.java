package io.baigong.gateway.guard;

/** A text may not pass. The message says why, in words for who asks, and never holds the text. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What kind of rule it is that refuses. */
    public enum Reason {
        TOO_LONG,
        CONTENT,
        SCHEMA
    }

    Refused(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
