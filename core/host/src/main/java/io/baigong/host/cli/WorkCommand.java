package io.baigong.host.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.host.batch.RecordRunner;
import io.baigong.host.batch.RecordRunner.Chunk;
import io.baigong.host.batch.RecordRunner.Placed;
import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.run.InvalidInput;
import io.baigong.host.run.PlatformJson;
import io.baigong.host.run.RunJournal;
import io.baigong.host.run.TaskRunner;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code work}. */
@Command(
        name = "work",
        mixinStandardHelpOptions = true,
        description = {
            "Runs records of a remote batch on this machine, for a suite that keeps them.",
            "",
            "Reads a record a line from standard input: its place in the batch, a tab, and a JSON object with components of the task's"
                    + " input. Prints what the suite has kept for each, as JSON Lines, and nothing that it has not. Records that have"
                    + " ended are not run again, so a worker that was killed may be started anew with the same lines.",
            "Credentials: the variable BAIGONG_CREDENTIALS, or --credentials FILE, with NAME:PASSWORD or an access token."
        })
final class WorkCommand implements Callable<Integer> {
    private static final int CHUNK_RECORDS = 32;
    private static final int CHUNK_CHARS = 8 << 20;
    private static final Duration POST_EVERY = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    @Mixin
    private final Platform platform = new Platform();

    @Mixin
    private final SuiteClient suite = new SuiteClient();

    @Option(
            names = "--batch",
            paramLabel = "ID",
            required = true,
            description = "The batch, which must be a remote one.")
    @SuppressWarnings("NullAway.Init")
    private UUID batch;

    @Option(
            names = "--field",
            paramLabel = "NAME=VALUE",
            description = "A value that each record is run with unless it has its own. Repeatable.")
    private Map<String, String> fields = Map.of();

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            defaultValue = "PT10M",
            description = "How long to try again while the suite does not answer; ${DEFAULT-VALUE} unless it is given.")
    @SuppressWarnings("NullAway.Init")
    private Duration patience;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var task = platform.task();
        try (var gateway = platform.gateway(platform.registry());
                var runner = new RecordRunner(
                        task,
                        new TaskRunner(
                                gateway,
                                RunJournal.NONE,
                                platform.runs(),
                                Platform.references(),
                                InstantSource.system()));
                var out = new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8);
                var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), 1 << 16)) {
            for (List<Placed> records = read(in); !records.isEmpty(); records = read(in)) {
                for (JsonNode kept : work(runner, records).values()) {
                    out.write(PlatformJson.mapper().writeValueAsString(kept));
                    out.write('\n');
                }
                out.flush();
            }
        } catch (InvalidInput e) {
            throw new Failure(e.detail() + ". " + e.remedy(), e);
        }
        return CommandLine.ExitCode.OK;
    }

    /** The next records, none after the last. */
    private List<Placed> read(BufferedReader in) throws IOException {
        var records = new ArrayList<Placed>();
        int chars = 0;
        while (records.size() < CHUNK_RECORDS && chars < CHUNK_CHARS) {
            String line = in.readLine();
            if (line == null) {
                break;
            }
            chars += line.length();
            records.add(placed(line));
        }
        return records;
    }

    private Placed placed(String line) {
        int tab = line.indexOf('\t');
        try {
            long position = Long.parseLong(line.substring(0, Math.max(0, tab)));
            if (PlatformJson.mapper().readTree(line.substring(tab + 1)) instanceof ObjectNode record) {
                fields.forEach((name, value) -> {
                    if (!record.hasNonNull(name)) {
                        record.put(name, value);
                    }
                });
                return new Placed(position, record);
            }
        } catch (NumberFormatException | JsonProcessingException e) {
            // said below
        }
        throw new Failure("a line is no record: "
                + Words.fit(Words.line(line), 80).strip() + ". A line is a number, a tab and a JSON object");
    }

    /** Brings records to their end; returns what the suite has kept, by place. */
    private Map<Long, JsonNode> work(RecordRunner runner, List<Placed> records)
            throws IOException, InvalidInput, InterruptedException {
        var kept = new TreeMap<Long, JsonNode>();
        try (Chunk chunk = runner.chunk(records)) {
            var places = new HashMap<Long, Integer>();
            for (int i = 0; i < records.size(); i++) {
                places.put(records.get(i).position(), i);
            }
            while (kept.size() < places.size()) {
                JsonNode answer = post("taken", wanted(chunk, kept));
                keep(answer.path("ended"), kept);
                JsonNode taken = answer.path("taken");
                if (!taken.isEmpty()) {
                    run(chunk, taken, places, kept);
                } else if (kept.size() < places.size()) {
                    await(answer.path("state").asText());
                }
            }
        }
        return kept;
    }

    private static ArrayNode wanted(Chunk chunk, Map<Long, JsonNode> kept) {
        ArrayNode wanted = PlatformJson.mapper().createArrayNode();
        for (int i = 0; i < chunk.records().size(); i++) {
            long position = chunk.records().get(i).position();
            if (!kept.containsKey(position)) {
                wanted.addObject().put("position", position).put("inputSha256", chunk.inputSha256(i));
            }
        }
        return wanted;
    }

    private void run(Chunk chunk, JsonNode taken, Map<Long, Integer> places, Map<Long, JsonNode> kept)
            throws IOException, InterruptedException {
        ArrayNode made = PlatformJson.mapper().createArrayNode();
        long posted = System.nanoTime();
        for (JsonNode position : taken) {
            Integer place = places.get(position.longValue());
            if (place == null) {
                throw new Failure("the suite gave out a record that nobody asked for");
            }
            ObjectNode item = made.addObject().put("position", position.longValue());
            item.set("record", chunk.records().get(place).record());
            item.set("run", chunk.run(place));
            if (System.nanoTime() - posted > POST_EVERY.toNanos()) {
                keep(post("runs", made), kept);
                made.removeAll();
                posted = System.nanoTime();
            }
        }
        if (!made.isEmpty()) {
            keep(post("runs", made), kept);
        }
    }

    private static void keep(JsonNode ended, Map<Long, JsonNode> kept) {
        for (JsonNode one : ended) {
            kept.put(one.path("position").longValue(), one);
        }
    }

    private void await(String state) throws InterruptedException {
        switch (state) {
            case "RUNNING", "PAUSED" -> Thread.sleep(PAUSE);
            default ->
                throw new Failure(
                        "the batch is " + state.toLowerCase(Locale.ROOT) + ": no record of it is run any more");
        }
    }

    /** Asks again while the suite does not answer: each call may be made twice. */
    private JsonNode post(String what, JsonNode body) throws IOException, InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return suite.post("/api/v1/remote-batches/" + batch + "/" + what, body);
            } catch (SuiteClient.Unreachable | IOException e) {
                if (System.nanoTime() > until) {
                    throw e;
                }
                spec.commandLine().getErr().println("baigong: " + e.getMessage() + "; trying again");
                Thread.sleep(PAUSE);
            }
        }
    }
}
