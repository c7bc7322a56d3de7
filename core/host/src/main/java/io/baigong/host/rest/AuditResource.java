package io.baigong.host.rest;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.node.TextNode;
import io.baigong.host.access.Roles;
import io.baigong.host.run.PlatformJson;
import io.baigong.journal.Journal;
import io.baigong.journal.audit.AuditLog;
import io.baigong.journal.audit.AuditReader;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The audit log, with proofs. */
@Path("/api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Audit")
public class AuditResource {

    private final AuditReader reader;
    private final AuditLog log;
    private final Callers callers;
    private final Journal journal;

    AuditResource(Journal journal, AuditReader reader, AuditLog log, Callers callers) {
        this.journal = journal;
        this.reader = reader;
        this.log = log;
        this.callers = callers;
    }

    /** An entry of the log. */
    public record AuditEntryView(
            long seq,

            @Schema(description = "RFC 6962 hash of the leaf's bytes, in hex")
            String hash,

            @Schema(
                    description = "the leaf, see docs/audit-format.md: entry, logged, prev, seq",
                    implementation = Object.class)
            @JsonRawValue
            String leaf) {
        static AuditEntryView of(AuditReader.Entry entry) {
            return new AuditEntryView(entry.seq(), entry.hash(), shown(entry.leaf()));
        }
    }

    /** A leaf as JSON; one that somebody made no JSON of is a text. */
    private static String shown(String leaf) {
        try (var json = PlatformJson.mapper().createParser(leaf)) {
            while (json.nextToken() != null) {
                // to its end
            }
            return leaf;
        } catch (IOException e) {
            return TextNode.valueOf(leaf).toString();
        }
    }

    /** An entry with the proof that it is in the log. */
    public record AuditProofView(
            long seq,
            String hash,

            @Schema(implementation = Object.class) @JsonRawValue
            String leaf,

            @Schema(description = "the bytes that were hashed, as text")
            String leafText,

            @Schema(description = "how many entries the tree has that the proof is of")
            long size,

            @Schema(description = "hashes in Base64, from the leaf to the root (RFC 6962, 2.1.1)")
            List<String> proof,

            @Schema(description = "the signed head (C2SP tlog-checkpoint)")
            String checkpoint) {}

    /** The log's head. */
    public record AuditHead(
            @Schema(description = "the signed head (C2SP tlog-checkpoint)")
            String checkpoint,

            @Schema(description = "the public key that signs heads (C2SP signed-note)")
            String key) {}

    /** That one head's entries are the first of another's. */
    public record AuditConsistency(
            long from,
            long to,

            @Schema(description = "hashes in Base64 (RFC 6962, 2.1.2)")
            List<String> proof) {}

    /**
     * What shall be erased.
     *
     * @param reason is kept for good, so it names nobody
     */
    public record ErasureRequest(
            @Nullable UUID run,

            @Schema(examples = "Art. 17 GDPR, case 4711") @Nullable
            String reason) {}

    @GET
    @RolesAllowed({Roles.AUDITOR, Roles.ADMINISTRATOR})
    @Path("entries")
    @Operation(
            operationId = "listAuditEntries",
            summary = "Entries of the audit log, newest first unless sorted otherwise",
            description = "What is not given does not matter. The whole list's length is in the header X-Total-Count.")
    @APIResponse(
            responseCode = "200",
            description = "A page of the list",
            headers =
                    @Header(
                            name = RunListing.TOTAL,
                            description = "how many entries there are",
                            schema = @Schema(type = SchemaType.INTEGER)),
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = AuditEntryView.class)))
    @APIResponse(responseCode = "400", ref = "Problem")
    public Response entries(@BeanParam AuditListing wanted) {
        var page =
                reader.list(wanted.filter(callers.actor().tenant()), wanted.order(), wanted.offset(), wanted.limit());
        return Response.ok(page.entries().stream().map(AuditEntryView::of).toList())
                .header(RunListing.TOTAL, page.total())
                .build();
    }

    @GET
    @RolesAllowed({Roles.AUDITOR, Roles.ADMINISTRATOR})
    @Path("entries/{seq}")
    @Operation(operationId = "getAuditEntry", summary = "An entry, and the proof that it is in the log")
    @APIResponse(responseCode = "200", description = "The entry")
    @APIResponse(responseCode = "404", ref = "Problem")
    public AuditProofView entry(@PathParam("seq") String seq) {
        var found = reader.find(callers.actor().tenant(), number(seq))
                .orElseThrow(() -> ProblemException.notFound(
                        "the audit log has no entry " + number(seq) + " of yours", "See /api/v1/audit/entries."));
        var entry = found.entry();
        return new AuditProofView(
                entry.seq(),
                entry.hash(),
                shown(entry.leaf()),
                entry.leaf(),
                found.size(),
                found.proof(),
                found.checkpoint());
    }

    @GET
    @RolesAllowed({Roles.AUDITOR, Roles.ADMINISTRATOR})
    @Path("head")
    @Operation(
            operationId = "getAuditHead",
            summary = "The newest signed head, and the public key",
            description =
                    "Keep heads where who runs the database can't reach them: only they show a log that was cut off.")
    @APIResponse(responseCode = "200", description = "The head")
    public AuditHead head() {
        return new AuditHead(reader.head(), log.verifier().toString());
    }

    @GET
    @RolesAllowed({Roles.AUDITOR, Roles.ADMINISTRATOR})
    @Path("consistency")
    @Operation(operationId = "getAuditConsistency", summary = "The proof that an older head's entries are still there")
    @APIResponse(responseCode = "200", description = "The proof")
    @APIResponse(responseCode = "400", ref = "Problem")
    public AuditConsistency consistency(
            @QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to) {
        long first = size("from", from);
        long second = size("to", to);
        return new AuditConsistency(
                first,
                second,
                reader.consistency(first, second)
                        .orElseThrow(() -> ProblemException.invalid(
                                "from and to are sizes of the log, from the smaller to the larger",
                                "Its newest size is in /api/v1/audit/head.")));
    }

    @POST
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Path("erasures")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "eraseRun",
            summary = "Deletes a run's texts, files and decisions for good",
            description =
                    "For a right to erasure. Its entries stay in the log and stay provable; one more says who erased it and why.")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "404", ref = "Problem")
    public void erase(@Nullable ErasureRequest request) {
        if (request == null
                || request.run() == null
                || request.reason() == null
                || request.reason().isBlank()) {
            throw ProblemException.invalid(
                    "an erasure has a run and a reason", "Send {\"run\": …, \"reason\": \"Art. 17 GDPR, case 4711\"}.");
        }
        if (!journal.erase(request.run(), callers.actor(), request.reason())) {
            throw ProblemException.notFound("there is no run " + request.run(), "See /api/v1/runs.");
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw ProblemException.notFound("entries of the audit log have numbers", "See /api/v1/audit/entries.");
        }
    }

    private static long size(String name, @Nullable String text) {
        try {
            return Long.parseLong(String.valueOf(text));
        } catch (NumberFormatException e) {
            throw ProblemException.invalid(name + " is a number of entries", "Send ?from=10&to=20.");
        }
    }
}
