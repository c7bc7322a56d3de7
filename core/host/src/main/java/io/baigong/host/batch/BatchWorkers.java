package io.baigong.host.batch;

import io.agroal.api.AgroalDataSource;
import io.baigong.host.batch.BatchQueue.Done;
import io.baigong.host.batch.BatchQueue.Waiting;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.run.BackgroundWorkers;
import io.baigong.host.run.GivenFile;
import io.baigong.host.run.RunRequest;
import io.baigong.host.run.TaskRunner;
import io.baigong.host.run.WorkFolders;
import io.baigong.journal.Journal;
import io.baigong.journal.WithoutWords;
import io.baigong.journal.audit.AuditUnavailable;
import io.baigong.spi.Task;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs what waits in batches: each worker a chunk at a time, batches in turn. After a crash, records of the chunks that were at work
 * and were not yet written down are run again; no other.
 */
@ApplicationScoped
public class BatchWorkers {
    private static final System.Logger LOG = System.getLogger(BatchWorkers.class.getName());
    private static final Duration SHUTDOWN = Duration.ofSeconds(5);

    private final AgroalDataSource database;
    private final BatchQueue queue;
    private final Catalogue catalogue;
    private final TaskRunner runner;
    private final BatchConfig config;
    private final BackgroundWorkers workers = new BackgroundWorkers("batches");
    private volatile @Nullable WorkFolders folders;

    BatchWorkers(
            AgroalDataSource database, Journal journal, Catalogue catalogue, TaskRunner runner, BatchConfig config) {
        this.database = database;
        this.queue = new BatchQueue(database, journal);
        this.catalogue = catalogue;
        this.runner = runner;
        this.config = config;
    }

    void start(@Observes StartupEvent started) {
        if (config.workers() > 0) {
            folders = folders();
        }
        workers.start(config.workers(), this::inTurn);
    }

    /** Chunks of batches that wait, of one batch after another. */
    private BackgroundWorkers.Search inTurn() {
        var last = new AtomicReference<>(new UUID(0, 0));
        return () -> {
            Optional<UUID> served = serveNext(last.get());
            served.ifPresent(last::set);
            return served.isPresent();
        };
    }

    private static WorkFolders folders() {
        try {
            return new WorkFolders(Path.of(System.getProperty("java.io.tmpdir")), "baigong-batch");
        } catch (IOException e) {
            throw new UncheckedIOException("batches need a folder for temporary files: java.io.tmpdir", e);
        }
    }

    void stop(@Observes ShutdownEvent stopped) throws InterruptedException, IOException {
        workers.stop(SHUTDOWN);
        if (folders != null) {
            folders.close();
        }
    }

    /** Has the workers look at once. */
    public void wake() {
        workers.wake();
    }

    /** Works off one chunk: of the batch after the last one if there is one that waits, else of the first. */
    private Optional<UUID> serveNext(UUID last) throws SQLException, IOException, InterruptedException {
        List<Batch> running = queue.running();
        if (running.isEmpty()) {
            return Optional.empty();
        }
        var inTurn = new ArrayList<Batch>();
        running.stream().filter(batch -> batch.id().compareTo(last) > 0).forEach(inTurn::add);
        running.stream().filter(batch -> batch.id().compareTo(last) <= 0).forEach(inTurn::add);
        try (Connection locks = database.getConnection()) {
            try {
                for (Batch batch : inTurn) {
                    Optional<Long> chunk = queue.lock(locks, batch.id());
                    if (chunk.isPresent()) {
                        serve(batch, chunk.get());
                        return Optional.of(batch.id());
                    }
                }
            } finally {
                BatchQueue.free(locks);
            }
        }
        return Optional.empty();
    }

    private void serve(Batch batch, long chunk) throws IOException, InterruptedException {
        List<Waiting> taken = queue.take(batch.id(), chunk);
        try {
            Path folder =
                    Objects.requireNonNull(folders, "workers have folders").create();
            try {
                run(batch, taken, folder);
            } finally {
                WorkFolders.delete(folder);
            }
        } finally {
            queue.putBack(batch.id(), taken);
        }
    }

    /** Runs the records until the batch does not run any more. */
    private void run(Batch batch, List<Waiting> records, Path folder) throws IOException, InterruptedException {
        Task<?, ?> task = catalogue
                .find(batch.task())
                .orElseThrow(() -> new IllegalStateException("there is no task " + batch.task()));
        List<GivenFile> shared =
                queue.files(batch.id(), BatchInsert.SHARED, folder).orElse(List.of());
        List<Done> done = new ArrayList<>();
        long written = System.nanoTime();
        for (Waiting record : records) {
            if (record.isHopeless()) {
                queue.giveUp(record);
                continue;
            }
            Optional<List<GivenFile>> own = queue.files(batch.id(), record.position(), folder);
            if (own.isEmpty()) {
                break;
            }
            var request = new RunRequest(
                    task,
                    joined(own.get(), shared),
                    record.fields(),
                    batch.createdBy(),
                    OptionalLong.empty(),
                    batch.ofRuns());
            done.add(new Done(record, runner.runUnattended(request, config.patience())));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (System.nanoTime() - written > config.commitEvery().toNanos()) {
                end(batch.id(), done);
                done.clear();
                written = System.nanoTime();
            }
        }
        if (!done.isEmpty()) {
            end(batch.id(), done);
        }
    }

    /** A record's own files, and those that all share where it has none of its own. */
    private static List<GivenFile> joined(List<GivenFile> own, List<GivenFile> shared) {
        var files = new ArrayList<>(own);
        shared.stream()
                .filter(file -> own.stream().noneMatch(one -> one.component().equals(file.component())))
                .forEach(files::add);
        return files;
    }

    private static final BatchFailure UNKEPT = new BatchFailure(
            "fault",
            "the run of this record can't be kept",
            "Report it with the record; the log of the suite says more.");

    /** Writes down what is done; where that fails for one record, the others are kept. */
    private void end(UUID batch, List<Done> done) {
        try {
            queue.end(batch, done);
            return;
        } catch (AuditUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            if (!isOfData(e)) {
                throw e;
            }
            LOG.log(Level.WARNING, "records of batch " + batch + " are written down one by one", WithoutWords.of(e));
        }
        for (Done one : done) {
            try {
                queue.end(batch, List.of(one));
            } catch (AuditUnavailable e) {
                throw e;
            } catch (RuntimeException e) {
                if (!isOfData(e)) {
                    throw e;
                }
                LOG.log(
                        Level.ERROR,
                        "record " + one.record().position() + " of batch " + batch + " can't be kept",
                        WithoutWords.of(e));
                queue.giveUp(one.record(), UNKEPT);
            }
        }
    }

    /** Whether the data are at fault, and not the database or the way to it: SQLSTATE classes 22, 23 and 54. */
    private static boolean isOfData(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                String state = sql.getSQLState();
                return state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
            }
        }
        return false;
    }
}
