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
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Comments in the journal. Thread-safe; each call is one transaction of its own. */
@ApplicationScoped
public class Comments {
    private final EntityManager entities;
    private final AuditLog audit;

    public Comments(EntityManager entities, AuditLog audit) {
        this.entities = entities;
        this.audit = audit;
    }

    /**
     * Adds one. It and its entry in the audit log are on disk when this returns.
     *
     * @param key of the request, or null; who repeats a request is given what the first one made
     * @return the comment as it is kept
     * @throws KeyReusedException if a request that asked for something else had this key
     */
    public Comment append(RunRecord run, Comment given, @Nullable UUID key) {
        var comment = new Comment(
                given.id(),
                run.id(),
                given.subject() == null ? null : Storable.text(given.subject()),
                Storable.text(given.text()),
                given.by().storable(),
                given.at().truncatedTo(ChronoUnit.MICROS));
        return audit.inTransaction(entries -> {
            Session session = entities.unwrap(Session.class);
            if (session.doReturningWork(connection -> insert(connection, comment, key))) {
                entries.accept(entry(run, comment));
                return comment;
            }
            return session.doReturningWork(connection -> earlier(connection, comment, Objects.requireNonNull(key)));
        });
    }

    private static boolean insert(Connection connection, Comment comment, @Nullable UUID key) throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into run_comment (id, run_id, subject, text, tenant, commented_by, commented_at, idempotency_key)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (tenant, idempotency_key) do nothing")) {
            insert.setObject(1, comment.id());
            insert.setObject(2, comment.run());
            insert.setString(3, comment.subject());
            insert.setString(4, comment.text());
            insert.setString(5, comment.by().tenant());
            insert.setString(6, comment.by().name());
            insert.setObject(7, comment.at().atOffset(ZoneOffset.UTC));
            insert.setObject(8, key);
            return insert.executeUpdate() == 1;
        }
    }

    private static Comment earlier(Connection connection, Comment comment, UUID key) throws SQLException {
        try (var query =
                connection.prepareStatement("select * from run_comment where tenant = ? and idempotency_key = ?"
                        + " and run_id = ? and subject is not distinct from ? and text = ? and commented_by = ?")) {
            query.setString(1, comment.by().tenant());
            query.setObject(2, key);
            query.setObject(3, comment.run());
            query.setString(4, comment.subject());
            query.setString(5, comment.text());
            query.setString(6, comment.by().name());
            try (var rows = query.executeQuery()) {
                if (!rows.next()) {
                    throw new KeyReusedException();
                }
                Comment first = read(rows);
                Repetition.mustBeAudited(connection, first.id());
                return first;
            }
        }
    }

    private static AuditEntry entry(RunRecord run, Comment comment) {
        return new AuditEntry(
                comment.id(),
                AuditKind.COMMENT,
                comment.by(),
                Moment.now(),
                run.id().toString(),
                run.task(),
                run.models(),
                RunDigests.of(comment),
                List.of(),
                run.occasion(),
                comment.subject() == null ? Map.of() : Map.of("item", comment.subject()));
    }

    /** Those on a run, oldest first. */
    @Transactional
    public List<Comment> of(UUID run) {
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            try (var query = connection.prepareStatement("select * from run_comment where run_id = ? order by id")) {
                query.setObject(1, run);
                List<Comment> comments = new ArrayList<>();
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        comments.add(read(rows));
                    }
                }
                return comments;
            }
        });
    }

    static Comment read(ResultSet row) throws SQLException {
        return new Comment(
                row.getObject("id", UUID.class),
                row.getObject("run_id", UUID.class),
                row.getString("subject"),
                row.getString("text"),
                new Actor(row.getString("tenant"), row.getString("commented_by")),
                Objects.requireNonNull(row.getObject("commented_at", OffsetDateTime.class))
                        .toInstant());
    }
}
