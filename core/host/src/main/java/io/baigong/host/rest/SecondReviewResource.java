package io.baigong.host.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baigong.host.access.Roles;
import io.baigong.host.rest.Views.SecondReviewRequest;
import io.baigong.host.rest.Views.SecondReviewView;
import io.baigong.journal.Decision;
import io.baigong.journal.Journal;
import io.baigong.journal.RunRecord;
import io.baigong.journal.SecondReview;
import io.baigong.journal.SecondReview.Opinion;
import io.baigong.journal.SecondReviews;
import io.baigong.journal.SecondReviews.Pair;
import io.baigong.measures.Bootstrap;
import io.baigong.measures.ConfusionMatrix;
import io.baigong.measures.Interval;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Second opinions on decisions, and how far both reviewers agree. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Runs")
public class SecondReviewResource {
    private static final int LONGEST_TEXT = 10_000;

    /** Of a period, the newest; a bootstrap of more takes long. */
    private static final int MOST_PAIRS = 10_000;

    private static final long SEED = 1;

    private final Journal journal;
    private final SecondReviews reviews;
    private final Callers callers;

    SecondReviewResource(Journal journal, SecondReviews reviews, Callers callers) {
        this.journal = journal;
        this.reviews = reviews;
        this.callers = callers;
    }

    /**
     * How far first and second reviewers agree.
     *
     * @param kappa Cohen's, over the verdicts; missing where both used one verdict throughout
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AgreementView(
            int reviews,
            int agreed,

            @Schema(description = "Cohen's kappa with its 95 % interval (bootstrap over runs)") @Nullable
            Interval kappa) {}

    @POST
    @RolesAllowed(Roles.REVIEWER)
    @Path("runs/{id}/decisions/{decision}/review")
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

    @GET
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.MODEL_OWNER, Roles.AUDITOR})
    @Path("reviews/agreement")
    @Operation(operationId = "getAgreement", summary = "How far first and second reviewers agree in a period")
    @APIResponse(responseCode = "200", description = "The figures")
    @APIResponse(responseCode = "400", ref = "Problem")
    public AgreementView agreement(
            @Parameter(example = "medical.icd-coding") @QueryParam("task") @DefaultValue("") String task,
            @Parameter(description = "reviewed at this moment or later") @QueryParam("from") @Nullable String from,
            @Parameter(description = "reviewed before this moment") @QueryParam("to") @Nullable String to) {
        List<Pair> pairs = reviews.pairs(
                task,
                from == null ? Instant.EPOCH : RunListing.moment(from),
                to == null ? Instant.now().plusSeconds(1) : RunListing.moment(to),
                MOST_PAIRS);
        int agreed = (int)
                pairs.stream().filter(pair -> pair.opinion() == Opinion.AGREED).count();
        if (Double.isNaN(kappa(pairs))) {
            return new AgreementView(pairs.size(), agreed, null);
        }
        List<List<Pair>> runs = List.copyOf(
                pairs.stream().collect(Collectors.groupingBy(Pair::run)).values());
        Interval kappa = Bootstrap.seeded(SEED)
                .interval(
                        runs,
                        sample -> kappa(sample.stream().flatMap(List::stream).toList()));
        return new AgreementView(pairs.size(), agreed, kappa);
    }

    /** Who would have corrected otherwise agrees on no verdict. */
    private static double kappa(List<Pair> pairs) {
        return ConfusionMatrix.of(
                        pairs.stream().map(pair -> pair.first().name()).toList(),
                        pairs.stream()
                                .map(pair -> pair.opinion() == Opinion.DISAGREED && pair.first() == pair.second()
                                        ? "OTHERWISE"
                                        : pair.second().name())
                                .toList())
                .kappa();
    }
}
