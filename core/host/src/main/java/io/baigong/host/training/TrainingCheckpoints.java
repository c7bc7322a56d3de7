package io.baigong.host.training;

import io.agroal.api.AgroalDataSource;
import io.baigong.host.database.Rows;
import io.baigong.host.run.WorkFolders;
import io.baigong.host.training.TrainingJob.Resumption;
import io.baigong.journal.Storable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Where trainings stand: their checkpoints lie in a folder each beside the files that people send, what they told of them and of the learning in
 * the database. Thread-safe.
 */
@ApplicationScoped
public class TrainingCheckpoints {
    private final Rows rows;
    private final Path folder;

    TrainingCheckpoints(AgroalDataSource database, TrainingConfig config) {
        rows = new Rows(database);
        folder = config.files().toAbsolutePath().normalize().resolve("checkpoints");
    }

    /** Where a training keeps its own. */
    Path folder(UUID job) throws IOException {
        return Files.createDirectories(folder.resolve(job.toString()));
    }

    /** Deletes those of a training that is over. */
    void forget(UUID job) throws IOException {
        Path own = folder.resolve(job.toString());
        if (Files.exists(own)) {
            WorkFolders.delete(own);
        }
    }

    /** Deletes those of all trainings that are over. */
    void forgetAll(Predicate<UUID> isOver) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var all = Files.newDirectoryStream(folder)) {
            for (Path own : all) {
                if (isOver.test(UUID.fromString(own.getFileName().toString()))) {
                    WorkFolders.delete(own);
                }
            }
        }
    }

    /** Keeps what a training told, in its order: figures, checkpoints, and where it goes on, which forgets the figures after that. */
    @Transactional
    void told(TrainingJob job, List<TrainingLine> lines) {
        String tenant = job.createdBy().tenant();
        for (TrainingLine line : lines) {
            String metric = line.metric();
            TrainingLine.Place kept = line.kept();
            TrainingLine.Place resumed = line.resumed();
            if (metric != null) {
                rows.update(
                        "insert into training_measure (job, tenant, metric, step, value) values (?, ?, ?, ?, ?)",
                        job.id(),
                        tenant,
                        Storable.text(metric),
                        line.step(),
                        line.value());
            } else if (kept != null) {
                rows.update(
                        "insert into training_checkpoint (job, tenant, stage, step, measure) values (?, ?, ?, ?,"
                                + " (select coalesce(max(seq), 0) from training_measure where job = ?))"
                                + " on conflict (job, stage, step) do update set measure = excluded.measure",
                        job.id(),
                        tenant,
                        kept.stage(),
                        kept.step(),
                        job.id());
            } else if (resumed != null) {
                resume(job, resumed);
            }
        }
    }

    private void resume(TrainingJob job, TrainingLine.Place place) {
        rows.update(
                "delete from training_measure where job = ? and seq > (select coalesce(max(measure), 0)"
                        + " from training_checkpoint where job = ? and (stage, step) <= (?, ?))",
                job.id(),
                job.id(),
                place.stage(),
                place.step());
        rows.update(
                "delete from training_checkpoint where job = ? and (stage, step) > (?, ?)",
                job.id(),
                place.stage(),
                place.step());
        if (job.attempts() > 1 || place.stage() > 1 || place.step() > 0) {
            rows.update(
                    "insert into training_resumption (job, tenant, stage, step) values (?, ?, ?, ?)",
                    job.id(),
                    job.createdBy().tenant(),
                    place.stage(),
                    place.step());
        }
    }

    /** Where a training was taken up again before a number of its events, newest first. */
    @Transactional
    public List<Resumption> resumptionsBefore(UUID job, long before, int limit) {
        return rows.query(
                "select seq, at, stage, step from training_resumption where job = ? and seq < ? order by seq desc limit ?",
                row -> new Resumption(
                        row.getLong("seq"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getInt("stage"),
                        row.getLong("step")),
                job,
                before,
                limit);
    }
}
