package io.baigong.host.audit;

import io.baigong.journal.audit.AuditExtract;
import io.baigong.journal.audit.AuditFilter;
import io.baigong.journal.audit.AuditKind;
import io.baigong.journal.audit.Checkpoint;
import io.baigong.journal.audit.VerifierKey;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes reports from the audit log, as it was at one moment. Memory stays flat however long they are. */
public final class AuditReports {
    private static final Set<AuditKind> JUDGED = EnumSet.of(AuditKind.RUN, AuditKind.DECISION, AuditKind.SECOND_REVIEW);
    private static final Set<AuditKind> OVERRIDING =
            EnumSet.of(AuditKind.DECISION, AuditKind.SECOND_REVIEW, AuditKind.GATE_OVERRIDE);

    private final AuditExtract log;
    private final Connection connection;
    private final ReportRequest wanted;
    private final ReportWriter writer;
    private long rows;

    private AuditReports(AuditExtract log, Connection connection, ReportRequest wanted, ReportWriter writer) {
        this.log = log;
        this.connection = connection;
        this.wanted = wanted;
        this.writer = writer;
    }

    /**
     * Writes a report.
     *
     * @param connection that sees the rows of that tenant, at least; its transaction is rolled back
     * @param key whose signature the head must have
     */
    public static void write(
            Connection connection, VerifierKey key, ReportRequest wanted, AuditReportFormat format, OutputStream out)
            throws SQLException, IOException {
        var text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        ReportWriter writer = switch (format) {
            case CSV -> new CsvReport(text);
            case JSONL -> new JsonLinesReport(text);
            case PDF -> new PageReport(out, wanted.language());
        };
        try (var log = AuditExtract.of(connection)) {
            new AuditReports(log, connection, wanted, writer).write(key);
        }
    }

    private void write(VerifierKey key) throws SQLException, IOException {
        String note = log.head();
        var about = new LinkedHashMap<String, String>(wanted.detail());
        about.put("tenant", wanted.by().tenant());
        about.put("made by", wanted.by().name());
        about.put("made at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        about.putAll(head(note, key));
        boolean filing = wanted.kind() == ReportKind.ALGORITHM_FILING;
        List<String> columns = new ArrayList<>(filing ? FilingFacts.COLUMNS : EntryRow.COLUMNS);
        if (wanted.kind() == ReportKind.AI_ACT) {
            about.putAll(AiAct.demands(wanted.retentionDays()));
            columns.add(EntryRow.DEMAND);
        }
        writer.begin(about, columns);
        if (filing) {
            var facts = new FilingFacts();
            log.read(filter(Set.of(), Optional.empty()), entry -> facts.add(EntryRow.of(entry)));
            for (var fact : facts.rows(connection)) {
                writer.row(fact, null);
                rows++;
            }
        } else {
            entries();
        }
        writer.end(rows);
    }

    /** What the report is proved by: an export of the log has this head, or one that continues it. */
    private static Map<String, String> head(String note, VerifierKey key) {
        var head = new LinkedHashMap<String, String>();
        try {
            Checkpoint checkpoint = Checkpoint.verified(note, key);
            head.put("log", checkpoint.origin());
            head.put("log size", String.valueOf(checkpoint.size()));
            head.put("log root", checkpoint.root());
        } catch (IllegalArgumentException e) {
            head.put("warning", "the log's head is not signed by its key: " + e.getMessage());
        }
        head.put("signed head", note);
        return head;
    }

    private AuditFilter filter(Set<AuditKind> kinds, Optional<String> model) {
        return new AuditFilter(
                wanted.by().tenant(),
                Optional.empty(),
                kinds,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                model,
                Optional.ofNullable(wanted.from()),
                Optional.ofNullable(wanted.to()));
    }

    private void entries() throws SQLException, IOException {
        switch (wanted.kind()) {
            case MODEL ->
                log.read(
                        filter(JUDGED, Optional.ofNullable(wanted.model())),
                        entry -> row(EntryRow.of(entry), entry.leaf()));
            case RECORD ->
                log.touching(
                        wanted.by().tenant(),
                        String.valueOf(wanted.record()),
                        entry -> row(EntryRow.of(entry), entry.leaf()));
            case OVERRIDES ->
                log.read(filter(OVERRIDING, Optional.empty()), entry -> {
                    EntryRow row = EntryRow.of(entry);
                    if (row.overrides()) {
                        row(row, entry.leaf());
                    }
                });
            case AI_ACT ->
                log.read(
                        filter(Set.of(), Optional.empty()),
                        entry -> row(EntryRow.of(entry).withDemand(), entry.leaf()));
            case ALGORITHM_FILING -> throw new IllegalStateException("it has no entries");
        }
    }

    private void row(EntryRow row, String leaf) throws IOException {
        writer.row(row.values(), leaf);
        rows++;
    }
}
