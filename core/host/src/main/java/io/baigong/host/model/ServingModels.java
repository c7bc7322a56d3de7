package io.baigong.host.model;

import io.baigong.registry.ModelShares;
import io.baigong.registry.Registry;
import io.baigong.registry.history.ModelHistories;
import io.baigong.registry.history.ModelHistory;
import io.baigong.spi.ModelRole;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.HashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Keeps the roles pointed at what was promoted, by whichever replica of the suite. */
@ApplicationScoped
public class ServingModels {
    private static final long LOOK_EVERY_MILLIS = 500;

    private static final System.Logger LOG = System.getLogger(ServingModels.class.getName());

    private final Registry registry;
    private final ModelHistories histories;
    private final Artifacts artifacts;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("promotions").factory());
    private long seen;

    ServingModels(Registry registry, ModelHistories histories, Artifacts artifacts) {
        this.registry = registry;
        this.histories = histories;
        this.artifacts = artifacts;
    }

    /** Before models are opened, so that none is opened in vain. */
    void start(@Observes @Priority(Interceptor.Priority.APPLICATION) StartupEvent started) {
        look();
        var _ = looking.scheduleWithFixedDelay(
                this::tryToLook, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent stopped) {
        looking.shutdownNow();
    }

    private void tryToLook() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "promotions can't be read, what serves goes on serving: " + e);
        }
    }

    /** Points the roles at what serves now. */
    synchronized void look() {
        long last = histories.last();
        if (last == seen) {
            return;
        }
        var promoted = new HashMap<String, ModelShares>();
        var known = registry.roles().stream().map(ModelRole::name).collect(Collectors.toSet());
        histories.serving().forEach((role, history) -> {
            if (known.contains(role)) {
                promoted.put(role, shares(role, history));
            }
        });
        registry.promote(promoted);
        seen = last;
    }

    private ModelShares shares(String role, ModelHistory history) {
        return new ModelShares(history.shares().stream()
                .map(share -> new ModelShares.Part(
                        share.number() == ModelHistory.SHIPPED
                                ? registry.unpromoted(role)
                                : artifacts.location(history.version(share.number())
                                        .registered()
                                        .artifact()),
                        share.percent()))
                .toList());
    }
}
