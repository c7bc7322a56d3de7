package io.baigong.host.telemetry;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.baigong.host.run.GivenFile;
import io.baigong.host.run.PlatformJson;
import io.baigong.host.run.RunRequest;
import io.baigong.host.run.TaskRunner;
import io.baigong.host.run.WorkFolders;
import io.baigong.journal.Actor;
import io.baigong.journal.Journal;
import io.baigong.journal.RunRecord;
import io.baigong.journal.Tenancy;
import io.baigong.spi.Feed;
import io.baigong.spi.Feed.Reading;
import io.baigong.spi.Task;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Runs a line's task over what is known, writes the run down, and follows its alarms. */
final class LineRun<I extends Record, O extends Record> {
    private static final System.Logger LOG = System.getLogger(LineRun.class.getName());

    /** Runs that somebody waits for go first, for so long. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final String name;
    private final TelemetryConfig.Line line;
    private final Task<I, O> task;
    private final Feed<I, O> feed;
    private final TaskRunner runner;
    private final Journal journal;
    private final Alarms alarms;

    LineRun(
            String name,
            TelemetryConfig.Line line,
            Task<I, O> task,
            Feed<I, O> feed,
            TaskRunner runner,
            Journal journal,
            Alarms alarms) {
        this.name = name;
        this.line = line;
        this.task = task;
        this.feed = feed;
        this.runner = runner;
        this.journal = journal;
        this.alarms = alarms;
    }

    /** Scores, and tells how the run ended. */
    RunRecord run(List<Reading> readings, Instant asOf) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("baigong-telemetry");
        try {
            var request = request(feed.given(readings, line.units(), asOf), folder);
            Tenancy tenancy = Tenancy.of(line.tenant());
            Journal.Unwritten ended = runner.runUnattended(request, PATIENCE);
            tenancy.run(() -> {
                journal.append(ended.run(), ended.contents());
                follow(ended.run(), heardOf(readings, asOf), asOf);
            });
            return ended.run();
        } finally {
            WorkFolders.delete(folder);
        }
    }

    private RunRequest request(Feed.Given given, Path folder) throws IOException {
        var files = new ArrayList<GivenFile>();
        for (var each : given.files().entrySet()) {
            Path file = Files.write(Files.createTempFile(folder, "given", null), each.getValue());
            files.add(new GivenFile(each.getKey(), each.getKey() + ".csv.gz", file));
        }
        for (var each : line.inputs().entrySet()) {
            Path copy = Files.copy(each.getValue(), folder.resolve("input-" + files.size()));
            files.add(
                    new GivenFile(each.getKey(), String.valueOf(each.getValue().getFileName()), copy));
        }
        Map<String, String> fields = new HashMap<>(line.fields());
        fields.putAll(given.fields());
        return new RunRequest(task, files, fields, new Actor(line.tenant(), "baigong:telemetry"), OptionalLong.empty());
    }

    /** Machines that sent anything of late: the alarms of others can't end. */
    private static Set<String> heardOf(List<Reading> readings, Instant asOf) {
        Instant since = asOf.minus(TelemetryBuffer.FULL);
        var sources = new HashSet<String>();
        for (Reading reading : readings) {
            if (reading.time().isAfter(since)) {
                sources.add(reading.source());
            }
        }
        return sources;
    }

    private void follow(RunRecord run, Set<String> sources, Instant asOf) {
        String output = run.output();
        if (output == null) {
            LOG.log(Level.WARNING, "telemetry of " + name + ": run " + run.id() + " has no answer: " + run.ending());
            return;
        }
        try {
            O answer = PlatformJson.mapper().readValue(output, task.outputType());
            alarms.follow(
                    new Alarms.Told(line.tenant(), task.id().toString(), name, run.id(), sources, asOf),
                    feed.alarms(answer));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
