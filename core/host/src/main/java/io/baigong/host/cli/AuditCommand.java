package io.baigong.host.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.run.PlatformJson;
import io.baigong.journal.Actor;
import io.baigong.journal.RecordVerifier;
import io.baigong.journal.audit.AuditEntry;
import io.baigong.journal.audit.AuditKeys;
import io.baigong.journal.audit.AuditKind;
import io.baigong.journal.audit.Checkpoint;
import io.baigong.journal.audit.DatabaseLog;
import io.baigong.journal.audit.ExportedLog;
import io.baigong.journal.audit.LogExport;
import io.baigong.journal.audit.LogVerifier;
import io.baigong.journal.audit.Outbox;
import io.baigong.journal.audit.Verification;
import io.baigong.journal.audit.VerifierKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit}. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Proves or refutes the audit log, and hands it to others.",
        subcommands = {
            AuditCommand.Verify.class,
            AuditCommand.Export.class,
            AuditReportCommand.class,
            AuditCommand.Head.class
        })
final class AuditCommand implements Callable<Integer> {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }

    /** {@code audit verify}. */
    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Verifies every entry, the order, the links, the tree and the signed head of the log in the database or of an"
                        + " export. Names the first entry that can't be trusted.",
                "A log that was cut off and given back an older head of its own is seen only by a head that was kept elsewhere:"
                        + " name it with --head."
            })
    static final class Verify implements Callable<Integer> {
        @Mixin
        private final AuditDatabase database = new AuditDatabase();

        @Parameters(
                index = "0",
                arity = "0..1",
                paramLabel = "EXPORT",
                description = "A folder or ZIP of 'audit export'.")
        private @Nullable Path export;

        @Option(
                names = "--key",
                paramLabel = "FILE",
                description = "The log's public key, audit.pub of BAIGONG_HOME/audit.")
        private @Nullable Path key;

        @Option(
                names = "--head",
                paramLabel = "PATH",
                description =
                        "Signed heads that were kept outside: heads.txt, or a folder, such as a bucket's copy. May be"
                                + " given more than once.")
        private List<Path> heads = new ArrayList<>();

        @Mixin
        private final JsonOption json = new JsonOption();

        @CommandLine.Spec
        @SuppressWarnings("NullAway.Init")
        private CommandLine.Model.CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            List<String> notes = notes(heads);
            long begin = System.nanoTime();
            Verification result = export == null ? ofDatabase(notes) : ofExport(Platform.existing(export), notes);
            double seconds = (System.nanoTime() - begin) / 1e9;
            if (!json.takesTerminal()) {
                PrintWriter out = spec.commandLine().getOut();
                out.println(result.tampering()
                        .map(tampering -> "not what was signed: " + tampering.text())
                        .orElseGet(() -> String.format(
                                Locale.ROOT, "%,d entries are what was signed (%.1f s)", result.entries(), seconds)));
                if (export != null && key == null) {
                    out.println("The key was the export's own, so this shows only that it is whole: give --key FILE.");
                }
                if (heads.isEmpty()) {
                    out.println(
                            "No head that was kept elsewhere was given, so a cut-off log with an older head would pass.");
                }
                out.flush();
            }
            json.write(() -> json(result, seconds));
            return result.ok() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }

        private static List<String> notes(List<Path> paths) throws IOException {
            List<String> notes = new ArrayList<>();
            for (Path path : paths) {
                int before = notes.size();
                try (var files = Files.walk(Platform.existing(path))) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        notes.addAll(Checkpoint.notes(Files.readString(file)));
                    }
                }
                if (notes.size() == before) {
                    throw new Failure("there is no signed head in " + path);
                }
            }
            return notes;
        }

        private Verification ofExport(Path path, List<String> notes) throws IOException {
            try (var log = ExportedLog.open(path);
                    var progress = new ProgressBar()) {
                VerifierKey used;
                try {
                    used = VerifierKey.parse(key == null ? log.key() : Files.readString(Platform.existing(key)));
                } catch (IllegalArgumentException e) {
                    throw new Failure(String.valueOf(e.getMessage()));
                }
                return LogVerifier.verify(log, used, notes, count -> progress.at(0, count + " entries"));
            }
        }

        private Verification ofDatabase(List<String> notes) throws IOException {
            VerifierKey used = key(key);
            try (Connection connection = database.connect();
                    var log = DatabaseLog.of(connection);
                    var progress = new ProgressBar()) {
                long size = Math.max(1, log.size());
                Verification result = LogVerifier.verify(
                        log, used, notes, count -> progress.at((double) count / size, count + " entries"));
                progress.at(1, "comparing records");
                return result.ok() ? result.with(RecordVerifier.verify(connection)) : result;
            } catch (SQLException e) {
                throw new Failure("the database can't be read: " + e.getMessage(), e);
            }
        }

        private static ObjectNode json(Verification result, double seconds) {
            ObjectNode node = PlatformJson.mapper().createObjectNode();
            node.put("ok", result.ok()).put("entries", result.entries()).put("seconds", seconds);
            result.head()
                    .ifPresent(head -> node.putObject("head")
                            .put("origin", head.origin())
                            .put("size", head.size())
                            .put("root", head.root()));
            result.tampering()
                    .ifPresent(found -> node.putObject("tampering")
                            .put("kind", found.kind().word())
                            .put("seq", found.seq())
                            .put("detail", found.detail()));
            return node;
        }
    }

    /** {@code audit export}. */
    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description =
                    "Writes the whole log with its signed head, for a third party to verify"
                            + " (docs/audit-format.md). Leaves an entry that it was exported, where the log's keys are at hand.")
    static final class Export implements Callable<Integer> {
        @Mixin
        private final AuditDatabase database = new AuditDatabase();

        @Option(
                names = "--out",
                required = true,
                paramLabel = "PATH",
                description = "A folder that does not exist yet; or a ZIP, if the name ends in .zip.")
        @SuppressWarnings("NullAway.Init")
        private Path out;

        @Option(
                names = "--key",
                paramLabel = "FILE",
                description = "The log's public key, audit.pub of BAIGONG_HOME/audit.")
        private @Nullable Path key;

        @CommandLine.Spec
        @SuppressWarnings("NullAway.Init")
        private CommandLine.Model.CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            if (Files.exists(out)) {
                throw new WrongUsage(out + " is there already; name another");
            }
            VerifierKey used = key(key);
            long[] written = new long[1];
            try (Connection connection = database.connect();
                    var progress = new ProgressBar()) {
                note(
                        connection,
                        spec,
                        "audit-log",
                        Map.of("by", "command line", "to", String.valueOf(out.getFileName())));
                try (var log = DatabaseLog.of(connection)) {
                    long size = Math.max(1, log.size());
                    LogExport.to(log, used, out, count -> {
                        written[0] = count;
                        progress.at((double) count / size, count + " entries");
                    });
                }
            } catch (SQLException e) {
                throw new Failure("the database can't be read: " + e.getMessage(), e);
            }
            PrintWriter terminal = spec.commandLine().getOut();
            terminal.println(String.format(Locale.ROOT, "%,d entries are in %s", written[0], out));
            terminal.flush();
            return CommandLine.ExitCode.OK;
        }
    }

    /** {@code audit head}. */
    @Command(
            name = "head",
            mixinStandardHelpOptions = true,
            description = "Prints the newest signed head. Keep it where who runs the database can't reach it.")
    static final class Head implements Callable<Integer> {
        @Mixin
        private final AuditDatabase database = new AuditDatabase();

        @CommandLine.Spec
        @SuppressWarnings("NullAway.Init")
        private CommandLine.Model.CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            try (Connection connection = database.connect();
                    var log = DatabaseLog.of(connection)) {
                spec.commandLine().getOut().println(log.head());
                spec.commandLine().getOut().flush();
                return CommandLine.ExitCode.OK;
            } catch (SQLException e) {
                throw new Failure("the database can't be read: " + e.getMessage(), e);
            }
        }
    }

    /** Who takes something out stands in the log, once the suite runs again. */
    static void note(
            Connection connection, CommandLine.Model.CommandSpec spec, String subject, Map<String, String> detail)
            throws IOException, SQLException {
        Path folder = AuditDatabase.home().resolve("audit");
        if (!Files.isReadable(folder.resolve("audit.key"))) {
            spec.commandLine().getErr().println("The log's keys are not in " + folder + ", so this leaves no entry.");
            return;
        }
        var entry =
                AuditEntry.of(AuditKind.EXPORT, Actor.of(System.getProperty("user.name", "unknown")), subject, detail);
        new Outbox(AuditKeys.in(folder)).add(connection, entry);
    }

    /** The key in that file, or in the suite's own folder. */
    static VerifierKey key(@Nullable Path file) throws IOException {
        Path path = file == null ? AuditDatabase.home().resolve("audit").resolve("audit.pub") : file;
        if (!Files.isReadable(path)) {
            throw new WrongUsage("the log's public key is not at " + path + "; name it with --key FILE");
        }
        try {
            return VerifierKey.parse(Files.readString(path));
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(path + ": " + e.getMessage());
        }
    }
}
