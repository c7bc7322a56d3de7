package io.baigong.host.telemetry;

import io.agroal.api.AgroalDataSource;
import io.baigong.host.database.Rows;
import io.baigong.host.telemetry.Alarm.Cause;
import io.baigong.journal.Actor;
import io.baigong.journal.Journal;
import io.baigong.journal.Occasion;
import io.baigong.journal.audit.AuditEntry;
import io.baigong.journal.audit.AuditKind;
import io.baigong.journal.audit.AuditLog;
import io.baigong.journal.audit.Digests;
import io.baigong.journal.audit.Moment;
import io.baigong.spi.Feed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Alarms of machines: opened, gone on with and ended by runs, looked after by people. What people do is in the audit log. Thread-safe. */
@ApplicationScoped
public class Alarms {
    private static final String COLUMNS =
            "id, task, line, source, part, opened_at, run, subject, seen_at, peak, ended_at,"
                    + " acknowledged_by, acknowledged_at, assigned_to, shelved_until, closed_by, closed_at, cause, comment";

    private final Rows rows;
    private final AuditLog log;

    Alarms(AgroalDataSource database, AuditLog log) {
        rows = new Rows(database);
        this.log = log;
    }

    /**
     * Which run of which line.
     *
     * @param sources machines of which it knew something new; the alarms of others go on
     * @param asOf its moment
     */
    public record Told(String tenant, String task, String line, UUID run, Set<String> sources, Instant asOf) {}

    private record Key(String source, String part) {}

    /** Opens, goes on with and ends alarms by what a run tells. One that lasts is one row, however many runs tell of it. */
    @Transactional
    public void follow(Told told, List<Feed.Alarm> alarms) {
        var lasting = new HashSet<Key>();
        for (Feed.Alarm alarm : alarms) {
            if (alarm.closed().isEmpty()) {
                lasting.add(new Key(alarm.source(), alarm.part()));
                raise(told, alarm);
            }
        }
        for (Alarm open : open(told)) {
            if (told.sources.contains(open.source()) && !lasting.contains(new Key(open.source(), open.part()))) {
                Instant ended = alarms.stream()
                        .filter(alarm -> alarm.source().equals(open.source())
                                && alarm.part().equals(open.part())
                                && alarm.closed().isPresent()
                                && alarm.closed().get().isAfter(open.opened()))
                        .map(alarm -> alarm.closed().orElseThrow())
                        .max(Instant::compareTo)
                        .orElse(told.asOf);
                rows.update("update alarm set ended_at = ? where id = ?", at(ended), open.id());
            }
        }
    }

    private void raise(Told told, Feed.Alarm alarm) {
        rows.update(
                "insert into alarm (id, tenant, task, line, source, part, opened_at, run, subject, seen_at, peak)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " on conflict (tenant, task, line, source, part) where ended_at is null do update"
                        + " set run = excluded.run, subject = excluded.subject, seen_at = excluded.seen_at,"
                        + " peak = greatest(alarm.peak, excluded.peak)",
                Journal.newId(),
                told.tenant,
                told.task,
                told.line,
                alarm.source(),
                alarm.part(),
                at(alarm.opened()),
                told.run,
                alarm.subject(),
                at(told.asOf),
                alarm.peak());
    }

    private List<Alarm> open(Told told) {
        return rows.query(
                "select " + COLUMNS + " from alarm where tenant = ? and task = ? and line = ? and ended_at is null",
                Alarms::alarm,
                told.tenant,
                told.task,
                told.line);
    }

    /** Alarms that may be seen: those that last first, then the newest. */
    @Transactional
    public List<Alarm> list(int most) {
        return rows.query(
                "select " + COLUMNS
                        + " from alarm order by closed_at is not null, ended_at is not null, opened_at desc limit ?",
                Alarms::alarm,
                most);
    }

    /** One that may be seen. */
    @Transactional
    public Optional<Alarm> find(UUID id) {
        return rows.query("select " + COLUMNS + " from alarm where id = ?", Alarms::alarm, id).stream()
                .findFirst();
    }

    /** Somebody looks after it. Empty if it is closed, or acknowledged already. */
    public Optional<Alarm> acknowledge(UUID id, Actor by) {
        return change(
                id,
                by,
                "alarm acknowledged",
                Map.of(),
                "acknowledged_by = ?, acknowledged_at = ?",
                "acknowledged_at is null",
                by.name(),
                at(Instant.now()));
    }

    /** Somebody is to look after it. Empty if it is closed. */
    public Optional<Alarm> assign(UUID id, Actor by, String to) {
        return change(id, by, "alarm assigned", Map.of("to", to), "assigned_to = ?", "true", to);
    }

    /** Nobody wants to hear of it until then. Empty if it is closed. */
    public Optional<Alarm> shelve(UUID id, Actor by, Instant until) {
        return change(
                id, by, "alarm shelved", Map.of("until", until.toString()), "shelved_until = ?", "true", at(until));
    }

    /** It is dealt with. Empty if it is closed already. */
    public Optional<Alarm> close(UUID id, Actor by, Cause cause, @Nullable String comment) {
        return change(
                id,
                by,
                "alarm closed",
                Map.of("cause", cause.name()),
                "closed_by = ?, closed_at = ?, cause = ?, comment = ?",
                "true",
                by.name(),
                at(Instant.now()),
                cause.name(),
                comment);
    }

    private Optional<Alarm> change(
            UUID id,
            Actor by,
            String what,
            Map<String, String> details,
            String set,
            String where,
            @Nullable Object... values) {
        @Nullable Object[] all = Arrays.copyOf(values, values.length + 1);
        all[values.length] = id;
        return log.inTransaction(entries -> {
            if (rows.update("update alarm set " + set + " where closed_at is null and " + where + " and id = ?", all)
                    == 0) {
                return Optional.empty();
            }
            Optional<Alarm> changed = find(id);
            changed.ifPresent(alarm -> {
                var told = new TreeMap<>(details);
                told.put("what", what);
                entries.accept(new AuditEntry(
                        Journal.newId(),
                        AuditKind.CONFIGURATION,
                        by,
                        Moment.now(),
                        "alarm " + id,
                        alarm.task(),
                        List.of(),
                        Digests.NONE,
                        List.of(),
                        Occasion.NONE,
                        Map.copyOf(told)));
            });
            return changed;
        });
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Alarm alarm(ResultSet row) throws SQLException {
        String cause = row.getString("cause");
        return new Alarm(
                row.getObject("id", UUID.class),
                row.getString("task"),
                row.getString("line"),
                row.getString("source"),
                row.getString("part"),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                row.getObject("run", UUID.class),
                row.getString("subject"),
                row.getObject("seen_at", OffsetDateTime.class).toInstant(),
                row.getDouble("peak"),
                instant(row, "ended_at"),
                row.getString("acknowledged_by"),
                instant(row, "acknowledged_at"),
                row.getString("assigned_to"),
                instant(row, "shelved_until"),
                row.getString("closed_by"),
                instant(row, "closed_at"),
                cause == null ? null : Cause.valueOf(cause),
                row.getString("comment"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
