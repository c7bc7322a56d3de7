package io.baigong.journal.audit;

/** The audit log can't be written, so what was asked for is refused. */
public final class AuditUnavailable extends RuntimeException {
    public AuditUnavailable(String message) {
        super(message);
    }
}
