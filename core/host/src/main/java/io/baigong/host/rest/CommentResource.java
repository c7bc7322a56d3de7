package io.baigong.host.rest;

import io.baigong.host.access.Roles;
import io.baigong.host.rest.Views.CommentRequest;
import io.baigong.host.rest.Views.CommentView;
import io.baigong.journal.Comment;
import io.baigong.journal.Comments;
import io.baigong.journal.Journal;
import io.baigong.journal.KeyReusedException;
import io.baigong.journal.RunRecord;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Comments on runs, which decide nothing. */
@Path("/api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Runs")
public class CommentResource {
    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_TEXT = 10_000;

    private final Journal journal;
    private final Comments comments;
    private final Callers callers;

    CommentResource(Journal journal, Comments comments, Callers callers) {
        this.journal = journal;
        this.comments = comments;
        this.callers = callers;
    }

    @POST
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER})
    @Path("{id}/comments")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createComment",
            summary = "Comment on a run or on a part of its output",
            description = "It decides nothing. Without a subject it is on the run as a whole.")
    @APIResponse(
            responseCode = "201",
            description = "The comment",
            content = @Content(schema = @Schema(implementation = CommentView.class)))
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "422", ref = "Problem")
    public Response comment(
            @PathParam("id") String id,
            @Parameter(description = IdempotencyKey.DESCRIPTION) @HeaderParam(IdempotencyKey.HEADER) @Nullable
                    String idempotencyKey,
            @Nullable CommentRequest request) {
        UUID key = IdempotencyKey.of(idempotencyKey);
        RunRecord run = journal.find(RunResource.id(id))
                .orElseThrow(() -> ProblemException.notFound("there is no run " + id, "See /api/v1/runs."));
        if (request == null || request.text() == null || request.text().isBlank()) {
            throw ProblemException.invalid(
                    "a comment has a text", "Send {\"subject\": \"f3\", \"text\": \"See page 7.\"}.");
        }
        String subject = request.subject() == null || request.subject().isBlank() ? null : request.subject();
        if (request.text().length() > LONGEST_TEXT || (subject != null && subject.length() > LONGEST_SUBJECT)) {
            throw ProblemException.invalid(
                    "a subject has at most 200 characters, a comment 10,000", "Shorten it, or send two comments.");
        }
        var comment = new Comment(Journal.newId(), run.id(), subject, request.text(), callers.actor(), Instant.now());
        try {
            return Response.created(URI.create("/api/v1/runs/" + run.id()))
                    .entity(CommentView.of(comments.append(run, comment, key)))
                    .build();
        } catch (KeyReusedException e) {
            throw IdempotencyKey.reused();
        }
    }
}
