package io.baigong.host.rest;

import io.agroal.api.AgroalDataSource;
import io.baigong.host.access.Roles;
import io.baigong.host.audit.AuditReportFormat;
import io.baigong.host.audit.AuditReports;
import io.baigong.host.audit.ReportKind;
import io.baigong.host.audit.ReportRequest;
import io.baigong.host.report.Language;
import io.baigong.journal.Tenancy;
import io.baigong.journal.audit.AuditConfig;
import io.baigong.journal.audit.AuditEntry;
import io.baigong.journal.audit.AuditKind;
import io.baigong.journal.audit.AuditLog;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Reports from the audit log. */
@Path("/api/v1/audit/reports")
@RunOnVirtualThread
@Tag(name = "Audit")
public class AuditReportResource {
    private static final int LONGEST_TEXT = 200;

    private final AuditLog log;
    private final AuditConfig config;
    private final AgroalDataSource database;
    private final Callers callers;

    AuditReportResource(AuditLog log, AuditConfig config, AgroalDataSource database, Callers callers) {
        this.log = log;
        this.config = config;
        this.database = database;
        this.callers = callers;
    }

    @GET
    @RolesAllowed({Roles.AUDITOR, Roles.ADMINISTRATOR})
    @Path("{report}")
    @Produces(MediaType.WILDCARD)
    @Operation(
            operationId = "getAuditReport",
            summary = "A report from the audit log",
            description =
                    "It says which signed head it was made from, and leaves an entry. Its last line says how many rows there"
                            + " were; without it the report was cut off.")
    @APIResponse(responseCode = "200", description = "The report", content = @Content(mediaType = "*/*"))
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "404", ref = "Problem")
    public Response report(
            @Parameter(description = "model, record, overrides, ai-act or algorithm-filing", example = "overrides")
                    @PathParam("report")
                    String report,
            @Parameter(description = "csv, jsonl or pdf") @QueryParam("format") @DefaultValue("csv") String format,
            @Parameter(description = "name@version, of the report on a model") @QueryParam("model") @Nullable
                    String model,
            @Parameter(
                            description =
                                    "id of a run, digest of an input or a file, or correlation id, of the report on a record")
                    @QueryParam("record")
                    @Nullable
                    String record,
            @Parameter(description = "logged at this moment or later") @QueryParam("from") @Nullable String from,
            @Parameter(description = "logged before this moment") @QueryParam("to") @Nullable String to,
            @Parameter(description = "of a PDF: en or zh") @QueryParam("lang") @DefaultValue("en") String lang) {
        AuditReportFormat written = AuditReportFormat.of(format)
                .orElseThrow(() -> ProblemException.invalid(
                        "there is no format " + FileNames.last(format), "It is one of " + formats() + "."));
        ReportRequest wanted = wanted(kind(report), text(model), text(record), from, to, lang);
        var detail = new TreeMap<>(wanted.detail());
        detail.put("format", written.extension());
        log.append(AuditEntry.of(AuditKind.EXPORT, wanted.by(), "audit-report", detail));
        var tenancy = Tenancy.of(wanted.by().tenant());
        StreamingOutput rows = out -> tenancy.call(() -> {
            try (Connection connection = database.getConnection()) {
                AuditReports.write(connection, log.verifier(), wanted, written, out);
                return out;
            } catch (SQLException e) {
                throw new IOException(e);
            }
        });
        return Response.ok(rows, written.mediaType())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        FileNames.disposition("audit-" + wanted.kind().word() + "." + written.extension()))
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .build();
    }

    private static String formats() {
        return Arrays.stream(AuditReportFormat.values())
                .map(AuditReportFormat::extension)
                .collect(Collectors.joining(", "));
    }

    private static ReportKind kind(String word) {
        return Arrays.stream(ReportKind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound(
                        "there is no report " + FileNames.last(word),
                        "The reports are "
                                + Arrays.stream(ReportKind.values())
                                        .map(ReportKind::word)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    private ReportRequest wanted(
            ReportKind kind,
            @Nullable String model,
            @Nullable String record,
            @Nullable String from,
            @Nullable String to,
            String lang) {
        Instant begin = from == null ? null : RunListing.moment(from);
        Instant end = to == null ? null : RunListing.moment(to);
        try {
            return new ReportRequest(
                    kind,
                    callers.actor(),
                    model,
                    record,
                    begin,
                    end,
                    config.retention().toDays(),
                    Language.of(lang).orElse(Language.EN));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(String.valueOf(e.getMessage()), "See /q/openapi for what a report takes.");
        }
    }

    private static @Nullable String text(@Nullable String text) {
        if (text != null && (text.length() > LONGEST_TEXT || text.indexOf('\0') >= 0)) {
            throw ProblemException.invalid("a name has at most 200 characters, and no U+0000", "Shorten it.");
        }
        return text;
    }
}
