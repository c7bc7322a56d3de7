package io.baigong.host.cli;

import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.run.PlatformJson;
import io.baigong.tuning.data.Cleaning;
import io.baigong.tuning.data.CleaningOptions;
import io.baigong.tuning.data.CleaningReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code data clean}. */
@Command(
        name = "clean",
        mixinStandardHelpOptions = true,
        description =
                "Writes the documents that are fit to train on, with a snapshot of what made them, and says what was left"
                        + " out and why. The same files and options give the same bytes.")
final class CleanCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "IN", description = "JSON Lines, or plain text with --plain; gzip or not.")
    private List<Path> in = List.of();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description =
                    "What stays, as JSON Lines; compressed if the name ends in .gz. With --split, each side's name is put"
                            + " into this one: FILE.train.jsonl.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--dropped",
            paramLabel = "FILE",
            description = "Names what was left out, as JSON Lines: id, place, reason, and of what it is a duplicate.")
    private @Nullable Path dropped;

    @Mixin
    private final CleanOptions options = new CleanOptions();

    @Mixin
    private final QualityOptions quality = new QualityOptions();

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the report as JSON.")
    private @Nullable Path json;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        CleaningOptions checked = options.checked(quality.quality());
        in.forEach(CleanCommand::file);
        if (in.stream().map(Path::getFileName).distinct().count() < in.size()) {
            throw new WrongUsage("two of the files have the same name, by which the report names places; rename one");
        }
        List<Path> written = written(checked);
        CleaningReport report;
        try {
            apart(written, checked.perplexity().reference());
            try (var progress = new ProgressBar()) {
                report = new Cleaning(in, out, dropped, checked).run(progress);
            }
            PrintWriter terminal = spec.commandLine().getOut();
            CleanTable.print(terminal, report);
            written.forEach(file -> terminal.println("wrote " + file));
            terminal.flush();
            if (json != null) {
                PlatformJson.mapper()
                        .writerWithDefaultPrettyPrinter()
                        .writeValue(json.toFile(), report.json(PlatformJson.mapper()));
            }
        } catch (IOException e) {
            throw new Failure(Baigong.cause(e), e);
        }
        return CommandLine.ExitCode.OK;
    }

    /** A file that can be read. */
    static Path file(Path path) {
        if (Files.isDirectory(Platform.existing(path))) {
            throw new WrongUsage(path + " is a folder; name its files");
        }
        return path;
    }

    private List<Path> written(CleaningOptions checked) {
        var files = new ArrayList<>(Cleaning.sides(out, checked.split()).values());
        files.add(Cleaning.snapshot(out));
        if (dropped != null) {
            files.add(dropped);
        }
        return files;
    }

    /** Nothing that is written may take the place of what is read, or of another. */
    private void apart(List<Path> written, @Nullable Path reference) throws IOException {
        var all = new LinkedHashSet<Path>();
        var read = new ArrayList<>(in);
        if (reference != null) {
            read.add(reference);
        }
        var every = new ArrayList<>(written);
        if (json != null) {
            every.add(json);
        }
        for (Path file : every) {
            if (Files.isDirectory(file)) {
                throw new WrongUsage(file + " is a folder");
            }
            if (!all.add(file.toAbsolutePath().normalize())) {
                throw new WrongUsage(file + " would be written twice");
            }
            for (Path each : read) {
                if (Files.exists(file) && Files.isSameFile(file, each)) {
                    throw new WrongUsage(file + " is read and would be written; name another");
                }
            }
        }
    }
}
