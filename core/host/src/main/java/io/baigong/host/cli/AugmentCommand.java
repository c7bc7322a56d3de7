package io.baigong.host.cli;

import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.run.PlatformJson;
import io.baigong.tuning.data.Augmentation;
import io.baigong.tuning.data.Augmenting;
import io.baigong.tuning.data.Edit;
import io.baigong.tuning.data.Reading;
import io.baigong.tuning.data.Synonyms;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code data augment}. */
@Command(
        name = "augment",
        mixinStandardHelpOptions = true,
        description =
                "Writes documents with edited copies behind each, whose labels and spans are right. The same file and options give"
                        + " the same bytes.")
final class AugmentCommand implements Callable<Integer> {
    @Parameters(paramLabel = "IN", description = "JSON Lines: text, and id, group and spans if there are; gzip or not.")
    @SuppressWarnings("NullAway.Init")
    private Path in;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "Documents and copies, as JSON Lines; compressed if the name ends in .gz.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--edits",
            split = ",",
            defaultValue = "case,punctuation,spacing,ocr",
            paramLabel = "EDIT",
            description = "Of synonym, case, punctuation, spacing, ocr (default: ${DEFAULT-VALUE}).")
    private List<Edit> edits = List.of();

    @Option(
            names = "--synonyms",
            paramLabel = "FILE",
            description = "A group of terms that mean the same a line, with tabs between them; adds the edit synonym.")
    private @Nullable Path synonyms;

    @Option(
            names = "--share",
            defaultValue = "0.05",
            paramLabel = "SHARE",
            description = "Of the places that each edit could be made at, in (0, 1] (default: ${DEFAULT-VALUE}).")
    private double share;

    @Option(
            names = "--copies",
            defaultValue = "1",
            paramLabel = "N",
            description = "Of each document, 1 to 100 (default: ${DEFAULT-VALUE}).")
    private int copies;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Another seed makes other edits (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes what was made as JSON.")
    private @Nullable Path json;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        CleanCommand.file(in);
        try {
            if (Files.exists(out) && Files.isSameFile(in, out)) {
                throw new WrongUsage(out + " is read and would be written; name another");
            }
            Augmenting augmenting = augmenting();
            Augmenting.Report report;
            try (var progress = new ProgressBar()) {
                report = augmenting.run(progress);
            }
            PrintWriter terminal = spec.commandLine().getOut();
            terminal.printf(
                    Locale.ROOT,
                    "%,d documents, %,d copies; %,d copies had nothing to edit%n",
                    report.documents(),
                    report.copies(),
                    report.unedited());
            report.edits()
                    .forEach((edit, count) -> terminal.printf(
                            Locale.ROOT, "%,12d  %s%n", count, edit.name().toLowerCase(Locale.ROOT)));
            terminal.println("wrote " + out);
            terminal.flush();
            if (json != null) {
                PlatformJson.mapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), report);
            }
        } catch (IOException e) {
            throw new Failure(Baigong.cause(e), e);
        }
        return CommandLine.ExitCode.OK;
    }

    private Augmenting augmenting() throws IOException {
        EnumSet<Edit> wanted = EnumSet.copyOf(edits);
        if (synonyms != null) {
            wanted.add(Edit.SYNONYM);
        } else if (wanted.contains(Edit.SYNONYM)) {
            throw new WrongUsage("the edit synonym belongs to a --synonyms FILE");
        }
        Synonyms list = synonyms == null ? Synonyms.NONE : Synonyms.read(CleanCommand.file(synonyms));
        try {
            return new Augmenting(in, out, Reading.JSON_LINES, new Augmentation(wanted, share, list, seed), copies);
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(String.valueOf(e.getMessage()));
        }
    }
}
