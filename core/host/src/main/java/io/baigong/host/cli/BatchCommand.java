package io.baigong.host.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.run.PlatformJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code batch}: makes, watches and steers batches of a suite that runs. */
@Command(
        name = "batch",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a task over many records in a suite that is up, and says what became of them.",
            "Credentials: the variable BAIGONG_CREDENTIALS, or --credentials FILE, with NAME:PASSWORD or an access token."
        },
        subcommands = {
            BatchCommand.Create.class,
            BatchCommand.All.class,
            BatchCommand.Show.class,
            BatchCommand.Watch.class,
            BatchCommand.Pause.class,
            BatchCommand.Resume.class,
            BatchCommand.Cancel.class,
            BatchCommand.Rerun.class,
            BatchCommand.Results.class,
            BatchCommand.Report.class
        })
final class BatchCommand implements Callable<Integer> {
    private static final String BATCHES = "/api/v1/batches";

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }

    /** What every verb has. */
    abstract static class Verb implements Callable<Integer> {
        private static final long POLL_MILLIS = 500;

        @Mixin
        final SuiteClient suite = new SuiteClient();

        @Mixin
        private final JsonOption json = new JsonOption();

        @CommandLine.Spec
        @SuppressWarnings("NullAway.Init")
        private CommandLine.Model.CommandSpec spec;

        final PrintWriter out() {
            return spec.commandLine().getOut();
        }

        /** Shows a batch, or writes it where JSON is wanted. */
        final int show(JsonNode batch) throws IOException {
            if (write(batch)) {
                line(batch);
            }
            return CommandLine.ExitCode.OK;
        }

        /** Writes JSON where that is wanted; tells whether the terminal is still free for words. */
        final boolean write(JsonNode answer) throws IOException {
            json.write(() -> answer);
            return !json.takesTerminal();
        }

        final void line(JsonNode batch) {
            out().println(batch.path("id").asText() + "  "
                    + Words.fit(batch.path("state").asText(), 9) + "  " + count(batch) + "  "
                    + Words.line(batch.path("task").asText()) + "  "
                    + Words.line(batch.path("name").asText()));
        }

        private static String count(JsonNode batch) {
            long failed = batch.path("failed").asLong();
            return String.format(
                    Locale.ROOT,
                    "%,d of %,d%s",
                    done(batch),
                    batch.path("total").asLong(),
                    failed == 0 ? "" : String.format(Locale.ROOT, " (%,d failed)", failed));
        }

        private static long done(JsonNode batch) {
            return batch.path("answered").asLong()
                    + batch.path("abstained").asLong()
                    + batch.path("failed").asLong();
        }

        /** Follows it to its end; 0 if no record failed and it was not cancelled. */
        final int watch(String id) throws IOException {
            JsonNode batch = suite.get(address(id));
            try (var progress = new ProgressBar()) {
                while (batch.path("state").asText().equals("RUNNING")
                        || batch.path("state").asText().equals("PAUSED")) {
                    progress.at(
                            (double) done(batch)
                                    / Math.max(1, batch.path("total").asLong()),
                            count(batch) + left(batch));
                    Thread.sleep(POLL_MILLIS);
                    batch = suite.get(address(id));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            show(batch);
            boolean good = batch.path("state").asText().equals("ENDED")
                    && batch.path("failed").asLong() == 0;
            return good ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }

        private static String left(JsonNode batch) {
            if (batch.path("state").asText().equals("PAUSED")) {
                return ", paused";
            }
            if (!batch.hasNonNull("secondsLeft")) {
                return "";
            }
            var left = Duration.ofSeconds(batch.path("secondsLeft").asLong());
            return ", about "
                    + (left.toHours() > 0 ? left.toHours() + " h " : "")
                    + (left.toMinutes() > 0 ? left.toMinutesPart() + " min " : left.toSecondsPart() + " s ") + "left";
        }
    }

    private static String address(String id) {
        return BATCHES + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    /** A verb about one batch. */
    abstract static class OfOne extends Verb {
        @Parameters(index = "0", paramLabel = "BATCH", description = "The batch's id.")
        @SuppressWarnings("NullAway.Init")
        String id;
    }

    /** {@code batch create}. */
    @Command(name = "create", mixinStandardHelpOptions = true, description = "Makes a batch, which runs by itself.")
    static final class Create extends Verb {
        @Parameters(index = "0", paramLabel = "TASK", description = "Such as finance.contract-review.")
        @SuppressWarnings("NullAway.Init")
        private String task;

        @Parameters(
                index = "1..*",
                arity = "0..*",
                paramLabel = "RECORDS",
                description = "JSON Lines, CSV, Parquet, documents, or zips of these; 50 MiB in all.")
        private List<Path> records = new ArrayList<>();

        @ArgGroup(exclusive = false, heading = "Earlier runs of the task instead of files:%n")
        private @Nullable Runs runs;

        @Option(names = "--name", description = "The batch's name; else the first file's.")
        private @Nullable String name;

        @Option(
                names = "--field",
                paramLabel = "NAME=VALUE",
                description = "A component of the input that all records share; @PATH sends a file. Repeatable.")
        private Map<String, String> fields = new LinkedHashMap<>();

        @Option(names = "--purpose", description = "What it is for; kept with each run.")
        private @Nullable String purpose;

        @Option(names = "--watch", description = "Follows it to its end, as batch watch does.")
        private boolean watch;

        @Override
        public Integer call() throws IOException {
            if (records.isEmpty() == (runs == null)) {
                throw new WrongUsage("a batch is made from files, or from earlier runs by --runs-since and its like");
            }
            Map<String, String> headers = purpose == null ? Map.of() : Map.of("X-Purpose", purpose);
            JsonNode batch = runs == null
                    ? ofFiles(headers)
                    : suite.post(BATCHES + "/rescoring", runs.json(task, name, fields), headers);
            return watch ? watch(batch.path("id").asText()) : show(batch);
        }

        private JsonNode ofFiles(Map<String, String> headers) throws IOException {
            var parts = new ArrayList<SuiteClient.Part>();
            records.forEach(file -> parts.add(new SuiteClient.Part("records", Platform.existing(file))));
            var values = new LinkedHashMap<String, String>();
            values.put("task", task);
            if (name != null) {
                values.put("name", name);
            }
            fields.forEach((field, value) -> {
                if (value.startsWith("@")) {
                    parts.add(new SuiteClient.Part(field, Platform.existing(Path.of(value.substring(1)))));
                } else {
                    values.put(field, value);
                }
            });
            return suite.post(BATCHES, values, parts, headers);
        }
    }

    /** Which earlier runs are run again. */
    static final class Runs {
        @Option(
                names = "--runs-since",
                paramLabel = "MOMENT",
                description = "Begun then or later: 2026-03-01, or 2026-03-01T08:00:00Z (UTC).")
        private @Nullable String since;

        @Option(names = "--runs-until", paramLabel = "MOMENT", description = "Begun before.")
        private @Nullable String until;

        @Option(names = "--runs-status", paramLabel = "STATUS", description = "answered, abstained or failed.")
        private @Nullable String status;

        @Option(names = "--runs-model", paramLabel = "NAME", description = "Answered by a model of that name.")
        private @Nullable String model;

        @Option(names = "--runs-version", paramLabel = "VERSION", description = "Answered by that version of a model.")
        private @Nullable String version;

        @Option(names = "--runs-most", paramLabel = "NUMBER", description = "At most so many, the newest.")
        private @Nullable Integer most;

        JsonNode json(String task, @Nullable String name, Map<String, String> fields) {
            var json = PlatformJson.mapper()
                    .createObjectNode()
                    .put("task", task)
                    .put("name", name)
                    .put("from", since)
                    .put("to", until)
                    .put("status", status)
                    .put("model", model)
                    .put("version", version)
                    .put("most", most);
            var shared = json.putObject("fields");
            fields.forEach((field, value) -> {
                if (value.startsWith("@")) {
                    throw new WrongUsage("earlier runs bring their own files; --field " + field + " is a value here");
                }
                shared.put(field, value);
            });
            return json;
        }
    }

    /** {@code batch list}. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists batches, newest first.")
    static final class All extends Verb {
        @Option(names = "--limit", defaultValue = "20", description = "So many at most; ${DEFAULT-VALUE}.")
        private int limit;

        @Override
        public Integer call() throws IOException {
            JsonNode batches = suite.get(BATCHES + "?limit=" + limit);
            if (write(batches)) {
                batches.forEach(this::line);
            }
            return CommandLine.ExitCode.OK;
        }
    }

    /** {@code batch show}. */
    @Command(name = "show", mixinStandardHelpOptions = true, description = "Says how far a batch is.")
    static final class Show extends OfOne {
        @Override
        public Integer call() throws IOException {
            return show(suite.get(address(id)));
        }
    }

    /** {@code batch watch}. */
    @Command(
            name = "watch",
            mixinStandardHelpOptions = true,
            description = "Follows a batch to its end; fails if a record failed or it was cancelled.")
    static final class Watch extends OfOne {
        @Override
        public Integer call() throws IOException {
            return watch(id);
        }
    }

    /** {@code batch pause}. */
    @Command(name = "pause", mixinStandardHelpOptions = true, description = "Takes up no further record for now.")
    static final class Pause extends OfOne {
        @Override
        public Integer call() throws IOException {
            return show(suite.post(address(id) + "/pause"));
        }
    }

    /** {@code batch resume}. */
    @Command(name = "resume", mixinStandardHelpOptions = true, description = "Goes on after a pause.")
    static final class Resume extends OfOne {
        @Override
        public Integer call() throws IOException {
            return show(suite.post(address(id) + "/resume"));
        }
    }

    /** {@code batch cancel}. */
    @Command(
            name = "cancel",
            mixinStandardHelpOptions = true,
            description = "Ends a batch for good; what is done stays.")
    static final class Cancel extends OfOne {
        @Override
        public Integer call() throws IOException {
            return show(suite.post(address(id) + "/cancellation"));
        }
    }

    /** {@code batch rerun}. */
    @Command(name = "rerun", mixinStandardHelpOptions = true, description = "Runs the records again that failed.")
    static final class Rerun extends OfOne {
        @Override
        public Integer call() throws IOException {
            return show(suite.post(address(id) + "/rerun"));
        }
    }

    /** {@code batch results}. */
    @Command(name = "results", mixinStandardHelpOptions = true, description = "All records with their outputs.")
    static final class Results extends OfOne {
        @Option(names = "--out", paramLabel = "FILE", description = "Where to; else JSON Lines to the terminal.")
        private @Nullable Path file;

        @Override
        public Integer call() throws IOException {
            try (InputStream lines = suite.open(address(id) + "/results")) {
                if (file != null) {
                    Files.copy(lines, file, StandardCopyOption.REPLACE_EXISTING);
                } else {
                    new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8))
                            .lines()
                            .forEach(out()::println);
                }
            }
            return CommandLine.ExitCode.OK;
        }
    }

    /** {@code batch report}. */
    @Command(
            name = "report",
            mixinStandardHelpOptions = true,
            description = "What became of the records: a page to file, or JSON.")
    static final class Report extends OfOne {
        @Option(
                names = "--out",
                paramLabel = "FILE",
                description = "Where to: its ending, .pdf or .html, says what it becomes. Else --json.")
        private @Nullable Path file;

        @Override
        public Integer call() throws IOException {
            String address = address(id) + "/report";
            if (file == null) {
                JsonNode report = suite.get(address + "?format=json");
                if (write(report)) {
                    line(report.path("batch"));
                    report.path("failures")
                            .forEach(why -> out().println("  "
                                    + why.path("count").asLong() + " × "
                                    + Words.line(why.path("detail").asText())));
                }
                return CommandLine.ExitCode.OK;
            }
            String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
            String format = name.endsWith(".pdf") ? "pdf" : name.endsWith(".html") ? "html" : "";
            if (format.isEmpty()) {
                throw new WrongUsage("a report goes to a file that ends in .pdf or .html; --json FILE writes JSON");
            }
            String language = Locale.getDefault().getLanguage().equals("zh") ? "zh" : "en";
            try (InputStream page = suite.open(address + "?format=" + format + "&language=" + language)) {
                Files.copy(page, file, StandardCopyOption.REPLACE_EXISTING);
            }
            return CommandLine.ExitCode.OK;
        }
    }
}
