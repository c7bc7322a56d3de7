package io.baigong.host.decay;

import io.agroal.api.AgroalDataSource;
import io.baigong.host.database.Rows;
import io.baigong.host.decay.Measure.Kind;
import io.baigong.host.decay.Measure.State;
import io.baigong.host.decay.Measure.Statistic;
import io.baigong.journal.Actor;
import io.baigong.journal.Journal;
import io.baigong.journal.Occasion;
import io.baigong.journal.audit.AuditEntry;
import io.baigong.journal.audit.AuditKind;
import io.baigong.journal.audit.AuditLog;
import io.baigong.journal.audit.Digests;
import io.baigong.journal.audit.Moment;
import io.baigong.spi.ModelVersion;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Alerts: opened and ended by the watch, acknowledged by people; each opening and acknowledgement is in the audit log. Thread-safe. */
@ApplicationScoped
public class DecayAlerts {
    /** Who the audit log says opened one; no account can be called so. */
    private static final String WATCH = "baigong:decay";

    private static final String COLUMNS =
            "id, tenant, task, series, kind, name, statistic, opened_at, found_at, value, was,"
                    + " ended_at, acknowledged_by, acknowledged_at";

    private final Rows rows;
    private final AuditLog log;
    private final MeterRegistry meters;
    private final AtomicInteger open;

    DecayAlerts(AgroalDataSource database, AuditLog log, MeterRegistry meters) {
        rows = new Rows(database);
        this.log = log;
        this.meters = meters;
        open = Objects.requireNonNull(meters.gauge("baigong.decay.alerts.open", new AtomicInteger()));
    }

    /** Opens, goes on with and ends alerts of a series by what a look found. */
    void follow(Series series, List<Measure> measures, Instant now, DecayConfig config) {
        Map<Measure.Key, Alert> standing =
                open(series).stream().collect(Collectors.toMap(Alert::measure, Function.identity()));
        Map<Measure.Key, Measure> found =
                measures.stream().collect(Collectors.toMap(Measure::key, Function.identity()));
        for (Measure measure : measures) {
            Alert alert = standing.get(measure.key());
            Instant last = alert == null ? null : alert.found();
            switch (AlertStep.of(last, measure.state(), now, config.window())) {
                case OPEN -> open(series, measure, now);
                case GO_ON -> goOn(Objects.requireNonNull(alert), measure, now);
                case END -> end(Objects.requireNonNull(alert), now);
                case NOTHING -> {}
            }
        }
        standing.values().stream()
                .filter(alert -> !found.containsKey(alert.measure()))
                .filter(alert -> AlertStep.of(alert.found(), State.TOO_FEW, now, config.window()) == AlertStep.END)
                .forEach(alert -> end(alert, now));
    }

    @Transactional
    List<Alert> open(Series series) {
        return rows.query(
                "select " + COLUMNS
                        + " from decay_alert where tenant = ? and task = ? and series = ? and ended_at is null",
                DecayAlerts::alert,
                series.tenant(),
                series.task(),
                series.id());
    }

    private void open(Series series, Measure measure, Instant now) {
        UUID id = Journal.newId();
        boolean opened = log.inTransaction(entries -> {
            boolean added = rows.update(
                            "insert into decay_alert (id, tenant, task, series, kind, name, statistic, opened_at, found_at, value, was)"
                                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::double precision) on conflict do nothing",
                            id,
                            series.tenant(),
                            series.task(),
                            series.id(),
                            measure.kind().name(),
                            measure.name(),
                            measure.statistic().name(),
                            now.atOffset(ZoneOffset.UTC),
                            now.atOffset(ZoneOffset.UTC),
                            measure.value(),
                            measure.was())
                    > 0;
            if (added) {
                var by = new Actor(series.tenant(), WATCH);
                entries.accept(entry(id, by, series.task(), series.models(), "decay alert opened", measure.key()));
            }
            return added;
        });
        if (opened) {
            meters.counter("baigong.decay.alerts.opened", "task", series.task(), "kind", word(measure.kind()))
                    .increment();
        }
    }

    private void goOn(Alert alert, Measure measure, Instant now) {
        log.inTransaction(_ -> rows.update(
                "update decay_alert set found_at = ?, value = ?, was = ?::double precision where id = ?",
                now.atOffset(ZoneOffset.UTC),
                measure.value(),
                measure.was(),
                alert.id()));
    }

    private void end(Alert alert, Instant now) {
        log.inTransaction(_ -> rows.update(
                "update decay_alert set ended_at = ? where id = ?", now.atOffset(ZoneOffset.UTC), alert.id()));
    }

    /** Writes down that a person knows of an open alert; empty if there is none of that id, or somebody did so before. */
    public Optional<Alert> acknowledge(UUID id, Actor by) {
        return log.inTransaction(entries -> {
            boolean done = rows.update(
                            "update decay_alert set acknowledged_by = ?, acknowledged_at = ?"
                                    + " where id = ? and acknowledged_at is null and ended_at is null",
                            by.name(),
                            Instant.now().atOffset(ZoneOffset.UTC),
                            id)
                    > 0;
            if (!done) {
                return Optional.empty();
            }
            Optional<Alert> alert = find(id);
            alert.ifPresent(one ->
                    entries.accept(entry(id, by, one.task(), List.of(), "decay alert acknowledged", one.measure())));
            return alert;
        });
    }

    private static AuditEntry entry(
            UUID id, Actor by, String task, List<ModelVersion> models, String what, Measure.Key measure) {
        return new AuditEntry(
                Journal.newId(),
                AuditKind.CONFIGURATION,
                by,
                Moment.now(),
                "decay-alert " + id,
                task,
                models,
                Digests.NONE,
                List.of(),
                Occasion.NONE,
                Map.of(
                        "what",
                        what,
                        "measure",
                        word(measure.kind()) + " " + measure.name() + " " + word(measure.statistic())));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** An alert that may be seen. */
    @Transactional
    public Optional<Alert> find(UUID id) {
        return rows.query("select " + COLUMNS + " from decay_alert where id = ?", DecayAlerts::alert, id).stream()
                .findFirst();
    }

    /** Alerts that may be seen, the newest first: all that are open, and the last that ended. */
    @Transactional
    public List<Alert> list(int most) {
        return rows.query(
                "select " + COLUMNS + " from decay_alert order by ended_at is not null, id desc limit ?",
                DecayAlerts::alert,
                most);
    }

    /** Tells the meters how many are open. */
    @Transactional
    void count() {
        open.set(rows.query("select count(*) from decay_alert where ended_at is null", row -> row.getInt(1))
                .getFirst());
    }

    private static Alert alert(ResultSet row) throws SQLException {
        double was = row.getDouble("was");
        boolean none = row.wasNull();
        return new Alert(
                row.getObject("id", UUID.class),
                row.getString("tenant"),
                row.getString("task"),
                row.getString("series"),
                new Measure.Key(
                        Kind.valueOf(row.getString("kind")),
                        row.getString("name"),
                        Statistic.valueOf(row.getString("statistic"))),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                row.getObject("found_at", OffsetDateTime.class).toInstant(),
                row.getDouble("value"),
                none ? null : was,
                instant(row, "ended_at"),
                row.getString("acknowledged_by"),
                instant(row, "acknowledged_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
