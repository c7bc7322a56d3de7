package io.baigong.host.rest;

import io.baigong.host.access.Roles;
import io.baigong.host.rest.Views.DecisionRequest;
import io.baigong.host.rest.Views.DecisionView;
import io.baigong.host.rest.Views.RunView;
import io.baigong.journal.Comments;
import io.baigong.journal.Decision;
import io.baigong.journal.Journal;
import io.baigong.journal.KeyReusedException;
import io.baigong.journal.RunPage;
import io.baigong.journal.RunRecord;
import io.baigong.journal.RunSummary;
import io.baigong.journal.SecondReviews;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Runs in the journal, and people's decisions on them. */
@Path("/api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Runs")
public class RunResource {
    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_TEXT = 10_000;

    private final Journal journal;
    private final SecondReviews reviews;
    private final Comments comments;
    private final RunExports exports;
    private final Callers callers;

    RunResource(Journal journal, SecondReviews reviews, Comments comments, RunExports exports, Callers callers) {
        this.journal = journal;
        this.reviews = reviews;
        this.comments = comments;
        this.exports = exports;
        this.callers = callers;
    }

    @GET
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR})
    @Operation(
            operationId = "listRuns",
            summary = "Runs, newest first unless sorted otherwise",
            description = "What is not given does not matter. The whole list's length is in the header X-Total-Count.")
    @APIResponse(
            responseCode = "200",
            description = "A page of the list",
            headers =
                    @Header(
                            name = RunListing.TOTAL,
                            description = "how many runs there are",
                            schema = @Schema(type = SchemaType.INTEGER)),
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = RunSummary.class)))
    @APIResponse(responseCode = "400", ref = "Problem")
    public Response list(@BeanParam RunListing wanted) {
        RunPage page = journal.list(wanted.filter(), wanted.order(), wanted.offset(), wanted.limit());
        return Response.ok(page.runs()).header(RunListing.TOTAL, page.total()).build();
    }

    @GET
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR})
    @Path("{id}")
    @Operation(operationId = "getRun", summary = "A run with its output, evidence, decisions and comments")
    @APIResponse(
            responseCode = "200",
            description = "The run",
            content = @Content(schema = @Schema(implementation = RunView.class)))
    @APIResponse(responseCode = "404", ref = "Problem")
    public RunView get(@PathParam("id") String id) throws IOException {
        RunRecord run = find(id);
        return RunView.of(
                run, journal.decisions(run.id()), reviews.of(run.id()), comments.of(run.id()), exports.of(run));
    }

    @GET
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR})
    @Path("{id}/attachments/{component}")
    @Produces(MediaType.WILDCARD)
    @Operation(operationId = "getAttachment", summary = "A file that the run was given, byte for byte")
    @APIResponse(responseCode = "200", description = "The file", content = @Content(mediaType = "*/*"))
    @APIResponse(responseCode = "404", ref = "Problem")
    public Response attachment(
            @PathParam("id") String id, @Parameter(example = "document") @PathParam("component") String component) {
        RunRecord run = find(id);
        var attachment = run.attachments().stream()
                .filter(a -> a.component().equals(component))
                .findFirst()
                .orElseThrow(() ->
                        ProblemException.notFound("this run was given no file " + component, "See its attachments."));
        StreamingOutput bytes = out -> journal.copy(attachment, out);
        return file(attachment.mediaType(), attachment.name(), bytes)
                .header(HttpHeaders.CONTENT_LENGTH, attachment.bytes())
                .build();
    }

    @GET
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR})
    @Path("{id}/exports/{format}")
    @Produces(MediaType.WILDCARD)
    @Operation(operationId = "getExport", summary = "The run's output as a file, such as the DOCX with comments")
    @APIResponse(responseCode = "200", description = "The file", content = @Content(mediaType = "*/*"))
    @APIResponse(responseCode = "404", ref = "Problem")
    public Response export(@PathParam("id") String id, @Parameter(example = "docx") @PathParam("format") String format)
            throws IOException {
        RunRecord run = find(id);
        var written = exports.write(run, format)
                .orElseThrow(() -> ProblemException.notFound(
                        "this run can't be exported as " + format, "See its exports for the formats that it can."));
        StreamingOutput bytes = out -> {
            try {
                Files.copy(written.file(), out);
            } finally {
                Files.delete(written.file());
            }
        };
        return file(written.mediaType(), run.fileName() + "-reviewed." + format, bytes)
                .build();
    }

    @POST
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER})
    @Path("{id}/decisions")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createDecision", summary = "Accept, correct or reject a part of the output")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = DecisionRequest.class),
                            examples =
                                    @ExampleObject(
                                            name = "accept",
                                            value = "{\"subject\": \"f3\", \"verdict\": \"ACCEPTED\"}")))
    @APIResponse(
            responseCode = "201",
            description = "The decision",
            content = @Content(schema = @Schema(implementation = DecisionView.class)))
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "422", ref = "Problem")
    public Response decide(
            @PathParam("id") String id,
            @Parameter(description = IdempotencyKey.DESCRIPTION) @HeaderParam(IdempotencyKey.HEADER) @Nullable
                    String idempotencyKey,
            @Nullable DecisionRequest request) {
        UUID key = IdempotencyKey.of(idempotencyKey);
        RunRecord run = find(id);
        if (request == null || request.subject() == null || request.subject().isBlank() || request.verdict() == null) {
            throw ProblemException.invalid(
                    "a decision has a subject and a verdict", "Send {\"subject\": \"f3\", \"verdict\": \"ACCEPTED\"}.");
        }
        String correction = request.correction() == null || request.correction().isNull()
                ? null
                : request.correction().toString();
        if (request.subject().length() > LONGEST_SUBJECT || tooLong(request.comment()) || tooLong(correction)) {
            throw ProblemException.invalid(
                    "a subject has at most 200 characters, a comment and a correction 10,000 each", "Shorten it.");
        }
        var decision = new Decision(
                Journal.newId(),
                run.id(),
                request.subject(),
                request.verdict(),
                request.comment(),
                correction,
                callers.actor(),
                Instant.now());
        try {
            return Response.created(URI.create("/api/v1/runs/" + run.id()))
                    .entity(DecisionView.of(journal.append(decision, key), null))
                    .build();
        } catch (KeyReusedException e) {
            throw IdempotencyKey.reused();
        }
    }

    private static boolean tooLong(@Nullable String text) {
        return text != null && text.length() > LONGEST_TEXT;
    }

    /** A stranger's file must not run as a page of ours. */
    private static Response.ResponseBuilder file(String mediaType, String name, StreamingOutput bytes) {
        return Response.ok(bytes, mediaType)
                .header(HttpHeaders.CONTENT_DISPOSITION, FileNames.disposition(name))
                .header("Content-Security-Policy", "sandbox; default-src 'none'");
    }

    private RunRecord find(String id) {
        return journal.find(id(id))
                .orElseThrow(() -> ProblemException.notFound("there is no run " + id, "See /api/v1/runs."));
    }

    static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.notFound("there is no run " + FileNames.last(text), "A run's id is a UUID.");
        }
    }
}
