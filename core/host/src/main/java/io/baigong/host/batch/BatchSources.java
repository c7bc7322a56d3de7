package io.baigong.host.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.agroal.api.AgroalDataSource;
import io.baigong.host.database.Rows;
import io.baigong.host.run.InvalidInput;
import io.baigong.host.run.PlatformJson;
import io.baigong.journal.Actor;
import io.baigong.journal.Journal;
import io.baigong.journal.Storable;
import io.baigong.journal.audit.AuditEntry;
import io.baigong.journal.audit.AuditKind;
import io.baigong.journal.audit.AuditLog;
import io.baigong.spi.Task;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Folders that are watched, as people see and change them; each change is in the audit log. Thread-safe. */
@ApplicationScoped
public class BatchSources {
    private static final TypeReference<Map<String, String>> FIELDS = new TypeReference<>() {};
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String COLUMNS = "id, tenant, task, folder, fields, created_by, created_at, stopped";

    private final AgroalDataSource database;
    private final Rows rows;
    private final AuditLog log;
    private final BatchConfig config;

    BatchSources(AgroalDataSource database, AuditLog log, BatchConfig config) {
        this.database = database;
        rows = new Rows(database);
        this.log = log;
        this.config = config;
    }

    /** A file that was seen: its batch, or why it was refused. */
    public record Seen(
            String name,
            String sha256,
            @Nullable UUID batch,
            @Nullable String refused,
            Instant at) {}

    /**
     * Watches a folder from now on.
     *
     * @throws InvalidInput if it can't be watched
     */
    @Transactional(rollbackOn = Exception.class)
    public BatchSource add(Task<?, ?> task, String folder, Map<String, String> fields, Actor by) throws InvalidInput {
        check(task, folder, fields, by);
        var source = new BatchSource(Journal.newId(), task.id().toString(), folder, fields, by, Instant.now(), null);
        try (Connection connection = database.getConnection();
                var insert = connection.prepareStatement(
                        "insert into batch_source (" + COLUMNS + ") values (?, ?, ?, ?, ?::jsonb, ?, ?, null)")) {
            Rows.set(
                    insert,
                    source.id(),
                    by.tenant(),
                    source.task(),
                    folder,
                    BatchInsert.json(fields),
                    by.name(),
                    source.createdAt().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        } catch (SQLException e) {
            if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw new InvalidInput(folder + " is watched for this task already", "See /api/v1/batch-sources.");
            }
            throw new IllegalStateException(e);
        }
        tell(source, by, "watched");
        return source;
    }

    private void check(Task<?, ?> task, String folder, Map<String, String> fields, Actor by) throws InvalidInput {
        new BatchReader(task.inputType(), task.outputType(), _ -> {}).checkShared(fields.keySet());
        SourceFolder.check(config.folders(), by.tenant(), folder);
    }

    private void tell(BatchSource source, Actor by, String what) {
        log.append(AuditEntry.of(
                AuditKind.CONFIGURATION,
                by,
                "batch-source " + source.id(),
                Map.of("what", what, "folder", source.folder(), "task", source.task())));
    }

    /** Watches a folder no more; its batches stay. Tells whether it was watched. */
    @Transactional
    public boolean remove(UUID id, Actor by) {
        Optional<BatchSource> source =
                list().stream().filter(one -> one.id().equals(id)).findFirst();
        source.ifPresent(one -> {
            rows.update("delete from batch_source where id = ?", id);
            tell(one, by, "no longer watched");
        });
        return source.isPresent();
    }

    /** Stops a source whose maker may make no batches any more. */
    @Transactional
    void stop(BatchSource source, String why) {
        if (rows.update("update batch_source set stopped = ? where id = ? and stopped is null", why, source.id()) > 0) {
            tell(source, source.createdBy(), "stopped by the suite: " + why);
        }
    }

    /** All sources, oldest first. */
    @Transactional
    public List<BatchSource> list() {
        return rows.query("select " + COLUMNS + " from batch_source order by id", BatchSources::source);
    }

    private static BatchSource source(ResultSet row) throws SQLException {
        try {
            return new BatchSource(
                    row.getObject("id", UUID.class),
                    row.getString("task"),
                    row.getString("folder"),
                    PlatformJson.mapper().readValue(row.getString("fields"), FIELDS),
                    new Actor(row.getString("tenant"), row.getString("created_by")),
                    row.getObject("created_at", OffsetDateTime.class).toInstant(),
                    row.getString("stopped"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The newest files of a source. */
    @Transactional
    public List<Seen> files(UUID source, int limit) {
        return rows.query(
                "select name, sha256, batch, refused, at from batch_source_file where source = ? order by at desc limit ?",
                row -> new Seen(
                        row.getString("name"),
                        row.getString("sha256"),
                        row.getObject("batch", UUID.class),
                        row.getString("refused"),
                        row.getObject("at", OffsetDateTime.class).toInstant()),
                source,
                limit);
    }

    /** Whether a file with these bytes was taken before. */
    @Transactional
    public boolean knows(UUID source, String sha256) {
        return !rows.query(
                        "select 1 from batch_source_file where source = ? and sha256 = ?",
                        row -> row.getInt(1),
                        source,
                        sha256)
                .isEmpty();
    }

    /** Remembers a file; a second time fails on the key. */
    static void remember(
            Connection connection,
            BatchSource source,
            String sha256,
            String name,
            @Nullable UUID batch,
            @Nullable String refused)
            throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into batch_source_file (source, tenant, sha256, name, batch, refused, at) values (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setObject(1, source.id());
            insert.setString(2, source.createdBy().tenant());
            insert.setString(3, sha256);
            insert.setString(4, Storable.text(name));
            insert.setObject(5, batch);
            insert.setString(6, refused == null ? null : Storable.text(refused));
            insert.setObject(7, Instant.now().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
    }

    /** Remembers a file that is refused. */
    @Transactional
    public void refuse(BatchSource source, String sha256, String name, String why) {
        try (Connection connection = database.getConnection()) {
            remember(connection, source, sha256, name, null, why);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
