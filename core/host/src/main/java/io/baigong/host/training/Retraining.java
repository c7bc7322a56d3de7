package io.baigong.host.training;

import io.agroal.api.AgroalDataSource;
import io.baigong.host.database.Rows;
import io.baigong.host.run.InvalidInput;
import io.baigong.host.run.JournalledRun;
import io.baigong.host.run.Judgements;
import io.baigong.host.run.WorkFolders;
import io.baigong.host.training.TrainingData.UnreadableData;
import io.baigong.journal.Actor;
import io.baigong.journal.Journal;
import io.baigong.journal.RunRecord;
import io.baigong.journal.SecondReview;
import io.baigong.journal.SecondReviews;
import io.baigong.spi.Corrections;
import io.baigong.spi.Reviewed;
import io.baigong.spi.Task;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** Trainings on what a recipe learned from so far and on the runs that people judged since. Thread-safe. */
@ApplicationScoped
public class Retraining {
    /** Most runs that are added, the newest. */
    private static final int MOST_RUNS = 5_000;

    private final Rows rows;
    private final Journal journal;
    private final SecondReviews reviews;
    private final TrainingFiles files;
    private final TrainingJobs jobs;
    private final TrainingWorkers workers;
    private final TrainingConfig config;

    Retraining(
            AgroalDataSource database,
            Journal journal,
            SecondReviews reviews,
            TrainingFiles files,
            TrainingJobs jobs,
            TrainingWorkers workers,
            TrainingConfig config) {
        rows = new Rows(database);
        this.journal = journal;
        this.reviews = reviews;
        this.files = files;
        this.jobs = jobs;
        this.workers = workers;
        this.config = config;
    }

    /**
     * What somebody wants.
     *
     * @param recipe the only one that can learn from decisions when none is given
     * @param file what was learned from so far; what the operator has for the recipe when none is given
     */
    public record Wanted(@Nullable String recipe, @Nullable UUID file, long seed) {}

    /**
     * A training that waits.
     *
     * @param cases how many judged runs were added
     */
    public record Begun(TrainingJob job, int cases) {}

    /**
     * Makes the data and puts the training into the queue.
     *
     * @throws InvalidInput if there is nothing to learn from, or the task can't learn from decisions
     */
    public Begun begin(Task<?, ?> task, Wanted wanted, Actor by) throws IOException, InvalidInput {
        return beginTyped(task, wanted, by);
    }

    private <I extends Record, O extends Record> Begun beginTyped(Task<I, O> task, Wanted wanted, Actor by)
            throws IOException, InvalidInput {
        Corrections<I, O> corrections = corrections(task, wanted.recipe());
        Path folder = Files.createTempDirectory("baigong-retraining");
        try {
            Path data = data(corrections.recipe(), wanted.file(), folder);
            List<Reviewed<I, O>> cases = reviewed(task, Files.createDirectory(folder.resolve("runs")));
            Path out = Files.createDirectory(folder.resolve("out"));
            int added = cases.isEmpty() ? 0 : corrections.add(data, cases, out);
            if (added == 0) {
                throw new InvalidInput(
                        cases.isEmpty()
                                ? "nobody has judged a run of this task"
                                : "none of the " + cases.size() + " judged runs can be learned from",
                        "Decide on all parts of some runs first: a part that nobody judged is not known to be right.");
            }
            Path zip = folder.resolve("data.zip");
            pack(out, zip);
            TrainingFile file = files.add(zip, corrections.recipe() + "-and-" + added + "-judged-runs.zip", by);
            TrainingJob job =
                    jobs.add(task, new TrainingJobs.Wanted(corrections.recipe(), file.id(), wanted.seed(), 0), by);
            workers.wake();
            return new Begun(job, added);
        } catch (UnreadableData e) {
            throw new InvalidInput(String.valueOf(e.getMessage()), "Send what the recipe learns from.");
        } finally {
            WorkFolders.delete(folder);
        }
    }

    private static <I extends Record, O extends Record> Corrections<I, O> corrections(
            Task<I, O> task, @Nullable String recipe) throws InvalidInput {
        List<String> names =
                task.corrections().stream().map(Corrections::recipe).toList();
        if (names.isEmpty()) {
            throw new InvalidInput(
                    "task " + task.id() + " can't learn from decisions",
                    "Make data of them by hand, and train with POST /api/v1/training/jobs.");
        }
        for (Corrections<I, O> one : task.corrections()) {
            if (recipe == null ? names.size() == 1 : one.recipe().equals(recipe)) {
                return one;
            }
        }
        throw new InvalidInput(
                recipe == null ? "which recipe?" : "no recipe of that name learns from decisions",
                "Send recipe, one of " + String.join(", ", names) + ".");
    }

    private Path data(String recipe, @Nullable UUID file, Path folder)
            throws IOException, InvalidInput, UnreadableData {
        if (file != null) {
            TrainingFile kept = files.find(file)
                    .orElseThrow(() -> new InvalidInput("there is no such file", "See /api/v1/training/files."));
            return TrainingData.in(folder, files.path(file), kept.name());
        }
        Path data = config.data().get(recipe);
        if (data == null || !Files.exists(data)) {
            throw new InvalidInput(
                    "there is nothing that " + recipe + " learned from so far",
                    "Send file, or have the operator set baigong.training.data.\"" + recipe + "\".");
        }
        return data.toAbsolutePath();
    }

    /** Runs on which people decided, without those whose decision a second reviewer disputes. */
    private <I extends Record, O extends Record> List<Reviewed<I, O>> reviewed(Task<I, O> task, Path folder)
            throws IOException {
        var cases = new ArrayList<Reviewed<I, O>>();
        for (UUID id : judged(task)) {
            var run = journal.find(id);
            if (run.isPresent() && !isDisputed(id)) {
                add(task, run.get(), folder, cases);
            }
        }
        return cases;
    }

    private <I extends Record, O extends Record> void add(
            Task<I, O> task, RunRecord run, Path folder, List<Reviewed<I, O>> cases) throws IOException {
        JournalledRun.of(task, run, JournalledRun.files(run, journal, folder))
                .ifPresent(one -> cases.add(new Reviewed<>(
                        run.id().toString(),
                        one.input(),
                        one.output(),
                        Judgements.counting(journal.decisions(run.id())))));
    }

    @Transactional
    List<UUID> judged(Task<?, ?> task) {
        return rows.query(
                "select r.id from run r where r.task = ? and exists (select from decision d where d.run_id = r.id)"
                        + " order by r.id desc limit ?",
                row -> row.getObject(1, UUID.class),
                task.id().toString(),
                MOST_RUNS);
    }

    private boolean isDisputed(UUID run) {
        return reviews.of(run).stream().anyMatch(review -> review.opinion() == SecondReview.Opinion.DISAGREED);
    }

    private static void pack(Path folder, Path zip) throws IOException {
        try (var out = new ZipOutputStream(Files.newOutputStream(zip));
                var content = Files.walk(folder)) {
            for (Path file : content.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
    }
}
