package io.baigong.host.decay;

import io.agroal.api.AgroalDataSource;
import io.baigong.host.database.Rows;
import io.baigong.host.decay.Reading.Judged;
import io.baigong.host.run.JournalledRun;
import io.baigong.host.run.WorkFolders;
import io.baigong.journal.Journal;
import io.baigong.journal.RunRecord;
import io.baigong.journal.RunStatus;
import io.baigong.spi.ModelVersion;
import io.baigong.spi.Signal;
import io.baigong.spi.Task;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What of the journal's runs is watched. Each run is read once, when it is looked; what was read goes when the run is erased. Thread-safe. */
@ApplicationScoped
class Readings {
    private final Rows rows;
    private final Journal journal;
    private final DecaySeries series;

    Readings(AgroalDataSource database, Journal journal, DecaySeries series) {
        rows = new Rows(database);
        this.journal = journal;
        this.series = series;
    }

    /** Runs of a task, begun since then, that were not read; at most {@code most}. */
    @Transactional
    List<UUID> unread(Task<?, ?> task, Instant since, int most) {
        return rows.query(
                "select r.id from run r where r.task = ? and r.started_at >= ?"
                        + " and not exists (select from decay_reading d where d.run = r.id) order by r.id limit ?",
                row -> row.getObject(1, UUID.class),
                task.id().toString(),
                since.atOffset(ZoneOffset.UTC),
                most);
    }

    /** Reads a run. One that was erased meanwhile is passed over. */
    @Transactional
    void read(Task<?, ?> task, UUID id) {
        journal.find(id).ifPresent(run -> insert(run, signals(task, run)));
    }

    private List<Signal> signals(Task<?, ?> task, RunRecord run) {
        if (!RunSignals.needFiles(task, run)) {
            return RunSignals.of(task, run, List.of());
        }
        try {
            Path folder = Files.createTempDirectory("baigong-decay");
            try {
                return RunSignals.of(task, run, JournalledRun.files(run, journal, folder));
            } finally {
                WorkFolders.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void insert(RunRecord run, List<Signal> signals) {
        List<ModelVersion> models = Series.sorted(run.models());
        String id = Series.id(models);
        series.begin(run, id, models);
        series.begin(run, Series.ALL, List.of());
        var confidence = run.ending() instanceof RunRecord.Answered answered ? answered.confidence() : null;
        rows.update(
                "insert into decay_reading (run, tenant, task, series, status, confidence, signals, started_at)"
                        + " values (?, ?, ?, ?, ?, ?::double precision, ?::jsonb, ?) on conflict do nothing",
                run.id(),
                run.caller().tenant(),
                run.task(),
                id,
                run.ending().status().name(),
                confidence,
                SignalJson.write(signals),
                run.startedAt().atOffset(ZoneOffset.UTC));
    }

    /** Runs of a series in {@code [from, to)}, a sample of at most {@code most}. */
    @Transactional
    List<Reading> of(Series series, Instant from, Instant to, int most) {
        return rows.query(
                "select status, confidence, signals from decay_reading where tenant = ? and task = ? and ? in ('', series)"
                        + " and started_at >= ? and started_at < ? order by md5(run::text) limit ?",
                Readings::reading,
                series.tenant(),
                series.task(),
                series.id(),
                from.atOffset(ZoneOffset.UTC),
                to.atOffset(ZoneOffset.UTC),
                most);
    }

    private static Reading reading(ResultSet row) throws SQLException {
        double confidence = row.getDouble(2);
        boolean answered = !row.wasNull();
        return new Reading(
                RunStatus.valueOf(row.getString(1)), answered ? confidence : null, SignalJson.read(row.getString(3)));
    }

    /** When people first judged a run of a series. */
    @Transactional
    Optional<Instant> firstJudged(Series series) {
        return rows
                .query(
                        "select min(d.decided_at) from decision d join decay_reading r on r.run = d.run_id"
                                + " where r.tenant = ? and r.task = ? and ? in ('', r.series) and r.confidence is not null"
                                + " having min(d.decided_at) is not null",
                        row -> row.getObject(1, OffsetDateTime.class).toInstant(),
                        series.tenant(),
                        series.task(),
                        series.id())
                .stream()
                .findFirst();
    }

    /** Answers of a series of which people said the last in {@code [from, to)}, a sample of at most {@code most}. */
    @Transactional
    List<Judged> judged(Series series, Instant from, Instant to, int most) {
        return rows.query(
                "select r.confidence, bool_and(l.verdict = 'ACCEPTED') from ("
                        + "select distinct on (d.run_id, d.subject) d.run_id, d.verdict, d.decided_at from decision d"
                        + " where d.run_id in (select run_id from decision where decided_at >= ? and decided_at < ?)"
                        + " order by d.run_id, d.subject, d.id desc) l"
                        + " join decay_reading r on r.run = l.run_id"
                        + " where r.tenant = ? and r.task = ? and ? in ('', r.series) and r.confidence is not null"
                        + " group by r.run, r.confidence having max(l.decided_at) >= ? and max(l.decided_at) < ?"
                        + " order by md5(r.run::text) limit ?",
                row -> new Judged(row.getDouble(1), row.getBoolean(2)),
                from.atOffset(ZoneOffset.UTC),
                to.atOffset(ZoneOffset.UTC),
                series.tenant(),
                series.task(),
                series.id(),
                from.atOffset(ZoneOffset.UTC),
                to.atOffset(ZoneOffset.UTC),
                most);
    }
}
