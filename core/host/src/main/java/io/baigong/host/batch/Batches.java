package io.baigong.host.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.agroal.api.AgroalDataSource;
import io.baigong.host.database.Rows;
import io.baigong.host.run.InvalidInput;
import io.baigong.host.run.PlatformJson;
import io.baigong.journal.Journal;
import io.baigong.journal.RunStatus;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Batches as people see and steer them. Thread-safe; what was acknowledged is on disk. */
@ApplicationScoped
public class Batches {
    private static final int FETCH_ROWS = 500;
    private static final Duration LONGEST_READ = Duration.ofHours(1);

    /** Records of batches, as {@code b}, each with its run, as {@code r}. */
    static final String RESULTS =
            "select b.position, b.name, b.state, b.run, b.failure, b.truth, b.earlier, r.output, r.reason, r.confidence,"
                    + " r.duration_millis, case when e.id is not null and b.state <> 'WAITING'"
                    + " then (b.state, without_moments(r.output)) is distinct from (e.status, without_moments(e.output)) end as changed"
                    + " from batch_record b left join run r on r.id = b.run left join run e on e.id = b.earlier";

    private final AgroalDataSource database;
    private final Rows rows;

    public Batches(AgroalDataSource database) {
        this.database = database;
        rows = new Rows(database);
    }

    /** A page of batches, newest first, and how many there are. */
    public record Page(List<Batch> batches, long total) {}

    /**
     * Reads all records and keeps them; the batch then runs by itself.
     *
     * @throws InvalidInput if a file can't be read or there is no record; then nothing is kept
     */
    public Batch create(NewBatch wanted) throws InvalidInput, IOException {
        return create(wanted, (_, _) -> {});
    }

    /** Does something more in the transaction that makes a batch, before its records are read. */
    @FunctionalInterface
    interface Also {
        void with(Connection connection, UUID batch) throws SQLException;
    }

    Batch create(NewBatch wanted, Also also) throws InvalidInput, IOException {
        UUID id = Journal.newId();
        try {
            QuarkusTransaction.requiringNew()
                    .timeout((int) LONGEST_READ.toSeconds())
                    .run(() -> {
                        try (Connection connection = database.getConnection()) {
                            BatchInsert.begin(connection, id, wanted);
                            also.with(connection, id);
                            BatchInsert.addRecords(connection, id, wanted);
                        } catch (InvalidInput e) {
                            throw new Unreadable(e);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    });
        } catch (Unreadable e) {
            throw new InvalidInput(e.why.detail(), e.why.remedy() + " Nothing of the batch was taken.");
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return find(id).orElseThrow();
    }

    private static final class Unreadable extends RuntimeException {
        private final InvalidInput why;

        Unreadable(InvalidInput why) {
            super(why);
            this.why = why;
        }
    }

    @Transactional
    public Optional<Batch> find(UUID id) {
        return rows.query("select " + BatchRow.COLUMNS + " from batch where id = ?", BatchRow::read, id).stream()
                .findFirst();
    }

    /** Batches of a task or of all, in that state or in any. */
    @Transactional
    public Page list(@Nullable String task, @Nullable BatchState state, int offset, int limit) {
        String from = " from batch where task = coalesce(?, task) and state = coalesce(?, state)";
        String named = state == null ? null : state.name();
        return new Page(
                rows.query(
                        "select " + BatchRow.COLUMNS + from + " order by id desc offset ? limit ?",
                        BatchRow::read,
                        task,
                        named,
                        offset,
                        limit),
                rows.query("select count(*)" + from, row -> row.getLong(1), task, named)
                        .getFirst());
    }

    /** Takes up no further record; what is at work ends. Tells whether it was running. */
    @Transactional
    public boolean pause(UUID id) {
        return rows.update("update batch set state = 'PAUSED' where id = ? and state = 'RUNNING'", id) > 0;
    }

    /** Goes on. Tells whether it was paused. */
    @Transactional
    public boolean resume(UUID id) {
        return rows.update(
                        "update batch set state = 'RUNNING', resumed_at = clock_timestamp(), done_then = answered + abstained + failed"
                                + " where id = ? and state = 'PAUSED'",
                        id)
                > 0;
    }

    /** Ends it for good; what is done stays, files that waited go. Tells whether it had not ended. */
    @Transactional
    public boolean cancel(UUID id) {
        boolean done = rows.update(
                        "update batch set state = 'CANCELLED', ended_at = clock_timestamp()"
                                + " where id = ? and state in ('RUNNING', 'PAUSED')",
                        id)
                > 0;
        if (done) {
            rows.update("delete from batch_file where batch = ?", id);
        }
        return done;
    }

    /** Runs the records again that failed; returns how many. None of a batch that was cancelled. */
    @Transactional
    public long rerunFailed(UUID id) {
        if (rows.update("update batch set name = name where id = ? and state <> 'CANCELLED'", id) == 0) {
            return 0;
        }
        long again = rows.update(
                "update batch_record set state = 'WAITING', attempts = 0, run = null, failure = null"
                        + " where batch = ? and state = 'FAILED'",
                id);
        if (again > 0) {
            rows.update(
                    "update batch set failed = failed - ?, state = case state when 'ENDED' then 'RUNNING' else state end,"
                            + " ended_at = null, resumed_at = clock_timestamp(), done_then = answered + abstained + failed - ?"
                            + " where id = ?",
                    again,
                    again,
                    id);
        }
        return again;
    }

    /** The records of a batch in their order, all or those of one status, a few at a time. */
    public void results(UUID id, @Nullable RunStatus status, long offset, long limit, Consumer<BatchResult> each) {
        QuarkusTransaction.requiringNew()
                .timeout((int) LONGEST_READ.toSeconds())
                .run(() -> {
                    try (Connection connection = database.getConnection();
                            var ask = connection.prepareStatement(RESULTS
                                    + " where b.batch = ? and b.state = coalesce(?, b.state)"
                                    + " order by b.position offset ? limit ?")) {
                        Rows.set(ask, id, status == null ? null : status.name(), offset, limit);
                        ask.setFetchSize(FETCH_ROWS);
                        try (var rows = ask.executeQuery()) {
                            while (rows.next()) {
                                each.accept(result(rows));
                            }
                        }
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    /** What {@link #RESULTS} says of a record. */
    static BatchResult result(ResultSet row) throws SQLException {
        String state = row.getString("state");
        String failure = row.getString("failure");
        try {
            return new BatchResult(
                    row.getLong("position"),
                    row.getString("name"),
                    state.equals("WAITING") ? null : RunStatus.valueOf(state),
                    row.getObject("run", UUID.class),
                    row.getObject("confidence", Double.class),
                    row.getObject("duration_millis", Long.class),
                    row.getString("output"),
                    row.getString("reason"),
                    row.getString("truth"),
                    row.getObject("earlier", UUID.class),
                    row.getObject("changed", Boolean.class),
                    failure == null ? null : PlatformJson.mapper().readValue(failure, BatchFailure.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
