package io.baigong.host.access;

import io.baigong.journal.Tenancy;
import io.baigong.journal.audit.AuditEntry;
import io.baigong.journal.audit.AuditKind;
import io.baigong.journal.audit.AuditLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/** Writes into the audit log who came, went and was turned away. */
@ApplicationScoped
class AuditedAccess {
    private final AuditLog log;

    AuditedAccess(AuditLog log) {
        this.log = log;
    }

    void on(@Observes AccessEvent event) {
        AuditKind kind = switch (event.kind()) {
            case SIGN_IN -> AuditKind.SIGN_IN;
            case SIGN_OUT -> AuditKind.SIGN_OUT;
            case SIGN_IN_FAILED -> AuditKind.SIGN_IN_FAILED;
            case REFUSAL -> AuditKind.REFUSAL;
            case ACCOUNT_CHANGE -> AuditKind.ACCOUNT_CHANGE;
        };
        // Not for the caller: who that is may just be found out here.
        Tenancy.platform()
                .run(() -> log.append(
                        AuditEntry.of(kind, event.actor(), event.subject(), Map.of("what", event.detail()))));
    }
}
