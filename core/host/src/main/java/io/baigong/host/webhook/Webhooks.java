package io.baigong.host.webhook;

import io.baigong.registry.history.RegistryReaders;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tells programs elsewhere what happens to models. */
@ApplicationScoped
public class Webhooks {
    private static final long LOOK_EVERY_MILLIS = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Each that waits for a program holds a connection of the database. */
    private static final int THREADS = 4;

    private final WebhookConfig config;
    private final RegistryReaders readers;
    private final ScheduledExecutorService telling = Executors.newScheduledThreadPool(
            THREADS, Thread.ofPlatform().daemon().name("webhook-", 0).factory());

    Webhooks(WebhookConfig config, RegistryReaders readers) {
        this.config = config;
        this.readers = readers;
    }

    /** Throws {@link IllegalArgumentException} for settings that can't be used. */
    void start(@Observes StartupEvent started) {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        config.targets().forEach((name, target) -> {
            var webhook = new Webhook(client, PATIENCE, name, target);
            var line = new WebhookLine(
                    name, webhook::tell, webhook::wants, told -> readers.tellNext(name, told), Clock.systemUTC());
            var _ = telling.scheduleWithFixedDelay(line::look, 0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        });
    }

    void stop(@Observes ShutdownEvent stopped) {
        telling.shutdownNow();
    }
}
