package io.baigong.registry.history;

/** The state of things does not allow what was asked; the message says why, and nothing was changed. */
public final class RefusedException extends RuntimeException {
    private final String remedy;

    RefusedException(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    /** What would be allowed. */
    public String remedy() {
        return remedy;
    }
}
