package io.baigong.host.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.agroal.api.AgroalDataSource;
import io.baigong.host.database.Rows;
import io.baigong.host.run.GivenFile;
import io.baigong.host.run.PlatformJson;
import io.baigong.journal.Journal;
import io.baigong.journal.RunRecord;
import io.baigong.journal.Storable;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Records that wait, as workers take them. Thread-safe.
 *
 * <p>A worker holds a chunk of neighbouring records by an advisory lock of PostgreSQL on a connection of its own. The lock goes with
 * the connection, so a chunk of a worker that died is free at once, for any instance of the suite. That each record gets one run is
 * not left to the lock: its row changes once, in the transaction that adds the run to the journal.
 */
final class BatchQueue {
    /** Records of a chunk. */
    static final int CHUNK = 32;

    /** After so many attempts that ended the suite the records of a chunk are taken one by one, to tell which of them does. */
    private static final int ATTEMPTS_TOGETHER = 3;

    private static final int ATTEMPTS = 6;
    private static final int LOOK_AHEAD = 32 * CHUNK;
    private static final TypeReference<Map<String, String>> FIELDS = new TypeReference<>() {};

    private final AgroalDataSource database;
    private final Journal journal;

    BatchQueue(AgroalDataSource database, Journal journal) {
        this.database = database;
        this.journal = journal;
    }

    /** A record that waits. */
    record Waiting(UUID batch, long position, String name, Map<String, String> fields, int attempts) {
        /** Whether it was tried so often that it must be what ended the suite. */
        boolean isHopeless() {
            return attempts > ATTEMPTS;
        }
    }

    /** A record that was run, and its run. */
    record Done(Waiting record, Journal.Unwritten run) {
        /** The run under the name of its record. */
        Journal.Unwritten named() {
            return new Journal.Unwritten(run.run().named(record.name()), run.contents());
        }
    }

    /** Batches that run, oldest first. */
    List<Batch> running() {
        return QuarkusTransaction.requiringNew().call(() -> {
            try (Connection connection = database.getConnection();
                    var ask = connection.prepareStatement("select " + BatchRow.COLUMNS
                            + " from batch where state = 'RUNNING' and not remote order by id");
                    var rows = ask.executeQuery()) {
                var running = new ArrayList<Batch>();
                while (rows.next()) {
                    running.add(BatchRow.read(rows));
                }
                return running;
            }
        });
    }

    /**
     * Locks a chunk of the batch that waits and that nobody works on; empty if there is none.
     *
     * @param locks the worker's own connection, outside of transactions; {@link #free} lets the chunk go
     */
    Optional<Long> lock(Connection locks, UUID batch) throws SQLException {
        var chunks = new LinkedHashSet<Long>();
        try (var ask = locks.prepareStatement("select position / " + CHUNK
                + " from batch_record where batch = ? and state = 'WAITING' order by position limit " + LOOK_AHEAD)) {
            ask.setObject(1, batch);
            try (var rows = ask.executeQuery()) {
                while (rows.next()) {
                    chunks.add(rows.getLong(1));
                }
            }
        }
        for (long chunk : chunks) {
            try (var lock = locks.prepareStatement("select pg_try_advisory_lock(hashtext(?), ?)")) {
                lock.setString(1, batch.toString());
                lock.setInt(2, (int) chunk);
                try (var row = lock.executeQuery()) {
                    if (row.next() && row.getBoolean(1)) {
                        return Optional.of(chunk);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Lets all chunks go. */
    static void free(Connection locks) throws SQLException {
        try (var unlock = locks.createStatement()) {
            unlock.execute("select pg_advisory_unlock_all()");
        }
    }

    /** Takes up the records of a chunk that still wait; see {@link #take(Connection, UUID, Long[])}. */
    List<Waiting> take(UUID batch, long chunk) {
        var positions =
                LongStream.range(chunk * CHUNK, (chunk + 1) * CHUNK).boxed().toArray(Long[]::new);
        return QuarkusTransaction.requiringNew().call(() -> {
            try (Connection connection = database.getConnection()) {
                return take(connection, batch, positions);
            }
        });
    }

    /**
     * Takes up records that still wait, in the caller's transaction; each counts an attempt until it is ended or put back. Only the
     * first of them where one was tried so often that it may be what ends those who run it.
     */
    static List<Waiting> take(Connection connection, UUID batch, Long[] positions)
            throws SQLException, JsonProcessingException {
        try (var take = connection.prepareStatement("with next as (select position, max(attempts) over () as most"
                + " from batch_record where batch = ? and state = 'WAITING' and position = any(?) order by position)"
                + " update batch_record b set attempts = attempts + 1 from next where b.batch = ? and b.position = next.position"
                + " and (next.most < ? or b.position = (select min(position) from next))"
                + " returning b.position, b.name, b.fields, b.attempts")) {
            Rows.set(take, batch, connection.createArrayOf("bigint", positions), batch, ATTEMPTS_TOGETHER);
            try (var rows = take.executeQuery()) {
                var waiting = new ArrayList<Waiting>();
                while (rows.next()) {
                    waiting.add(new Waiting(
                            batch,
                            rows.getLong("position"),
                            rows.getString("name"),
                            PlatformJson.mapper().readValue(rows.getString("fields"), FIELDS),
                            rows.getInt("attempts")));
                }
                waiting.sort(Comparator.comparingLong(Waiting::position));
                return waiting;
            }
        }
    }

    /** Puts records back that were not ended; only what the suite itself did not outlive counts as an attempt. */
    void putBack(UUID batch, List<Waiting> taken) {
        QuarkusTransaction.requiringNew().run(() -> {
            try (Connection connection = database.getConnection();
                    var putBack = connection.prepareStatement("update batch_record set attempts = attempts - 1"
                            + " where batch = ? and position = any(?) and state = 'WAITING' and attempts > 0")) {
                putBack.setObject(1, batch);
                putBack.setArray(
                        2,
                        connection.createArrayOf(
                                "bigint", taken.stream().map(Waiting::position).toArray()));
                putBack.executeUpdate();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Copies the files of that position into the folder; empty when the batch does not run any more. */
    Optional<List<GivenFile>> files(UUID batch, long position, Path folder) {
        return QuarkusTransaction.requiringNew().call(() -> {
            try (Connection connection = database.getConnection()) {
                List<GivenFile> files = copy(connection, batch, position, folder);
                // After the files, which a cancellation deletes.
                return isRunning(connection, batch) ? Optional.of(files) : Optional.empty();
            }
        });
    }

    private List<GivenFile> copy(Connection connection, UUID batch, long position, Path folder)
            throws SQLException, IOException {
        try (var ask = connection.prepareStatement(
                "select component, name, bytes, sha256 from batch_file where batch = ? and position = ?")) {
            Rows.set(ask, batch, position);
            try (var rows = ask.executeQuery()) {
                var files = new ArrayList<GivenFile>();
                while (rows.next()) {
                    Path file = Files.createTempFile(folder, "record", null);
                    String sha256 = rows.getString("sha256");
                    if (sha256 == null) {
                        Files.write(file, rows.getBytes("bytes"));
                    } else {
                        try (var out = Files.newOutputStream(file)) {
                            journal.copy(sha256, out);
                        }
                    }
                    files.add(new GivenFile(rows.getString("component"), rows.getString("name"), file));
                }
                return files;
            }
        }
    }

    private static boolean isRunning(Connection connection, UUID batch) throws SQLException {
        try (var ask = connection.prepareStatement("select 1 from batch where id = ? and state = 'RUNNING'")) {
            ask.setObject(1, batch);
            try (var row = ask.executeQuery()) {
                return row.next();
            }
        }
    }

    /**
     * Adds the runs to the journal and ends their records, all or none.
     *
     * @throws IllegalStateException if a record was ended by somebody else meanwhile; then nothing is added
     */
    void end(UUID batch, List<Done> done) {
        journal.append(done.stream().map(Done::named).toList(), () -> {
            try (Connection connection = database.getConnection()) {
                flushed(connection);
                count(
                        connection,
                        batch,
                        done.stream()
                                .map(one -> one.run().run().ending().status().name())
                                .toList());
                endRecords(connection, batch, done); // after the batch, as a cancellation locks them
            } catch (SQLException | JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** A run's transaction is seen before it is on disk, as its caller waits for its entry; nobody waits here, and progress that is seen stays. */
    private static void flushed(Connection connection) throws SQLException {
        try (var set = connection.createStatement()) {
            set.execute("set local synchronous_commit = on");
        }
    }

    private static void endRecords(Connection connection, UUID batch, List<Done> done)
            throws SQLException, JsonProcessingException {
        try (var end = connection.prepareStatement("update batch_record set state = ?, run = ?, failure = ?::jsonb,"
                        + " fields = case when ? then fields else '{}' end"
                        + " where batch = ? and position = ? and state = 'WAITING'");
                var files = connection.prepareStatement("delete from batch_file where batch = ? and position = ?")) {
            for (Done one : done) {
                RunRecord run = one.run().run();
                BatchFailure failure =
                        run.ending() instanceof RunRecord.Failed(String code, String detail, String remedy)
                                ? new BatchFailure(code, detail, remedy)
                                : null;
                String status = run.ending().status().name();
                Rows.set(
                        end,
                        status,
                        run.id(),
                        json(failure),
                        failure != null,
                        batch,
                        one.record().position());
                end.addBatch();
                if (failure == null) {
                    Rows.set(files, batch, one.record().position());
                    files.addBatch();
                }
            }
            for (int changed : end.executeBatch()) {
                if (changed != 1) {
                    throw new IllegalStateException("a record of batch " + batch + " was ended by somebody else");
                }
            }
            files.executeBatch();
        }
    }

    private static @Nullable String json(@Nullable BatchFailure failure) throws JsonProcessingException {
        return failure == null ? null : Storable.text(PlatformJson.mapper().writeValueAsString(failure));
    }

    private static void count(Connection connection, UUID batch, List<String> statuses) throws SQLException {
        try (var count =
                connection.prepareStatement("update batch set answered = answered + ?, abstained = abstained + ?,"
                        + " failed = failed + ?,"
                        + " state = case when state in ('RUNNING', 'PAUSED') and answered + abstained + failed + ? = total"
                        + " then 'ENDED' else state end,"
                        + " ended_at = case when state in ('RUNNING', 'PAUSED') and answered + abstained + failed + ? = total"
                        + " then clock_timestamp() else ended_at end"
                        + " where id = ?")) {
            Rows.set(
                    count,
                    statuses.stream().filter("ANSWERED"::equals).count(),
                    statuses.stream().filter("ABSTAINED"::equals).count(),
                    statuses.stream().filter("FAILED"::equals).count(),
                    statuses.size(),
                    statuses.size(),
                    batch);
            count.executeUpdate();
        }
    }

    private static final BatchFailure HOPELESS = new BatchFailure(
            "fault",
            "the process that ran this record ended each time",
            "Report it with the record; the rest of the batch was run.");

    /** Ends a record that is hopeless. */
    void giveUp(Waiting record) {
        giveUp(record, HOPELESS);
    }

    /** Ends a record without a run, for none can be kept of it. */
    void giveUp(Waiting record, BatchFailure failure) {
        QuarkusTransaction.requiringNew().run(() -> {
            try (Connection connection = database.getConnection();
                    var end = connection.prepareStatement("update batch_record set state = 'FAILED', failure = ?::jsonb"
                            + " where batch = ? and position = ? and state = 'WAITING'")) {
                Rows.set(end, json(failure), record.batch(), record.position());
                if (end.executeUpdate() == 1) {
                    count(connection, record.batch(), List.of("FAILED"));
                }
            } catch (SQLException | JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
