package io.baigong.journal;

import io.baigong.journal.audit.AuditEntry;
import io.baigong.journal.audit.AuditKind;
import io.baigong.journal.audit.AuditLog;
import io.baigong.journal.audit.Moment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.Session;

/** Second reviews in the journal. Thread-safe; each call is one transaction of its own. */
@ApplicationScoped
public class SecondReviews {
    private final EntityManager entities;
    private final AuditLog audit;

    public SecondReviews(EntityManager entities, AuditLog audit) {
        this.entities = entities;
        this.audit = audit;
    }

    /** What a decision on a run was, and what its second reviewer would have decided. */
    public record Pair(UUID run, Decision.Verdict first, Decision.Verdict second, SecondReview.Opinion opinion) {}

    /**
     * Adds one. It and its entry in the audit log are on disk when this returns.
     *
     * @param decision that it is of
     * @throws SecondReview.RefusedException for one's own decision, and for one that has a second review
     */
    public SecondReview append(RunRecord run, Decision decision, SecondReview given) {
        if (decision.by().name().equals(given.by().storable().name())) {
            throw new SecondReview.RefusedException("who made a decision can't be its second reviewer");
        }
        var review = new SecondReview(
                given.id(),
                given.decision(),
                given.opinion(),
                given.verdict(),
                given.reason() == null ? null : Storable.text(given.reason()),
                given.by().storable(),
                given.at().truncatedTo(ChronoUnit.MICROS));
        return audit.inTransaction(entries -> {
            int added = entities.unwrap(Session.class).doReturningWork(connection -> insert(connection, review));
            if (added == 0) {
                throw new SecondReview.RefusedException("this decision has a second review");
            }
            entries.accept(entry(run, decision, review));
            return review;
        });
    }

    private static int insert(Connection connection, SecondReview review) throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into second_review (id, decision_id, opinion, verdict, reason, tenant, reviewed_by, reviewed_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (decision_id) do nothing")) {
            insert.setObject(1, review.id());
            insert.setObject(2, review.decision());
            insert.setString(3, review.opinion().name());
            insert.setString(4, review.verdict().name());
            insert.setString(5, review.reason());
            insert.setString(6, review.by().tenant());
            insert.setString(7, review.by().name());
            insert.setObject(8, review.at().atOffset(ZoneOffset.UTC));
            return insert.executeUpdate();
        }
    }

    private static AuditEntry entry(RunRecord run, Decision decision, SecondReview review) {
        return new AuditEntry(
                review.id(),
                AuditKind.SECOND_REVIEW,
                review.by(),
                Moment.now(),
                run.id().toString(),
                run.task(),
                run.models(),
                RunDigests.of(review),
                List.of(),
                run.occasion(),
                Map.of(
                        "decision", decision.id().toString(),
                        "item", decision.subject(),
                        "opinion", review.opinion().name(),
                        "verdict", review.verdict().name()));
    }

    /** Those on the decisions of a run. */
    @Transactional
    public List<SecondReview> of(UUID run) {
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            try (var query = connection.prepareStatement("select s.* from second_review s"
                    + " join decision d on d.id = s.decision_id where d.run_id = ? order by s.id")) {
                query.setObject(1, run);
                List<SecondReview> reviews = new ArrayList<>();
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        reviews.add(read(rows));
                    }
                }
                return reviews;
            }
        });
    }

    static SecondReview read(ResultSet row) throws SQLException {
        return new SecondReview(
                row.getObject("id", UUID.class),
                row.getObject("decision_id", UUID.class),
                SecondReview.Opinion.valueOf(row.getString("opinion")),
                Decision.Verdict.valueOf(row.getString("verdict")),
                row.getString("reason"),
                new Actor(row.getString("tenant"), row.getString("reviewed_by")),
                Objects.requireNonNull(row.getObject("reviewed_at", OffsetDateTime.class))
                        .toInstant());
    }

    /**
     * How both decided, of the second reviews of a period.
     *
     * @param most of them, the newest
     */
    @Transactional
    public List<Pair> pairs(String task, Instant from, Instant to, int most) {
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            try (var query =
                    connection.prepareStatement("select d.run_id, d.verdict, s.verdict, s.opinion from second_review s"
                            + " join decision d on d.id = s.decision_id join run r on r.id = d.run_id"
                            + " where s.reviewed_at >= ? and s.reviewed_at < ? and (? = '' or r.task = ?)"
                            + " order by s.reviewed_at desc limit ?")) {
                query.setObject(1, from.atOffset(ZoneOffset.UTC));
                query.setObject(2, to.atOffset(ZoneOffset.UTC));
                query.setString(3, task);
                query.setString(4, task);
                query.setInt(5, most);
                List<Pair> pairs = new ArrayList<>();
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        pairs.add(new Pair(
                                rows.getObject(1, UUID.class),
                                Decision.Verdict.valueOf(rows.getString(2)),
                                Decision.Verdict.valueOf(rows.getString(3)),
                                SecondReview.Opinion.valueOf(rows.getString(4))));
                    }
                }
                return pairs;
            }
        });
    }
}
