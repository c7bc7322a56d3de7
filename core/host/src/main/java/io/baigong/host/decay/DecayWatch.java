package io.baigong.host.decay;

import io.baigong.host.catalogue.Catalogue;
import io.baigong.journal.Tenancy;
import io.baigong.spi.Task;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks at each series from time to time: reads its new runs, compares the present with the reference, keeps what it found and follows
 * the alerts. Of several instances of the suite one looks.
 */
@ApplicationScoped
public class DecayWatch {
    private static final System.Logger LOG = System.getLogger(DecayWatch.class.getName());
    private static final int READ_AT_ONCE = 200;

    private final Catalogue catalogue;
    private final Readings readings;
    private final DecaySeries series;
    private final DecayMeasures measures;
    private final DecayAlerts alerts;
    private final DecayConfig config;
    private final Looks looks;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("decay").factory());
    private volatile boolean stopped;

    DecayWatch(
            Catalogue catalogue,
            Readings readings,
            DecaySeries series,
            DecayMeasures measures,
            DecayAlerts alerts,
            DecayConfig config,
            Looks looks) {
        this.catalogue = catalogue;
        this.readings = readings;
        this.series = series;
        this.measures = measures;
        this.alerts = alerts;
        this.config = config;
        this.looks = looks;
    }

    void start(@Observes StartupEvent started) {
        var _ = looking.scheduleWithFixedDelay(this::tryToLook, 1, 1, TimeUnit.MINUTES);
    }

    void stop(@Observes ShutdownEvent stop) {
        stopped = true;
        looking.shutdownNow();
    }

    private void tryToLook() {
        try {
            Instant now = Instant.now();
            if (Tenancy.platform().call(() -> looks.begin(now, config.every()))) {
                look(now);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the watch of what serves looks again later: " + e);
        }
    }

    /** Looks now, as of that moment, at all series of all tenants. */
    public synchronized void look(Instant now) {
        Tenancy.platform().run(() -> {
            catalogue.tasks().forEach(task -> read(task, now.minus(config.history())));
            for (Series one : series.all()) {
                if (stopped) {
                    return;
                }
                look(one, now);
            }
            measures.forget(now);
            alerts.count();
        });
    }

    private void read(Task<?, ?> task, Instant since) {
        List<UUID> unread = List.of();
        do {
            unread = readings.unread(task, since, READ_AT_ONCE);
            for (UUID run : unread) {
                if (stopped) {
                    return;
                }
                readings.read(task, run);
            }
        } while (unread.size() == READ_AT_ONCE);
    }

    private void look(Series series, Instant now) {
        List<Measure> found = compare(series, now);
        measures.keep(series, found, now);
        alerts.follow(series, found, now, config);
    }

    private List<Measure> compare(Series series, Instant now) {
        var comparison = new Comparison(config);
        var found = new ArrayList<Measure>();
        Windows.of(series.first(), now, config.reference(), config.window()).ifPresent(windows -> {
            List<Reading> reference = readings.of(series, windows.begin(), windows.end(), config.most());
            List<Reading> current = readings.of(series, windows.from(), windows.to(), config.most());
            if (current.isEmpty()) {
                return; // These versions serve no more.
            }
            found.addAll(
                    series.id().equals(Series.ALL)
                            ? comparison.outcomes(reference, current)
                            : comparison.signals(reference, current));
        });
        if (!series.id().equals(Series.ALL)) {
            readings.firstJudged(series)
                    .flatMap(first -> Windows.of(first, now, config.reference(), config.window()))
                    .ifPresent(windows -> {
                        var reference = readings.judged(series, windows.begin(), windows.end(), config.most());
                        var current = readings.judged(series, windows.from(), windows.to(), config.most());
                        if (!current.isEmpty()) {
                            found.addAll(comparison.judgements(reference, current));
                        }
                    });
        }
        return found;
    }
}
