package io.baigong.host.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.agroal.api.AgroalDataSource;
import io.baigong.host.access.Roles;
import io.baigong.host.run.PlatformJson;
import io.baigong.journal.Actor;
import io.baigong.journal.RecordVerifier;
import io.baigong.journal.Tenancy;
import io.baigong.journal.audit.AuditEntry;
import io.baigong.journal.audit.AuditKind;
import io.baigong.journal.audit.AuditLog;
import io.baigong.journal.audit.DatabaseLog;
import io.baigong.journal.audit.LogExport;
import io.baigong.journal.audit.LogVerifier;
import io.baigong.journal.audit.Verification;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The whole audit log: verified here, or handed out so that others verify it. */
@Path("/api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Audit")
public class AuditVerificationResource {
    private static final String JSON_LINES = "application/x-ndjson";

    private final AuditLog log;
    private final AgroalDataSource database;
    private final Callers callers;

    AuditVerificationResource(AuditLog log, AgroalDataSource database, Callers callers) {
        this.log = log;
        this.database = database;
        this.callers = callers;
    }

    /** Whether the log is what was signed. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AuditVerification(
            boolean ok, long entries, @Nullable AuditTampering tampering) {
        static AuditVerification of(Verification result) {
            return new AuditVerification(
                    result.ok(),
                    result.entries(),
                    result.tampering()
                            .map(found -> new AuditTampering(found.kind().word(), found.seq(), found.detail()))
                            .orElse(null));
        }
    }

    /** The first entry that can't be trusted. */
    public record AuditTampering(
            @Schema(examples = "edited") String kind, long seq, String detail) {}

    /** How far it is. */
    public record AuditVerifying(
            long entries,
            @Schema(description = "how many there are") long of) {}

    @GET
    @RolesAllowed({Roles.AUDITOR, Roles.ADMINISTRATOR})
    @Path("verify")
    @Operation(
            operationId = "verifyAudit",
            summary = "Verifies the whole log",
            description = "Who does not trust this suite verifies an export: ./baigong audit verify.")
    @APIResponse(responseCode = "200", description = "What was found")
    public AuditVerification verify() throws Exception {
        return AuditVerification.of(verified(_ -> {}, _ -> {}));
    }

    @GET
    @RolesAllowed({Roles.AUDITOR, Roles.ADMINISTRATOR})
    @Path("verify/progress")
    @Produces(JSON_LINES)
    @Operation(
            operationId = "followAuditVerification",
            summary = "Verifies the whole log, and tells how far it is",
            description =
                    "Lines of JSON with entries and of; the last one is what verifyAudit answers. Who hangs up ends it.")
    @APIResponse(
            responseCode = "200",
            description = "A line now and then",
            content = @Content(mediaType = JSON_LINES, schema = @Schema(implementation = AuditVerifying.class)))
    public Response progress() {
        StreamingOutput lines = out -> {
            long[] size = new long[1];
            Verification result =
                    verified(of -> size[0] = of, entries -> line(out, new AuditVerifying(entries, size[0])));
            line(out, AuditVerification.of(result));
        };
        return Response.ok(lines, JSON_LINES).build();
    }

    private static void line(OutputStream out, Object value) {
        try {
            out.write(PlatformJson.mapper().writeValueAsBytes(value));
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The log is of all tenants, and of each is only told whether it holds. */
    private Verification verified(LongConsumer size, LongConsumer progress) throws IOException {
        return Tenancy.platform().call(() -> {
            try (Connection connection = database.getConnection();
                    var whole = DatabaseLog.of(connection)) {
                size.accept(whole.size());
                Verification result = LogVerifier.verify(whole, log.verifier(), List.of(), progress);
                return result.ok() ? result.with(RecordVerifier.verify(connection)) : result;
            } catch (SQLException e) {
                throw new IOException(e);
            }
        });
    }

    @GET
    @RolesAllowed({Roles.AUDITOR, Roles.ADMINISTRATOR})
    @Path("export")
    @Produces("application/zip")
    @Operation(
            operationId = "exportAudit",
            summary = "The log with its signed head, for others to verify",
            description =
                    "Format 2 of docs/audit-format.md: of other tenants' entries only the hashes are told. Leaves an"
                            + " entry that it was exported.")
    @APIResponse(responseCode = "200", description = "A ZIP", content = @Content(mediaType = "application/zip"))
    public Response export() {
        Actor by = callers.actor();
        log.append(AuditEntry.of(AuditKind.EXPORT, by, "audit-log", Map.of("by", "download")));
        StreamingOutput zip = out -> Tenancy.platform().call(() -> {
            try (Connection connection = database.getConnection();
                    var whole = DatabaseLog.of(connection, by.tenant())) {
                LogExport.to(whole, log.verifier(), out);
                return out;
            } catch (SQLException e) {
                throw new IOException(e);
            }
        });
        return Response.ok(zip, "application/zip")
                .header(HttpHeaders.CONTENT_DISPOSITION, FileNames.disposition("audit-log.zip"))
                .build();
    }
}
