package io.baigong.host.training;

import io.agroal.api.AgroalDataSource;
import io.baigong.host.catalogue.DataDigest;
import io.baigong.host.run.BackgroundWorkers;
import io.baigong.host.run.WorkFolders;
import io.baigong.host.training.TrainingData.UnreadableData;
import io.baigong.journal.Tenancy;
import io.baigong.journal.WithoutWords;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs the trainings that wait. A worker holds a training by an advisory lock of PostgreSQL on a connection of its own, which goes with
 * the process: what it ran is begun again by another instance, or by the next start.
 */
@ApplicationScoped
public class TrainingWorkers {
    private static final System.Logger LOG = System.getLogger(TrainingWorkers.class.getName());
    private static final Duration SHUTDOWN = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 3;

    /** Statuses from here on are of processes that a signal ended. */
    private static final int SIGNALLED = 128;

    private final AgroalDataSource database;
    private final TrainingJobs jobs;
    private final TrainingFiles files;
    private final TrainingCheckpoints checkpoints;
    private final TrainedVersions versions;
    private final TrainingConfig config;
    private final BackgroundWorkers workers = new BackgroundWorkers("trainings");
    private final Set<TrainingProcess> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private volatile @Nullable WorkFolders folders;

    TrainingWorkers(
            AgroalDataSource database,
            TrainingJobs jobs,
            TrainingFiles files,
            TrainingCheckpoints checkpoints,
            TrainedVersions versions,
            TrainingConfig config) {
        this.database = database;
        this.jobs = jobs;
        this.files = files;
        this.checkpoints = checkpoints;
        this.versions = versions;
        this.config = config;
    }

    void start(@Observes StartupEvent started) throws IOException {
        if (config.workers() == 0) {
            return;
        }
        var own = new WorkFolders(Path.of(System.getProperty("java.io.tmpdir")), "baigong-training");
        folders = own;
        Tenancy.platform().run(this::forgetOver);
        workers.start(config.workers(), () -> () -> serveNext(own));
    }

    void stop(@Observes ShutdownEvent stopped) throws InterruptedException, IOException {
        closed = true;
        running.forEach(TrainingProcess::end);
        workers.stop(SHUTDOWN);
        if (folders != null) {
            folders.close();
        }
    }

    /** What those left that ended while nobody ran them. */
    private void forgetOver() {
        try {
            checkpoints.forgetAll(jobs::isOver);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "checkpoints of trainings that are over could not be deleted", WithoutWords.of(e));
        }
    }

    /** Has the workers look at once. */
    public void wake() {
        workers.wake();
    }

    /** Runs the first training that nobody runs; false if there is none. */
    private boolean serveNext(WorkFolders folders) throws SQLException, IOException, InterruptedException {
        List<TrainingJob> waiting = jobs.waiting();
        if (waiting.isEmpty()) {
            return false;
        }
        try (Connection locks = database.getConnection()) {
            for (TrainingJob job : waiting) {
                if (lock(locks, job.id())) {
                    try {
                        var begun = jobs.begin(job.id());
                        if (begun.isPresent()) {
                            serve(begun.get(), folders);
                            return true;
                        }
                    } finally {
                        free(locks);
                    }
                }
            }
        }
        return false;
    }

    private static boolean lock(Connection locks, UUID job) throws SQLException {
        try (var lock = locks.prepareStatement("select pg_try_advisory_lock(hashtextextended(?, 19))")) {
            lock.setString(1, job.toString());
            try (var row = lock.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static void free(Connection locks) throws SQLException {
        try (var unlock = locks.createStatement()) {
            unlock.execute("select pg_advisory_unlock_all()");
        }
    }

    private void serve(TrainingJob job, WorkFolders folders) throws IOException, InterruptedException {
        if (job.attempts() > ATTEMPTS) {
            jobs.fail(
                    job,
                    "its process was ended " + ATTEMPTS + " times by something else than itself, or with the suite");
            checkpoints.forget(job.id());
            return;
        }
        Path folder = folders.create();
        try {
            learn(job, folder);
        } catch (UnreadableData e) {
            jobs.fail(job, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            jobs.putBack(job);
            throw e;
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "training " + job.id() + " failed", WithoutWords.of(e));
            jobs.fail(job, "it could not be run; the log of the suite says more");
        } finally {
            WorkFolders.delete(folder);
            if (jobs.isOver(job.id())) {
                checkpoints.forget(job.id());
            }
        }
    }

    private void learn(TrainingJob job, Path folder) throws IOException, InterruptedException, UnreadableData {
        Path data = data(job, folder);
        String sha256 = DataDigest.of(data);
        jobs.read(job, sha256);
        Path out = folder.resolve("out");
        Path words = Files.createFile(folder.resolve("words"));
        try (var process = new TrainingProcess(job, data, out, checkpoints.folder(job.id()), words, config.heap());
                var watch = new TrainingWatch(jobs, checkpoints, job, process::end)) {
            int status = follow(process, watch);
            if (!watch.tell()) {
                return; // cancelled
            }
            if (status > SIGNALLED) {
                jobs.putBackAfter(job, "signal " + (status - SIGNALLED));
                return;
            }
            if (status != 0) {
                jobs.fail(job, process.lastWords());
                return;
            }
        }
        jobs.succeed(job, versions.register(job, sha256, out));
    }

    private int follow(TrainingProcess process, TrainingWatch watch) throws IOException, InterruptedException {
        running.add(process);
        try {
            int status = closed ? -1 : process.follow(watch::told);
            if (Thread.interrupted() || closed) {
                throw new InterruptedException("the suite stops");
            }
            return status;
        } finally {
            running.remove(process);
        }
    }

    private Path data(TrainingJob job, Path folder) throws IOException, UnreadableData {
        UUID file = job.file();
        if (file == null) {
            Path data = config.data().get(job.recipe());
            if (data == null || !Files.exists(data)) {
                throw new UnreadableData("there is nothing at baigong.training.data.\"" + job.recipe() + "\" any more");
            }
            return data.toAbsolutePath();
        }
        String name = files.find(file).orElseThrow().name();
        return TrainingData.in(folder, files.path(file), name);
    }
}
