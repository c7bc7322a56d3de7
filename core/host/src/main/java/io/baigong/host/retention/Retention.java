package io.baigong.host.retention;

import io.baigong.journal.Actor;
import io.baigong.journal.Journal;
import io.baigong.journal.Tenancy;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Erases runs that are older than their tenant keeps them (GDPR Art. 5(1)(e), PIPL Art. 19), as a right to erasure does: texts,
 * files and decisions go, the entries of the audit log stay, and one more says that it was done and by which rule.
 */
@ApplicationScoped
public class Retention {
    private static final System.Logger LOG = System.getLogger(Retention.class.getName());
    /** Who the audit log says erased a run; no account can be called so. */
    private static final String NAME = "baigong:retention";

    private static final Duration SHORTEST = Duration.ofDays(1);

    /** How many are looked up at a time. */
    private static final int PAGE = 500;

    private final Journal journal;
    private final RetentionConfig config;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("retention").factory());

    Retention(Journal journal, RetentionConfig config) {
        this.journal = journal;
        this.config = config;
    }

    void start(@Observes StartupEvent started) {
        config.runs().ifPresent(kept -> check("baigong.retention.runs", kept));
        config.tenant().forEach((tenant, kept) -> check("baigong.retention.tenant." + tenant, kept));
        if (config.runs().isPresent() || !config.tenant().isEmpty()) {
            var _ = looking.scheduleWithFixedDelay(this::look, 0, config.every().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** A slip of a unit must not erase a house's work. */
    private static void check(String setting, Duration kept) {
        if (kept.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    setting + " is " + kept + "; runs are kept for a day at least, such as P90D for 90 days");
        }
    }

    void stop(@Observes ShutdownEvent stopped) {
        looking.shutdownNow();
    }

    private void look() {
        try {
            int erased = eraseOld(Instant.now());
            if (erased > 0) {
                LOG.log(Level.INFO, "erased {0} runs that were older than they are kept", erased);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "what is older than it is kept is looked for again later: " + e);
        }
    }

    /**
     * Erases what is too old at that moment.
     *
     * @return how many runs
     */
    public int eraseOld(Instant now) throws InterruptedException {
        int erased = 0;
        for (String tenant : Tenancy.platform().call(() -> journal.tenantsBefore(now))) {
            Optional<Duration> kept = config.of(tenant);
            if (kept.isPresent()) {
                erased += erase(
                        new Actor(tenant, NAME),
                        now.minus(kept.get()),
                        "kept for " + kept.get().toDays() + " days");
            }
        }
        return erased;
    }

    private int erase(Actor by, Instant before, String rule) throws InterruptedException {
        int erased = 0;
        while (true) {
            List<UUID> old = Tenancy.platform().call(() -> journal.startedBefore(before, by.tenant(), PAGE));
            for (UUID run : old) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                erased += journal.erase(run, by, rule) ? 1 : 0;
            }
            if (old.size() < PAGE) {
                return erased;
            }
        }
    }
}
