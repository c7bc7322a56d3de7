package io.baigong.journal;

import io.baigong.journal.audit.AuditEntry;
import io.baigong.journal.audit.AuditKind;
import io.baigong.journal.audit.Moment;
import java.util.List;
import java.util.Map;

/** What the audit log says of runs and decisions. */
final class JournalAudit {
    private JournalAudit() {}

    static AuditEntry entry(RunRecord run) {
        return new AuditEntry(
                run.id(),
                AuditKind.RUN,
                run.caller(),
                Moment.now(),
                run.id().toString(),
                run.task(),
                run.models(),
                RunDigests.of(run),
                run.attachments().stream()
                        .map(StoredAttachment::sha256)
                        .distinct()
                        .toList(),
                run.occasion(),
                Map.of("status", run.ending().status().name()));
    }

    static AuditEntry entry(Decision decision, RunRecord run) {
        return new AuditEntry(
                decision.id(),
                AuditKind.DECISION,
                decision.by(),
                Moment.now(),
                run.id().toString(),
                run.task(),
                run.models(),
                RunDigests.of(decision),
                List.of(),
                run.occasion(),
                Map.of("item", decision.subject(), "verdict", decision.verdict().name()));
    }
}
