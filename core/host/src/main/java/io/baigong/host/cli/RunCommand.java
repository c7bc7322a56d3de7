package io.baigong.host.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.run.Exports;
import io.baigong.host.run.FinishedRun;
import io.baigong.host.run.GivenFile;
import io.baigong.host.run.InputBinder;
import io.baigong.host.run.PlatformJson;
import io.baigong.host.run.RunJournal;
import io.baigong.host.run.RunJson;
import io.baigong.host.run.RunRequest;
import io.baigong.host.run.SampleFiles;
import io.baigong.host.run.TaskRunner;
import io.baigong.journal.Actor;
import io.baigong.journal.RunRecord;
import io.baigong.spi.Sample;
import io.baigong.spi.Task;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs a task on files, each in a run of its own, and prints the results as tables.",
        footer = "Runs without a server or database, and so leaves no entry in the journal.")
final class RunCommand implements Callable<Integer> {
    @Mixin
    private final Platform platform = new Platform();

    @Parameters(index = "1..*", paramLabel = "INPUT", description = "Files for the task's first file component.")
    private List<Path> inputs = List.of();

    @Option(
            names = "--field",
            paramLabel = "NAME=VALUE",
            description = "Another component of the input; for one that is a file, its path. Repeatable.")
    private Map<String, String> fields = Map.of();

    @Option(names = "--sample", paramLabel = "NAME", description = "Runs on a sample of the task's own instead.")
    private @Nullable String sample;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Writes the results as JSON, - for the terminal; a list when there are several inputs.")
    private @Nullable String json;

    @Option(
            names = "--export",
            paramLabel = "FORMAT",
            description = "Writes each output beside the present folder as NAME-reviewed.FORMAT, such as docx.")
    private @Nullable String export;

    @Option(names = "--seed", description = "Seed of the runs' random numbers; taken from the input when not given.")
    private @Nullable Long seed;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Task<?, ?> task = platform.task();
        List<RunRecord> records = new ArrayList<>();
        try (var gateway = platform.gateway(platform.registry());
                var progress = new ProgressBar();
                var samples = samples(task)) {
            var runner = new TaskRunner(
                    gateway, RunJournal.NONE, platform.runs(), Platform.references(), InstantSource.system());
            List<List<GivenFile>> all = given(task, samples);
            for (List<GivenFile> files : all) {
                progress.at(
                        (double) records.size() / all.size(),
                        files.isEmpty() ? "" : files.getFirst().name());
                records.add(run(task, runner, files, progress));
            }
        }
        if (json != null) {
            writeJson(records);
        }
        boolean failed = records.stream().anyMatch(record -> record.ending() instanceof RunRecord.Failed);
        return failed ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    private RunRecord run(Task<?, ?> task, TaskRunner runner, List<GivenFile> files, ProgressBar progress)
            throws IOException {
        Map<String, String> values = values(task);
        FinishedRun run = runner.run(new RunRequest(
                task,
                files,
                values,
                Actor.of(System.getProperty("user.name")),
                seed == null ? OptionalLong.empty() : OptionalLong.of(seed)));
        progress.close();
        print(task, run.entry());
        if (export != null && run.entry().output() != null) {
            export(task, files, run.entry());
        }
        return run.entry();
    }

    private SampleFiles samples(Task<?, ?> task) throws IOException {
        return sample == null ? SampleFiles.NONE : SampleFiles.copy(sample(task, sample));
    }

    private static Sample sample(Task<?, ?> task, String name) {
        return task.samples().stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new WrongUsage("task " + task.id() + " has no sample " + name + "; it has "
                        + task.samples().stream().map(Sample::name).toList()));
    }

    /** The files of each run. */
    private List<List<GivenFile>> given(Task<?, ?> task, SampleFiles samples) {
        List<String> components = InputBinder.fileComponents(task.inputType());
        List<GivenFile> extra = new ArrayList<>();
        for (String component : components) {
            String path = fields.get(component);
            if (path != null) {
                extra.add(file(component, Path.of(path)));
            }
        }
        if (sample != null) {
            if (!inputs.isEmpty()) {
                throw new WrongUsage("give either files or --sample");
            }
            return List.of(joined(samples.files(), extra));
        }
        if (inputs.isEmpty() && !components.isEmpty()) {
            throw new WrongUsage("give at least one file for " + components.getFirst() + ", or --sample NAME");
        }
        if (components.isEmpty()) {
            return List.of(List.of());
        }
        return inputs.stream()
                .map(path -> joined(List.of(file(components.getFirst(), path)), extra))
                .toList();
    }

    private static List<GivenFile> joined(List<GivenFile> some, List<GivenFile> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private static GivenFile file(String component, Path path) {
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new WrongUsage("there is no readable file " + path);
        }
        return new GivenFile(component, String.valueOf(path.getFileName()), path);
    }

    private Map<String, String> values(Task<?, ?> task) {
        var values = new LinkedHashMap<String, String>();
        if (sample != null) {
            values.putAll(sample(task, sample).fields());
        }
        values.putAll(fields);
        values.keySet().removeAll(InputBinder.fileComponents(task.inputType()));
        return values;
    }

    private void print(Task<?, ?> task, RunRecord run) throws IOException {
        PrintWriter out = "-".equals(json)
                ? spec.commandLine().getErr()
                : spec.commandLine().getOut();
        out.println(run.name() + "  " + run.ending().status() + "  "
                + "%.1f s".formatted(run.duration().toMillis() / 1000.0));
        switch (run.ending()) {
            case RunRecord.Answered answered -> {
                JsonNode output = PlatformJson.mapper().readTree(answered.output());
                new OutputTables(out, columns()).print(task.panels(), output);
                if (answered.droppedEvidence() > 0) {
                    out.println(answered.droppedEvidence()
                            + " pieces of evidence were dropped: their words are not in the source");
                }
            }
            case RunRecord.Abstained abstained -> out.println(Words.line(abstained.reason()));
            case RunRecord.Failed failed -> {
                out.println(failed.code() + ": " + Words.line(failed.detail()));
                out.println(Words.line(failed.remedy()));
            }
        }
        out.println();
        out.flush();
    }

    private static int columns() {
        try {
            return Math.max(60, Integer.parseInt(System.getenv().getOrDefault("COLUMNS", "120")));
        } catch (NumberFormatException e) {
            return 120;
        }
    }

    private void export(Task<?, ?> task, List<GivenFile> files, RunRecord run) throws IOException {
        String format = String.valueOf(export);
        Path target = Path.of(run.fileName() + "-reviewed." + format);
        boolean written;
        try (var out = Files.newOutputStream(target)) {
            written = Exports.write(task, files, run, List.of(), format, out);
        }
        if (!written) {
            Files.delete(target);
            throw new Failure(run.name() + " can't be exported as " + format);
        }
        spec.commandLine().getErr().println("wrote " + target);
    }

    private void writeJson(List<RunRecord> records) throws IOException {
        var mapper = PlatformJson.mapper();
        List<ObjectNode> views = new ArrayList<>();
        for (RunRecord record : records) {
            views.add(RunJson.of(record));
        }
        Object value = views.size() == 1 ? views.getFirst() : views;
        if ("-".equals(json)) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(value));
            out.flush();
        } else {
            mapper.writerWithDefaultPrettyPrinter()
                    .writeValue(Path.of(String.valueOf(json)).toFile(), value);
        }
    }
}
