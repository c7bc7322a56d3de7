package io.baigong.host.model;

import io.baigong.journal.Tenancy;
import io.baigong.registry.history.ModelHistories;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Removes files that no row names: a file is on disk before its row, so a suite that died in between, or an upload that was refused,
 * leaves one. Versions are never removed, so their files are not either.
 */
@ApplicationScoped
public class ArtifactSweep {
    /** As long as a row may take that is on its way. */
    private static final Duration GRACE = Duration.ofDays(1);

    private static final Duration EVERY = Duration.ofHours(6);
    private static final System.Logger LOG = System.getLogger(ArtifactSweep.class.getName());

    private final ModelHistories histories;
    private final Instance<NamedFiles> more;
    private final Artifacts artifacts;
    private final ScheduledExecutorService sweeping = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("artifact-sweep").factory());

    ArtifactSweep(ModelHistories histories, Instance<NamedFiles> more, Artifacts artifacts) {
        this.histories = histories;
        this.more = more;
        this.artifacts = artifacts;
    }

    void start(@Observes StartupEvent started) {
        var _ = sweeping.scheduleWithFixedDelay(
                () -> sweepQuietly(), EVERY.toMinutes(), EVERY.toMinutes(), TimeUnit.MINUTES);
    }

    void stop(@Observes ShutdownEvent stopped) {
        sweeping.shutdownNow();
    }

    private void sweepQuietly() {
        try {
            int removed = sweep(Instant.now().minus(GRACE));
            if (removed > 0) {
                LOG.log(System.Logger.Level.INFO, "removed " + removed + " files that no version and no run names");
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "files that nothing names can't be removed, and stay: " + e);
        }
    }

    /** Removes those that came before; how many it were. */
    public int sweep(Instant before) throws IOException {
        return Tenancy.platform().call(() -> {
            var named = new HashSet<>(histories.files());
            more.forEach(rows -> named.addAll(rows.named()));
            return artifacts.sweep(named, before);
        });
    }
}
