package io.baigong.host.webhook;

import io.baigong.registry.history.RegistryEntry;
import io.baigong.registry.history.RegistryReaders;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells programs elsewhere what happens to models: each event once it is committed, those of a role in their order, again until it is
 * taken. What a program does not take for three days is passed over.
 */
@ApplicationScoped
public class Webhooks {
    private static final long LOOK_EVERY_MILLIS = 1_000;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final Duration PASSED_OVER_AFTER = Duration.ofDays(3);

    private static final System.Logger LOG = System.getLogger(Webhooks.class.getName());

    private final WebhookConfig config;
    private final RegistryReaders readers;
    /** A thread each, so that none waits for another's. */
    private final ScheduledExecutorService telling;

    Webhooks(WebhookConfig config, RegistryReaders readers) {
        this.config = config;
        this.readers = readers;
        this.telling = Executors.newScheduledThreadPool(
                Math.max(1, config.targets().size()),
                Thread.ofPlatform().daemon().name("webhook-", 0).factory());
    }

    /** Throws {@link IllegalArgumentException} for settings that can't be used. */
    void start(@Observes StartupEvent started) {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        config.targets().forEach((name, target) -> {
            var line = new Line(name, new Webhook(client, name, target));
            var _ = telling.scheduleWithFixedDelay(line::tell, 0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        });
    }

    void stop(@Observes ShutdownEvent stopped) {
        telling.shutdownNow();
    }

    /** What goes to one program; used by one thread at a time. */
    private final class Line {
        private final String name;
        private final Webhook webhook;
        private int failures;
        private Instant notBefore = Instant.MIN;

        private Line(String name, Webhook webhook) {
            this.name = name;
            this.webhook = webhook;
        }

        private void tell() {
            try {
                while (!Instant.now().isBefore(notBefore) && readers.tellNext(name, this::told)) {
                    failures = 0;
                }
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "webhook " + name + " is told later: " + e);
            }
        }

        /** Whether it took the event, wants none of its kind, or did not take it for too long. */
        private boolean told(RegistryEntry entry) {
            if (!webhook.wants(entry)) {
                return true;
            }
            try {
                webhook.tell(entry);
                return true;
            } catch (IOException e) {
                return failed(entry, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        private boolean failed(RegistryEntry entry, IOException why) {
            failures++;
            boolean over = failures > 5 && entry.at().plus(PASSED_OVER_AFTER).isBefore(Instant.now());
            Duration wait = Duration.ofSeconds(1L << Math.min(failures, 10));
            notBefore = Instant.now().plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "webhook " + name + " did not take " + entry.event().type() + " of " + entry.role() + " ("
                            + entry.id() + "): " + why.getMessage()
                            + (over ? "; it is passed over" : "; it is told again"));
            return over;
        }
    }
}
