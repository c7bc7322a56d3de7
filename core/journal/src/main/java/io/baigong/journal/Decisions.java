package io.baigong.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code decision}, in the connection's transaction. */
final class Decisions {
    private Decisions() {}

    /** Adds a row; false where the tenant's key is that of an earlier one, also of one that another transaction just commits. */
    static boolean insert(Connection connection, Decision decision, @Nullable UUID key) throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into decision (id, run_id, subject, verdict, comment, correction, tenant, decided_by, decided_at,"
                        + " idempotency_key) values (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)"
                        + " on conflict (tenant, idempotency_key) do nothing")) {
            insert.setObject(1, decision.id());
            insert.setObject(2, decision.run());
            insert.setString(3, decision.subject());
            insert.setString(4, decision.verdict().name());
            insert.setString(5, decision.comment());
            insert.setString(6, decision.correction());
            insert.setString(7, decision.by().tenant());
            insert.setString(8, decision.by().name());
            insert.setObject(9, decision.at().atOffset(ZoneOffset.UTC));
            insert.setObject(10, key);
            return insert.executeUpdate() == 1;
        }
    }

    /** The id of the earlier row with that key, if it says the same. */
    static Optional<UUID> same(Connection connection, Decision decision, UUID key) throws SQLException {
        try (var query = connection.prepareStatement(
                "select id from decision where tenant = ? and idempotency_key = ? and run_id = ? and subject = ?"
                        + " and verdict = ? and comment is not distinct from ?"
                        + " and correction is not distinct from ?::jsonb and decided_by = ?")) {
            query.setString(1, decision.by().tenant());
            query.setObject(2, key);
            query.setObject(3, decision.run());
            query.setString(4, decision.subject());
            query.setString(5, decision.verdict().name());
            query.setString(6, decision.comment());
            query.setString(7, decision.correction());
            query.setString(8, decision.by().name());
            try (var rows = query.executeQuery()) {
                return rows.next() ? Optional.of(rows.getObject(1, UUID.class)) : Optional.empty();
            }
        }
    }
}
