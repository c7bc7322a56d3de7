package io.baigong.host.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baigong.host.access.Roles;
import io.baigong.journal.SecondReview.Opinion;
import io.baigong.journal.SecondReviews;
import io.baigong.journal.SecondReviews.Pair;
import io.baigong.measures.Bootstrap;
import io.baigong.measures.ConfusionMatrix;
import io.baigong.measures.Interval;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How far first and second reviewers agree. */
@Path("/api/v1/reviews")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Runs")
public class AgreementResource {
    /** Of a period, the newest; a bootstrap of more takes long. */
    private static final int MOST_PAIRS = 10_000;

    private static final long SEED = 1;

    private final SecondReviews reviews;

    AgreementResource(SecondReviews reviews) {
        this.reviews = reviews;
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
            Figure kappa) {}

    @GET
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.MODEL_OWNER, Roles.AUDITOR})
    @Path("agreement")
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
        if (pairs.isEmpty() || Double.isNaN(kappa(pairs))) {
            return new AgreementView(pairs.size(), agreed, null);
        }
        List<List<Pair>> runs = List.copyOf(
                pairs.stream().collect(Collectors.groupingBy(Pair::run)).values());
        Interval kappa = Bootstrap.seeded(SEED)
                .interval(
                        runs,
                        sample -> kappa(sample.stream().flatMap(List::stream).toList()));
        return new AgreementView(pairs.size(), agreed, Figure.of(kappa));
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
