package io.baigong.host.batch;

import io.baigong.journal.Actor;
import io.baigong.journal.Occasion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A batch as its table has it. */
final class BatchRow {
    static final String COLUMNS =
            "id, tenant, task, name, state, total, answered, abstained, failed, created_by, created_at,"
                    + " resumed_at, done_then, ended_at, purpose, correlation, remote";

    private BatchRow() {}

    static Batch read(ResultSet row) throws SQLException {
        Instant created = instant(row, "created_at");
        Instant resumed = instant(row, "resumed_at");
        if (created == null || resumed == null) {
            throw new IllegalStateException("a batch has moments of its creation and of its going on");
        }
        return new Batch(
                row.getObject("id", UUID.class),
                row.getString("task"),
                row.getString("name"),
                BatchState.valueOf(row.getString("state")),
                row.getLong("total"),
                row.getLong("answered"),
                row.getLong("abstained"),
                row.getLong("failed"),
                new Actor(row.getString("tenant"), row.getString("created_by")),
                created,
                resumed,
                row.getLong("done_then"),
                instant(row, "ended_at"),
                new Occasion(row.getString("purpose"), row.getString("correlation")),
                row.getBoolean("remote"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }
}
