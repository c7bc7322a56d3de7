package io.baigong.host.telemetry;

import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.run.TaskRunner;
import io.baigong.host.telemetry.LineCounts.What;
import io.baigong.host.telemetry.MqttListener.Heard;
import io.baigong.journal.Journal;
import io.baigong.journal.RunRecord;
import io.baigong.spi.Feed;
import io.baigong.spi.Feed.Reading;
import io.baigong.spi.Task;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The lines of machines that the operator has the suite listen to. */
@ApplicationScoped
public class TelemetryLines {
    private static final System.Logger LOG = System.getLogger(TelemetryLines.class.getName());
    private static final long LOOK_MILLIS = 1000;

    private final TelemetryConfig config;
    private final Catalogue catalogue;
    private final TaskRunner runner;
    private final Journal journal;
    private final Alarms alarms;
    private final MeterRegistry meters;
    private final List<Listening> lines = new ArrayList<>();

    TelemetryLines(
            TelemetryConfig config,
            Catalogue catalogue,
            TaskRunner runner,
            Journal journal,
            Alarms alarms,
            MeterRegistry meters) {
        this.config = config;
        this.catalogue = catalogue;
        this.runner = runner;
        this.journal = journal;
        this.alarms = alarms;
        this.meters = meters;
    }

    /**
     * How a line stands.
     *
     * @param scored the moment of its last run
     * @param ended how that ended; empty for an answer
     * @param counts what became of readings and messages, since the start
     */
    public record Status(
            String name,
            String task,
            String tenant,
            boolean connected,
            int machines,
            int readings,
            @Nullable Instant scored,
            String ended,
            Map<String, Long> counts) {}

    void start(@Observes StartupEvent started) {
        config.line().forEach((name, line) -> {
            Task<?, ?> task = catalogue
                    .find(line.task())
                    .orElseThrow(() -> new IllegalStateException(
                            "baigong.telemetry.line.%s.task is %s, which there is not".formatted(name, line.task())));
            lines.add(listening(name, line, task));
        });
        lines.forEach(Listening::start);
    }

    private <I extends Record, O extends Record> Listening listening(
            String name, TelemetryConfig.Line line, Task<I, O> task) {
        Feed<I, O> feed = task.feed()
                .orElseThrow(() -> new IllegalStateException(
                        "baigong.telemetry.line.%s.task is %s, which no machine feeds".formatted(name, line.task())));
        return new Listening(name, line, feed, new LineRun<>(name, line, task, feed, runner, journal, alarms));
    }

    void stop(@Observes ShutdownEvent stop) {
        lines.forEach(Listening::stop);
    }

    /** All lines, in the order of their names. */
    public List<Status> status() {
        return lines.stream().map(Listening::status).toList();
    }

    /** Has all lines scored as of that moment, soon, though no hour is over. */
    public void score(Instant asOf) {
        lines.forEach(line -> line.asked = asOf);
    }

    /** A line with its connection and its threads: one takes what is heard, one scores. */
    private final class Listening {
        private final String name;
        private final TelemetryConfig.Line config;
        private final MqttListener listener;
        private final TelemetryBuffer buffer;
        private final LineCounts counts;
        private final TelemetryLine line;
        private final KeptReadings kept;
        private final LineRun<?, ?> run;
        private final ExecutorService scoring;
        private final Thread taking;
        private volatile int machines;
        private volatile int readings;
        private volatile @Nullable Instant asked;
        private volatile @Nullable Instant scored;
        private volatile String ended = "";

        Listening(String name, TelemetryConfig.Line config, Feed<?, ?> feed, LineRun<?, ?> run) {
            this.name = name;
            this.config = config;
            this.run = run;
            counts = new LineCounts(name, meters);
            listener = new MqttListener(name, config);
            buffer = new TelemetryBuffer(
                    feed.signals(),
                    config.signals(),
                    new TelemetryBuffer.Limits(feed.history(), config.ahead(), config.readings(), config.machines()));
            kept = new KeptReadings(TelemetryLines.this.config.files(), name);
            line = new TelemetryLine(reader(), buffer, counts, InstantSource.system(), config.grace(), this::score);
            scoring = Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("telemetry-" + name).factory());
            taking = Thread.ofPlatform().daemon().name("telemetry-in-" + name).unstarted(this::take);
        }

        private MessageReader reader() {
            return switch (config.format()) {
                case JSON -> new JsonMessages(config.machineLevel());
                case SPARKPLUG_B ->
                    new SparkplugMessages(command -> {
                        counts.add(What.REBIRTH, 1);
                        listener.send(command, SparkplugMessages.rebirthCommand(Instant.now()));
                    });
            };
        }

        void start() {
            taking.start();
            listener.start();
        }

        private void take() {
            try {
                buffer.restore(kept.read(), Instant.now());
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.WARNING, "telemetry of " + name + " begins anew, what was kept is damaged: " + e);
            }
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    Heard heard = listener.next(LOOK_MILLIS);
                    if (heard != null) {
                        line.hear(heard);
                    }
                    line.tick();
                    Instant moment = asked;
                    if (moment != null) {
                        asked = null;
                        line.scoreAt(moment, Instant.now());
                    }
                    counts.set(What.OVERFLOWED, listener.overflowed());
                    machines = buffer.machines();
                    readings = buffer.readings();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (RuntimeException e) {
                    LOG.log(Level.ERROR, "telemetry of " + name + " goes on after a fault", e);
                }
            }
        }

        private void score(List<Reading> known, Instant asOf) {
            try {
                scoring.execute(() -> {
                    try {
                        kept.write(known);
                        RunRecord record = run.run(known, asOf);
                        ended = record.output() == null ? String.valueOf(record.ending()) : "";
                    } catch (IOException | RuntimeException e) {
                        ended = String.valueOf(e.getMessage());
                        LOG.log(Level.WARNING, "telemetry of " + name + " was not scored as of " + asOf, e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    scored = asOf;
                });
            } catch (RejectedExecutionException e) {
                LOG.log(Level.DEBUG, "telemetry of " + name + " ends", e);
            }
        }

        void stop() {
            listener.close();
            taking.interrupt();
            scoring.shutdownNow();
        }

        Status status() {
            return new Status(
                    name,
                    config.task(),
                    config.tenant(),
                    listener.isConnected(),
                    machines,
                    readings,
                    scored,
                    ended,
                    counts.all());
        }
    }
}
