package io.baigong.host.batch;

import io.baigong.host.access.Roles;
import io.baigong.host.account.Delegations;
import io.baigong.host.batch.SourceFolder.Entry;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.run.Digests;
import io.baigong.host.run.GivenFile;
import io.baigong.host.run.InvalidInput;
import io.baigong.journal.Occasion;
import io.baigong.journal.Tenancy;
import io.baigong.spi.Task;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes batches of the files of watched folders. A file counts as complete when it has not changed for a while. Each becomes one batch,
 * however often the suite is killed and however many of its instances watch: its digest is remembered in the transaction that makes
 * the batch.
 */
@ApplicationScoped
class SourceWatcher {
    private static final System.Logger LOG = System.getLogger(SourceWatcher.class.getName());
    private static final long MOST_BYTES = 4L << 30;

    private final BatchSources sources;
    private final Batches batches;
    private final BatchWorkers workers;
    private final Catalogue catalogue;
    private final Delegations delegations;
    private final BatchConfig config;

    /** Per source and name: how a file stood, and since when. Of the watching thread only. */
    private Map<String, Standing> standing = Map.of();

    private @Nullable Thread thread;

    SourceWatcher(
            BatchSources sources,
            Batches batches,
            BatchWorkers workers,
            Catalogue catalogue,
            Delegations delegations,
            BatchConfig config) {
        this.sources = sources;
        this.batches = batches;
        this.workers = workers;
        this.catalogue = catalogue;
        this.delegations = delegations;
        this.config = config;
    }

    private record Standing(Entry entry, long since, boolean taken) {}

    void start(@Observes StartupEvent started) {
        if (config.folders().isPresent()) {
            thread = Thread.ofPlatform().name("batch-sources").daemon().start(this::watch);
        }
    }

    void stop(@Observes ShutdownEvent stopped) {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                var now = new HashMap<String, Standing>();
                for (BatchSource source : Tenancy.platform().call(sources::list)) {
                    Tenancy.of(source.createdBy().tenant()).run(() -> look(source, now));
                }
                standing = now;
                Thread.sleep(config.settle().dividedBy(2));
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "watched folders are looked at again in a moment: " + e);
                try {
                    Thread.sleep(config.settle());
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        }
    }

    private void look(BatchSource source, Map<String, Standing> now) {
        if (source.stopped() != null) {
            return;
        }
        Optional<String> ended = delegations.ended(source.createdBy(), Roles.OPERATOR, source.task());
        if (ended.isPresent()) {
            sources.stop(source, ended.get());
            return;
        }
        try (var folder = new SourceFolder(
                config.folders().orElseThrow(), source.createdBy().tenant(), source.folder())) {
            for (Entry entry : folder.files()) {
                String key = source.id() + "/" + entry.name();
                Standing before = standing.get(key);
                if (before == null || !before.entry().equals(entry)) {
                    now.put(key, new Standing(entry, System.nanoTime(), false));
                } else if (before.taken()
                        || System.nanoTime() - before.since() < config.settle().toNanos()) {
                    now.put(key, before);
                } else {
                    now.put(key, before);
                    take(source, folder, entry);
                    now.put(key, new Standing(entry, before.since(), true));
                }
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the watched folder " + source.folder() + " can't be read: " + e);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the watched folder " + source.folder() + " is looked at again in a moment: " + e);
        }
    }

    /** A file that can't be read waits until it changes. */
    private void take(BatchSource source, SourceFolder folder, Entry entry) throws IOException {
        if (entry.size() > MOST_BYTES) {
            LOG.log(
                    Level.WARNING,
                    entry.name() + " of " + source.folder() + " is larger than 4 GiB and left where it is");
            return;
        }
        Path copy = Files.createTempFile("baigong-records", null);
        try {
            folder.copy(entry.name(), copy);
            take(source, entry.name(), copy);
        } catch (AccessDeniedException | NoSuchFileException e) {
            LOG.log(Level.WARNING, entry.name() + " of " + source.folder() + " can't be read: " + e);
        } finally {
            Files.delete(copy);
        }
    }

    private void take(BatchSource source, String name, Path copy) throws IOException {
        Task<?, ?> task = catalogue
                .find(source.task())
                .orElseThrow(() -> new IllegalStateException("there is no task " + source.task()));
        String sha256 = Digests.ofFile(copy);
        if (sources.knows(source.id(), sha256)) {
            return;
        }
        var wanted = new NewBatch(
                task,
                name,
                new BatchOrigin.Files(List.of(new GivenFile("records", name, copy))),
                List.of(),
                source.fields(),
                source.createdBy(),
                new Occasion(null, null));
        try {
            batches.create(
                    wanted,
                    (connection, batch) -> BatchSources.remember(connection, source, sha256, name, batch, null));
            workers.wake();
        } catch (InvalidInput e) {
            sources.refuse(source, sha256, name, e.detail() + ". " + e.remedy());
        }
    }
}
