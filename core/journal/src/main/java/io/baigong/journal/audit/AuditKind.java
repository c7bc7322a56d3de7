package io.baigong.journal.audit;

import java.util.Locale;
import java.util.Optional;

/** What an entry tells of. */
public enum AuditKind {
    RUN,
    DECISION,
    SECOND_REVIEW,
    COMMENT,
    SIGN_IN,
    SIGN_OUT,
    SIGN_IN_FAILED,
    REFUSAL,
    ACCOUNT_CHANGE,
    KEY_ISSUED,
    KEY_REVOKED,
    KEY_USE,
    CONFIGURATION,
    EXPORT,
    ERASURE,
    PROMOTION,
    GATE_OVERRIDE;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As it stands in an entry, such as {@code sign-in-failed}. */
    public String word() {
        return word;
    }

    /** The kind of that word. */
    public static Optional<AuditKind> of(String word) {
        for (AuditKind kind : values()) {
            if (kind.word.equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
