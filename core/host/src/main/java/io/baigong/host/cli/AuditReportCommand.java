package io.baigong.host.cli;

import io.baigong.host.audit.AuditReportFormat;
import io.baigong.host.audit.AuditReports;
import io.baigong.host.audit.ReportKind;
import io.baigong.host.audit.ReportRequest;
import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.report.Language;
import io.baigong.host.run.GivenMoment;
import io.baigong.journal.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit report}. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a report from the log in the database, with the signed head that it was made from. Leaves an entry, where the"
                    + " log's keys are at hand.",
            "model: all that a model version answered, and decisions on it. record: all that a record touched. overrides: where"
                    + " people overruled models and gates. ai-act: the log of a period for Art. 12 and 19 of the EU AI Act."
                    + " algorithm-filing: facts for China's algorithm filing."
        })
final class AuditReportCommand implements Callable<Integer> {
    /** Reports, as they are typed. */
    static final class Kinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(ReportKind.values()).map(ReportKind::word).iterator();
        }
    }

    @Mixin
    private final AuditDatabase database = new AuditDatabase();

    @Parameters(
            index = "0",
            paramLabel = "REPORT",
            completionCandidates = Kinds.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    @SuppressWarnings("NullAway.Init")
    private String report;

    @Option(names = "--model", paramLabel = "NAME@VERSION", description = "Of the report on a model.")
    private @Nullable String model;

    @Option(
            names = "--record",
            paramLabel = "ID",
            description =
                    "Of the report on a record: a run's id, the digest of an input or a file, or a correlation id.")
    private @Nullable String record;

    @Option(names = "--from", paramLabel = "DAY", description = "Logged on this day (UTC) or later, or at this moment.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "DAY", description = "Logged before this day (UTC), or before this moment.")
    private @Nullable String to;

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            defaultValue = Actor.DEFAULT_TENANT,
            description = "Whose entries.")
    @SuppressWarnings("NullAway.Init")
    private String tenant;

    @Option(names = "--language", defaultValue = "EN", description = "Of a PDF: ${COMPLETION-CANDIDATES}.")
    @SuppressWarnings("NullAway.Init")
    private Language language;

    @Option(
            names = "--retention",
            paramLabel = "DAYS",
            defaultValue = "3653",
            description = "How long entries are promised to be kept, as the suite is configured.")
    private long retention;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "A new file; its name ends in the format: .csv, .jsonl or .pdf.")
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
        String name = String.valueOf(out.getFileName());
        AuditReportFormat format = AuditReportFormat.of(name.substring(name.lastIndexOf('.') + 1))
                .orElseThrow(() -> new WrongUsage("the name of " + out + " does not end in a format of reports"));
        if (Files.exists(out)) {
            throw new WrongUsage(out + " is there already; name another");
        }
        ReportRequest wanted = wanted();
        var used = AuditCommand.key(key);
        try (Connection connection = database.connect()) {
            var detail = new TreeMap<>(wanted.detail());
            detail.put("format", format.extension());
            AuditCommand.note(connection, spec, "audit-report", detail);
            try (var file = Files.newOutputStream(out)) {
                AuditReports.write(connection, used, wanted, format, file);
            }
        } catch (SQLException e) {
            throw new Failure("the database can't be read: " + e.getMessage(), e);
        }
        spec.commandLine().getOut().println("the report is in " + out);
        spec.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }

    private ReportRequest wanted() {
        ReportKind kind = Arrays.stream(ReportKind.values())
                .filter(one -> one.word().equals(report))
                .findFirst()
                .orElseThrow(() -> new WrongUsage("there is no report " + report));
        try {
            var by = new Actor(tenant, System.getProperty("user.name", "unknown"));
            return new ReportRequest(kind, by, model, record, moment(from), moment(to), retention, language);
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Instant moment(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return GivenMoment.parse(text);
        } catch (DateTimeParseException e) {
            throw new WrongUsage(
                    text + " is neither a day such as 2026-03-01 nor a moment such as 2026-03-01T08:00:00Z");
        }
    }
}
