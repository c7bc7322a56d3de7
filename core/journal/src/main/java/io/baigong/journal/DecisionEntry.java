package io.baigong.journal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of {@code decision}. */
@Entity
@Immutable
@Table(name = "decision")
class DecisionEntry {
    @Id
    UUID id;

    @Column(name = "run_id")
    UUID run;

    String subject;

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    Decision.Verdict verdict;

    @Nullable
    String comment;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    String correction;

    String tenant;

    @Column(name = "decided_by")
    String by;

    @Column(name = "decided_at")
    Instant at;

    /** For Hibernate, which then fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected DecisionEntry() {}

    DecisionEntry(Decision decision) {
        id = decision.id();
        run = decision.run();
        subject = Storable.text(decision.subject());
        verdict = decision.verdict();
        comment = decision.comment() == null ? null : Storable.text(decision.comment());
        correction = decision.correction();
        Actor decider = decision.by().storable();
        tenant = decider.tenant();
        by = decider.name();
        at = decision.at().truncatedTo(ChronoUnit.MICROS);
    }

    Decision decision() {
        return new Decision(id, run, subject, verdict, comment, correction, new Actor(tenant, by), at);
    }
}
