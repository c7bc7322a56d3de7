package io.baigong.host.rest;

import io.baigong.host.access.Roles;
import io.baigong.host.rest.Views.SecondReviewRequest;
import io.baigong.host.rest.Views.SecondReviewView;
import io.baigong.journal.Decision;
import io.baigong.journal.Journal;
import io.baigong.journal.RunRecord;
import io.baigong.journal.SecondReview;
import io.baigong.journal.SecondReview.Opinion;
import io.baigong.journal.SecondReviews;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Second opinions on decisions. */
@Path("/api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Runs")
public class SecondReviewResource {
    private static final int LONGEST_TEXT = 10_000;

    private final Journal journal;
    private final SecondReviews reviews;
    private final Callers callers;

    SecondReviewResource(Journal journal, SecondReviews reviews, Callers callers) {
        this.journal = journal;
        this.reviews = reviews;
        this.callers = callers;
    }

    @POST
    @RolesAllowed(Roles.REVIEWER)
    @Path("{id}/decisions/{decision}/review")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createSecondReview",
            summary = "Agree or disagree with somebody else's decision",
            description =
                    "Who disagrees says why, and what they would have decided. A decision has one second review at most.")
    @APIResponse(
            responseCode = "201",
            description = "The second review",
            content = @Content(schema = @Schema(implementation = SecondReviewView.class)))
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    public Response review(
            @PathParam("id") String id, @PathParam("decision") String decision, @Nullable SecondReviewRequest request) {
        RunRecord run = journal.find(RunResource.id(id))
                .orElseThrow(() -> ProblemException.notFound("there is no run " + id, "See /api/v1/runs."));
        Decision reviewed = journal.decisions(run.id()).stream()
                .filter(one -> one.id().toString().equals(decision))
                .findFirst()
                .orElseThrow(() ->
                        ProblemException.notFound("this run has no such decision", "See the decisions of the run."));
        SecondReview wanted = wanted(reviewed, request);
        try {
            return Response.created(URI.create("/api/v1/runs/" + run.id()))
                    .entity(SecondReviewView.of(reviews.append(run, reviewed, wanted)))
                    .build();
        } catch (SecondReview.RefusedException e) {
            throw new ProblemException(Problem.of(
                    409,
                    "refused",
                    String.valueOf(e.getMessage()),
                    "A second review is somebody else's, and there is one at most."));
        }
    }

    private SecondReview wanted(Decision reviewed, @Nullable SecondReviewRequest request) {
        if (request == null || request.opinion() == null) {
            throw ProblemException.invalid("a second review has an opinion", "Send {\"opinion\": \"AGREED\"}.");
        }
        String reason = request.reason() == null || request.reason().isBlank() ? null : request.reason();
        boolean agreed = request.opinion() == Opinion.AGREED;
        Decision.Verdict verdict = agreed ? reviewed.verdict() : request.verdict();
        if (verdict == null || (!agreed && reason == null)) {
            throw ProblemException.invalid(
                    "who disagrees says why, and what they would have decided",
                    "Send {\"opinion\": \"DISAGREED\", \"verdict\": \"REJECTED\", \"reason\": …}.");
        }
        if (!agreed && verdict == reviewed.verdict() && verdict != Decision.Verdict.CORRECTED) {
            throw ProblemException.invalid(
                    "who disagrees would have decided otherwise", "Send another verdict, or agree.");
        }
        if (reason != null && reason.length() > LONGEST_TEXT) {
            throw ProblemException.invalid("a reason has at most 10,000 characters", "Shorten it.");
        }
        return new SecondReview(
                Journal.newId(), reviewed.id(), request.opinion(), verdict, reason, callers.actor(), Instant.now());
    }
}
