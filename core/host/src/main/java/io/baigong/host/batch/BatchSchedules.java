package io.baigong.host.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.agroal.api.AgroalDataSource;
import io.baigong.host.batch.BatchSchedule.Firing;
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

/** Schedules of batches, as people see and change them; each change is in the audit log. Thread-safe. */
@ApplicationScoped
public class BatchSchedules {
    private static final TypeReference<Map<String, String>> FIELDS = new TypeReference<>() {};
    private static final int LONGEST_NAME = 100;
    private static final String COLUMNS =
            "id, tenant, name, task, cron, zone, folder, runs, fields, created_by, created_at, stopped";

    private final AgroalDataSource database;
    private final Rows rows;
    private final AuditLog log;
    private final BatchConfig config;

    BatchSchedules(AgroalDataSource database, AuditLog log, BatchConfig config) {
        this.database = database;
        rows = new Rows(database);
        this.log = log;
        this.config = config;
    }

    /** What somebody wants to happen by itself; either a folder or runs. */
    public record Wanted(
            String name,
            String cron,
            String zone,
            @Nullable String folder,
            @Nullable RecentRuns runs,
            Map<String, String> fields) {}

    /** A schedule, and the newest of its times that was fired. */
    record Standing(BatchSchedule schedule, @Nullable Instant last) {}

    /** The next times of a timetable after now. Throws {@link InvalidInput} if it can't be read. */
    public static List<OffsetDateTime> preview(String cron, String zone, int count) throws InvalidInput {
        Timetable timetable = Timetable.of(cron, zone);
        return timetable.after(Instant.now(), count).stream()
                .map(at -> at.atZone(timetable.zone()).toOffsetDateTime())
                .toList();
    }

    /**
     * Has batches begin by themselves from now on.
     *
     * @throws InvalidInput if nothing could
     */
    @Transactional(rollbackOn = Exception.class)
    public BatchSchedule add(Task<?, ?> task, Wanted wanted, Actor by) throws InvalidInput {
        check(task, wanted, by);
        var schedule = new BatchSchedule(
                Journal.newId(),
                Storable.text(wanted.name().strip()),
                task.id().toString(),
                wanted.cron(),
                wanted.zone(),
                wanted.folder(),
                wanted.runs(),
                wanted.fields(),
                by,
                Instant.now(),
                null);
        try (Connection connection = database.getConnection();
                var insert = connection.prepareStatement(
                        "insert into batch_schedule (" + COLUMNS
                                + ") values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, null) on conflict (tenant, name) do nothing")) {
            Rows.set(
                    insert,
                    schedule.id(),
                    by.tenant(),
                    schedule.name(),
                    schedule.task(),
                    schedule.cron(),
                    schedule.zone(),
                    schedule.folder(),
                    schedule.runs() == null ? null : json(schedule.runs()),
                    BatchInsert.json(schedule.fields()),
                    by.name(),
                    schedule.createdAt().atOffset(ZoneOffset.UTC));
            if (insert.executeUpdate() == 0) {
                throw new InvalidInput("there is a schedule " + schedule.name() + " already", "Give it another name.");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        tell(schedule, by, Map.of("what", "scheduled", "cron", schedule.cron(), "zone", schedule.zone()));
        return schedule;
    }

    private void check(Task<?, ?> task, Wanted wanted, Actor by) throws InvalidInput {
        if (wanted.name().isBlank() || wanted.name().length() > LONGEST_NAME) {
            throw new InvalidInput("a schedule has a name of at most 100 characters", "Send one such as nightly.");
        }
        Timetable.of(wanted.cron(), wanted.zone());
        if ((wanted.folder() == null) == (wanted.runs() == null)) {
            throw new InvalidInput(
                    "a schedule runs either the files of a folder or earlier runs",
                    "Send one of folder, such as inbox, and runs, such as {\"period\": \"P7D\"}.");
        }
        new BatchReader(task.inputType(), task.outputType(), _ -> {})
                .checkShared(wanted.fields().keySet());
        if (wanted.folder() != null) {
            SourceFolder.check(config.folders(), by.tenant(), wanted.folder());
        }
        if (wanted.runs() != null) {
            wanted.runs().check();
        }
    }

    private static String json(RecentRuns runs) {
        return PlatformJson.mapper().valueToTree(runs.storable()).toString();
    }

    private void tell(BatchSchedule schedule, Actor by, Map<String, String> detail) {
        log.append(AuditEntry.of(AuditKind.CONFIGURATION, by, "batch-schedule " + schedule.id(), detail));
    }

    /** Has nothing more begin; its batches stay. Tells whether there was such a schedule. */
    @Transactional
    public boolean remove(UUID id, Actor by) {
        Optional<BatchSchedule> schedule = find(id);
        schedule.ifPresent(one -> {
            rows.update("delete from batch_schedule where id = ?", id);
            tell(one, by, Map.of("what", "no longer scheduled", "name", one.name()));
        });
        return schedule.isPresent();
    }

    /** Stops a schedule whose maker may make no batches any more. */
    @Transactional
    void stop(BatchSchedule schedule, String why) {
        if (rows.update("update batch_schedule set stopped = ? where id = ? and stopped is null", why, schedule.id())
                > 0) {
            tell(schedule, schedule.createdBy(), Map.of("what", "stopped by the suite", "why", why));
        }
    }

    @Transactional
    public Optional<BatchSchedule> find(UUID id) {
        return rows
                .query("select " + COLUMNS + " from batch_schedule where id = ?", BatchSchedules::schedule, id)
                .stream()
                .findFirst();
    }

    /** All schedules, oldest first. */
    @Transactional
    public List<BatchSchedule> list() {
        return rows.query("select " + COLUMNS + " from batch_schedule order by id", BatchSchedules::schedule);
    }

    /** Those that go on. */
    @Transactional
    List<Standing> standing() {
        return rows.query(
                "select " + COLUMNS + ", (select max(due_at) from batch_firing where schedule = id) as last"
                        + " from batch_schedule where stopped is null order by id",
                row -> {
                    var last = row.getObject("last", OffsetDateTime.class);
                    return new Standing(schedule(row), last == null ? null : last.toInstant());
                });
    }

    private static BatchSchedule schedule(ResultSet row) throws SQLException {
        try {
            String runs = row.getString("runs");
            return new BatchSchedule(
                    row.getObject("id", UUID.class),
                    row.getString("name"),
                    row.getString("task"),
                    row.getString("cron"),
                    row.getString("zone"),
                    row.getString("folder"),
                    runs == null ? null : PlatformJson.mapper().readValue(runs, RecentRuns.class),
                    PlatformJson.mapper().readValue(row.getString("fields"), FIELDS),
                    new Actor(row.getString("tenant"), row.getString("created_by")),
                    row.getObject("created_at", OffsetDateTime.class).toInstant(),
                    row.getString("stopped"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The newest times of a schedule that were due. */
    @Transactional
    public List<Firing> firings(UUID schedule, int limit) {
        return rows.query(
                "select due_at, fired_at, batch, refused from batch_firing where schedule = ? order by due_at desc limit ?",
                row -> new Firing(
                        row.getObject("due_at", OffsetDateTime.class).toInstant(),
                        row.getObject("fired_at", OffsetDateTime.class).toInstant(),
                        row.getObject("batch", UUID.class),
                        row.getString("refused")),
                schedule,
                limit);
    }

    /** Whether that time was fired. */
    @Transactional
    boolean isFired(UUID schedule, Instant due) {
        return !rows.query(
                        "select 1 from batch_firing where schedule = ? and due_at = ?",
                        row -> row.getInt(1),
                        schedule,
                        due.atOffset(ZoneOffset.UTC))
                .isEmpty();
    }

    /** Adds a firing in the connection's transaction; false if there is one of that time. Waits for who is about to add one. */
    static boolean fire(Connection connection, BatchSchedule schedule, Instant due, UUID batch) throws SQLException {
        return fire(connection, schedule, due, batch, null);
    }

    private static boolean fire(
            Connection connection, BatchSchedule schedule, Instant due, @Nullable UUID batch, @Nullable String refused)
            throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into batch_firing (schedule, tenant, due_at, fired_at, batch, refused) values (?, ?, ?, ?, ?::uuid, ?)"
                        + " on conflict do nothing")) {
            Rows.set(
                    insert,
                    schedule.id(),
                    schedule.createdBy().tenant(),
                    due.atOffset(ZoneOffset.UTC),
                    Instant.now().atOffset(ZoneOffset.UTC),
                    batch == null ? null : batch.toString(),
                    refused == null ? null : Storable.text(refused));
            return insert.executeUpdate() > 0;
        }
    }

    /** Adds a firing that made no batch. */
    @Transactional
    void refuse(BatchSchedule schedule, Instant due, String why) {
        try (Connection connection = database.getConnection()) {
            fire(connection, schedule, due, null, why);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
