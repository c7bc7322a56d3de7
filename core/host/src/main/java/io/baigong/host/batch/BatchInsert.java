package io.baigong.host.batch;

import io.baigong.host.database.Rows;
import io.baigong.host.run.GivenFile;
import io.baigong.host.run.InvalidInput;
import io.baigong.host.run.PlatformJson;
import io.baigong.journal.Storable;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Adds the rows of a new batch, in the connection's transaction. */
final class BatchInsert {
    /** Of shared files, among the positions of records. */
    static final long SHARED = -1;

    private static final int INSERT_ROWS = 500;

    private BatchInsert() {}

    /** Adds a batch that has no records yet. */
    static void begin(Connection connection, UUID id, NewBatch wanted) throws SQLException {
        var now = Instant.now().atOffset(ZoneOffset.UTC);
        execute(
                connection,
                "insert into batch (id, tenant, task, name, state, total, created_by, created_at, resumed_at, purpose,"
                        + " correlation, rescoring, remote) values (?, ?, ?, ?, 'RUNNING', 0, ?, ?, ?, ?, ?, ?, ?)",
                id,
                wanted.createdBy().tenant(),
                wanted.task().id().toString(),
                Storable.text(BatchReader.shortened(wanted.name())),
                wanted.createdBy().name(),
                now,
                now,
                wanted.occasion().purpose(),
                wanted.occasion().correlation(),
                wanted.records() instanceof EarlierRuns,
                wanted.records() instanceof BatchOrigin.Remote);
    }

    /**
     * Adds its records.
     *
     * @throws InvalidInput if they can't be read, or there is none
     */
    static void addRecords(Connection connection, UUID id, NewBatch wanted)
            throws SQLException, IOException, InvalidInput {
        long total = switch (wanted.records()) {
            case BatchOrigin.Files(var files) -> fromFiles(connection, id, wanted, files);
            case BatchOrigin.Remote(long records) -> records;
            case EarlierRuns runs -> fromRuns(connection, id, wanted, runs);
        };
        execute(connection, "update batch set total = ? where id = ?", total, id);
    }

    private static long execute(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            Rows.set(statement, values);
            return statement.executeUpdate();
        }
    }

    private static long fromFiles(Connection connection, UUID id, NewBatch wanted, List<GivenFile> files)
            throws SQLException, IOException, InvalidInput {
        try (var records = new Records(connection, id, wanted.createdBy().tenant())) {
            var reader =
                    new BatchReader(wanted.task().inputType(), wanted.task().outputType(), input -> {
                        var fields = new LinkedHashMap<>(wanted.fields());
                        fields.putAll(input.fields());
                        records.add(new BatchInput(input.name(), fields, input.files(), input.truth()));
                    });
            reader.checkShared(wanted.fields().keySet());
            reader.checkShared(
                    wanted.shared().stream().map(GivenFile::component).toList());
            for (GivenFile file : wanted.shared()) {
                records.file(SHARED, file.component(), file.name(), Files.readAllBytes(file.file()));
            }
            for (GivenFile file : files) {
                reader.read(file.name(), file.file());
            }
            records.flush();
            if (records.count == 0) {
                throw new InvalidInput("there is no record in what was sent", "Send a file with at least one.");
            }
            return records.count;
        } catch (Unkept e) {
            throw e.why;
        }
    }

    /** Inside of the database: neither texts nor bytes pass through here. Policies show the tenant's own runs alone. */
    private static long fromRuns(Connection connection, UUID id, NewBatch wanted, EarlierRuns runs)
            throws SQLException, InvalidInput {
        runs.check();
        new BatchReader(wanted.task().inputType(), wanted.task().outputType(), _ -> {})
                .checkShared(wanted.fields().keySet());
        String tenant = wanted.createdBy().tenant();
        var condition = runs.condition(wanted.task().id().toString());
        var values = new ArrayList<Object>(condition.values());
        values.add(runs.most());
        values.addAll(List.of(id, tenant, json(wanted.fields())));
        long count = execute(
                connection,
                "with chosen as (select r.id, r.name, r.fields from run r where " + condition.sql()
                        + " order by r.id desc limit ?)"
                        + " insert into batch_record (batch, tenant, position, name, fields, earlier)"
                        + " select ?, ?, row_number() over (order by id) - 1, case name when '' then id::text else name end,"
                        + " ?::jsonb || fields, id from chosen",
                values.toArray());
        if (count == 0) {
            throw new InvalidInput(
                    "there is no such run of this task",
                    "Widen what is asked for. Runs that were erased, and those that such a batch has made, do not count.");
        }
        execute(
                connection,
                "insert into batch_file (batch, tenant, position, component, name, sha256)"
                        + " select b.batch, b.tenant, b.position, a.component, a.name, a.sha256"
                        + " from batch_record b join run_attachment a on a.run_id = b.earlier where b.batch = ?"
                        + " on conflict do nothing", // a run that was given two files for one component failed for it
                id);
        return count;
    }

    /** As {@code jsonb} takes it, which knows no U+0000. */
    static String json(Map<String, String> fields) {
        var storable = new LinkedHashMap<String, String>();
        fields.forEach((name, text) -> storable.put(name, Storable.text(text)));
        return PlatformJson.mapper().valueToTree(storable).toString();
    }

    /** Carries a fault of the database through a reader that knows of none. */
    private static final class Unkept extends IOException {
        private final SQLException why;

        Unkept(SQLException why) {
            super(why);
            this.why = why;
        }
    }

    /** Adds records, many at a time. */
    private static final class Records implements AutoCloseable {
        private final UUID batch;
        private final String tenant;
        private final PreparedStatement records;
        private final PreparedStatement files;
        private long count;

        Records(Connection connection, UUID batch, String tenant) throws SQLException {
            this.batch = batch;
            this.tenant = tenant;
            records = connection.prepareStatement(
                    "insert into batch_record (batch, tenant, position, name, fields, truth)"
                            + " values (?, ?, ?, ?, ?::jsonb, ?::jsonb)");
            files = connection.prepareStatement(
                    "insert into batch_file (batch, tenant, position, component, name, bytes) values (?, ?, ?, ?, ?, ?)");
        }

        void add(BatchInput input) throws IOException {
            try {
                Rows.set(
                        records,
                        batch,
                        tenant,
                        count,
                        Storable.text(input.name()),
                        json(input.fields()),
                        input.truth() == null ? null : Storable.text(input.truth()));
                records.addBatch();
                for (var file : input.files()) {
                    file(count, file.component(), file.name(), file.bytes());
                }
                if (++count % INSERT_ROWS == 0) {
                    flush();
                }
            } catch (SQLException e) {
                throw new Unkept(e);
            }
        }

        void file(long position, String component, String name, byte[] bytes) throws SQLException {
            Rows.set(files, batch, tenant, position, component, Storable.text(name), bytes);
            files.executeUpdate();
        }

        void flush() throws SQLException {
            records.executeBatch();
        }

        @Override
        public void close() throws SQLException {
            records.close();
            files.close();
        }
    }
}
