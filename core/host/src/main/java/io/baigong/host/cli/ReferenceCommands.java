package io.baigong.host.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.reference.ReferenceStore;
import io.baigong.host.run.PlatformJson;
import io.baigong.spi.Edition;
import io.baigong.spi.ReferenceFormat;
import io.baigong.spi.Vertical;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code VERTICAL import}, {@code list} and {@code remove}, of each vertical that has reference data. */
final class ReferenceCommands {
    private ReferenceCommands() {}

    /** The verb that bears the vertical's name. */
    static CommandLine of(Vertical vertical) {
        var line = new CommandLine(new Named());
        line.setCommandName(vertical.name());
        var importing = new CommandLine(new ImportCommand(vertical));
        importing.getCommandSpec().usageMessage().footer(formats(vertical));
        line.addSubcommand(importing);
        line.addSubcommand(new ListCommand(vertical));
        line.addSubcommand(new RemoveCommand(vertical));
        line.getCommandSpec()
                .usageMessage()
                .description("Reference data of " + vertical.name() + ": "
                        + vertical.references().stream()
                                .map(format -> Words.local(format.title()))
                                .collect(Collectors.joining("; "))
                        + ".");
        return line;
    }

    private static String[] formats(Vertical vertical) {
        var lines = new ArrayList<String>(List.of("", "Formats, with their files:"));
        for (ReferenceFormat format : vertical.references()) {
            lines.add("  " + format.name() + " " + String.join(" ", format.files()) + "   "
                    + Words.local(format.title()));
        }
        return lines.toArray(String[]::new);
    }

    /** Only its subcommands do something. */
    @Command(mixinStandardHelpOptions = true)
    static final class Named implements Callable<Integer> {
        @CommandLine.Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Override
        public Integer call() {
            spec.commandLine().usage(spec.commandLine().getErr());
            return CommandLine.ExitCode.USAGE;
        }
    }

    /** {@code import}. */
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description =
                    "Keeps an edition in the suite's home, beside those that are there. A suite that is up has it at once.")
    static final class ImportCommand implements Callable<Integer> {
        private final Vertical vertical;

        @Parameters(index = "0", paramLabel = "FORMAT", description = "What the files are.")
        @SuppressWarnings("NullAway.Init")
        private String format;

        @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "Its files, in order.")
        private List<Path> files = List.of();

        @Option(names = "--system", paramLabel = "NAME", description = "Of what it is an edition, such as icd-9-cm-3.")
        private @Nullable String system;

        @Option(names = "--edition", paramLabel = "NAME", description = "Its name, where the files say none.")
        private @Nullable String edition;

        @Option(names = "--from", paramLabel = "DATE", description = "First day on which it is in force: 2020-10-01.")
        private @Nullable LocalDate from;

        @Option(names = "--until", paramLabel = "DATE", description = "Last day on which it is in force: 2021-09-30.")
        private @Nullable LocalDate until;

        @Option(names = "--replace", description = "Takes the place of the edition that has its name.")
        private boolean replace;

        @CommandLine.Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        ImportCommand(Vertical vertical) {
            this.vertical = vertical;
        }

        @Override
        public Integer call() {
            ReferenceFormat chosen = vertical.references().stream()
                    .filter(one -> one.name().equals(format))
                    .findFirst()
                    .orElseThrow(() -> new WrongUsage("there is no format " + format + "; the formats are "
                            + vertical.references().stream()
                                    .map(ReferenceFormat::name)
                                    .collect(Collectors.joining(", "))));
            if (files.size() != chosen.files().size()) {
                throw new WrongUsage(format + " takes " + String.join(" ", chosen.files()) + ", in this order");
            }
            files.forEach(CleanCommand::file);
            try {
                Edition added = store().add(
                                vertical.name(),
                                chosen,
                                files,
                                new ReferenceStore.Wanted(system, edition, from, until, replace));
                PrintWriter out = spec.commandLine().getOut();
                out.println(line(added));
                out.flush();
                return CommandLine.ExitCode.OK;
            } catch (IOException e) {
                throw new Failure(Baigong.cause(e) + "; nothing was changed", e);
            } catch (ReferenceStore.Refused e) {
                throw new WrongUsage(String.valueOf(e.getMessage()));
            }
        }
    }

    /** {@code list}. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the editions that were imported.")
    static final class ListCommand implements Callable<Integer> {
        private final Vertical vertical;

        @Mixin
        private final JsonOption json = new JsonOption();

        @CommandLine.Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        ListCommand(Vertical vertical) {
            this.vertical = vertical;
        }

        @Override
        public Integer call() throws IOException {
            List<Edition> editions = store().of(vertical.name()).editions();
            if (!json.takesTerminal()) {
                PrintWriter out = spec.commandLine().getOut();
                editions.forEach(edition -> out.println(line(edition)));
                if (editions.isEmpty()) {
                    out.println("nothing was imported; see ./baigong " + vertical.name() + " import --help");
                }
                out.flush();
            }
            json.write(() -> editions.stream().map(ListCommand::json).toList());
            return CommandLine.ExitCode.OK;
        }

        private static ObjectNode json(Edition edition) {
            return PlatformJson.mapper()
                    .createObjectNode()
                    .put("system", edition.system())
                    .put("name", edition.name())
                    .put("from", edition.from() == null ? null : edition.from().toString())
                    .put(
                            "until",
                            edition.until() == null ? null : edition.until().toString())
                    .put("entries", edition.entries())
                    .put("sha256", edition.sha256());
        }
    }

    /** {@code remove}. */
    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Removes an edition that was imported.")
    static final class RemoveCommand implements Callable<Integer> {
        private final Vertical vertical;

        @Parameters(index = "0", paramLabel = "SYSTEM", description = "Of what it is an edition.")
        @SuppressWarnings("NullAway.Init")
        private String system;

        @Parameters(index = "1", paramLabel = "EDITION", description = "Its name.")
        @SuppressWarnings("NullAway.Init")
        private String edition;

        RemoveCommand(Vertical vertical) {
            this.vertical = vertical;
        }

        @Override
        public Integer call() throws IOException {
            try {
                store().remove(vertical.name(), system, edition);
                return CommandLine.ExitCode.OK;
            } catch (ReferenceStore.Refused e) {
                throw new WrongUsage(String.valueOf(e.getMessage()));
            }
        }
    }

    private static ReferenceStore store() {
        return Platform.references();
    }

    private static String line(Edition edition) {
        String force = edition.from() == null && edition.until() == null
                ? "always in force"
                : "in force " + (edition.from() == null ? "" : "from " + edition.from() + " ")
                        + (edition.until() == null ? "" : "until " + edition.until());
        return edition.system() + " " + edition.name() + "  " + edition.entries() + " entries, " + force.strip();
    }
}
