package io.baigong.host.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baigong.host.access.Roles;
import io.baigong.host.model.Evaluations;
import io.baigong.host.model.ModelLife;
import io.baigong.host.model.VersionComparison;
import io.baigong.host.model.VersionComparison.Basis;
import io.baigong.host.rest.ModelViews.ToMeasure;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Two versions of a role beside each other. */
@Path("/api/v1/models/{role}/comparison")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Models")
public class ModelComparisonResource {
    private final ModelLife life;
    private final Evaluations evaluations;
    private final Callers callers;

    ModelComparisonResource(ModelLife life, Evaluations evaluations, Callers callers) {
        this.life = life;
        this.evaluations = evaluations;
        this.callers = callers;
    }

    /** Two versions by benchmark. */
    @Schema(name = "VersionComparison")
    public record Comparison(
            @Schema(description = "the version's number; 0 for the model that ships")
            int left,

            @Schema(description = "the version's number; 0 for the model that ships")
            int right,

            List<OnBenchmark> benchmarks,

            @Schema(description = "measurements of either that wait, go on, or failed")
            List<Measuring> measuring) {}

    /** What both reached on a benchmark. */
    @Schema(name = "BenchmarkComparison")
    public record OnBenchmark(
            String benchmark,

            @Schema(description = "whether both were measured, and on the same data; only then are there differences")
            Basis basis,

            List<Difference> metrics,

            @Schema(description = "parts of the same data by themselves")
            List<ComparedSubgroup> subgroups) {}

    /** Cases that have something in common. */
    @Schema(name = "SubgroupComparison")
    public record ComparedSubgroup(
            @Schema(description = "what they are told apart by", examples = "sex")
            String dimension,

            @Schema(examples = "female") String name,
            int cases,
            List<Difference> metrics) {}

    /** A measurement that waits, goes on, or failed. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ComparedMeasurement")
    public record Measuring(
            @Schema(description = "the version's number; 0 for the model that ships")
            int number,

            String benchmark,

            @Schema(description = "share done, in [0, 1]") double share,
            @Nullable String failure) {}

    /** A metric of both. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "MetricComparison")
    public record Difference(
            String metric,
            @Nullable Figure left,
            @Nullable Figure right,

            @Schema(description = "left less right, with its 95 % interval by the paired bootstrap") @Nullable
            Figure difference,

            @Schema(description = "whether that interval leaves 0 out")
            boolean differs) {}

    @GET
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR, Roles.ADMINISTRATOR
    })
    @Operation(
            operationId = "compareModelVersions",
            summary = "Two versions by what was measured of both, with the interval of each difference",
            description =
                    "0 stands for the model that ships. Without `right`, the version that serves is compared with.")
    @APIResponse(responseCode = "200", description = "The comparison")
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "404", ref = "Problem")
    public Comparison compare(
            @PathParam("role") String role,
            @QueryParam("left") @Nullable Integer left,
            @QueryParam("right") @Nullable Integer right) {
        return view(role, wanted(role, left, right));
    }

    @POST
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(
            operationId = "measureModelVersions",
            summary = "Has both versions measured on the data that the operator keeps back for a benchmark",
            description = "It goes on by itself; its progress stands in the comparison.")
    @APIResponse(responseCode = "202", description = "It waits or goes on")
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "404", ref = "Problem")
    public Response measure(
            @PathParam("role") String role,
            @QueryParam("left") @Nullable Integer left,
            @QueryParam("right") @Nullable Integer right,
            @Nullable ToMeasure given) {
        if (given == null || given.benchmark() == null) {
            throw ProblemException.invalid("which benchmark?", "Send {\"benchmark\": …}.");
        }
        VersionComparison versions = wanted(role, left, right);
        try {
            life.evaluate(role, versions.left(), given.benchmark(), callers.actor());
            life.evaluate(role, versions.right(), given.benchmark(), callers.actor());
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(
                    String.valueOf(e.getMessage()), "This role can be measured here on " + life.benchmarks(role) + ".");
        }
        return Response.accepted(view(role, versions)).build();
    }

    private VersionComparison wanted(String role, @Nullable Integer left, @Nullable Integer right) {
        if (left == null) {
            throw ProblemException.invalid("which version?", "Give its number: ?left=2, or ?left=2&right=1.");
        }
        return right == null ? life.compare(role, left) : life.compare(role, left, right);
    }

    private Comparison view(String role, VersionComparison comparison) {
        return new Comparison(
                comparison.left(),
                comparison.right(),
                comparison.benchmarks().stream()
                        .map(one -> new OnBenchmark(
                                one.benchmark(),
                                one.basis(),
                                differences(one.metrics()),
                                one.subgroups().stream()
                                        .map(group -> new ComparedSubgroup(
                                                group.dimension(),
                                                group.name(),
                                                group.cases(),
                                                differences(group.metrics())))
                                        .toList()))
                        .toList(),
                IntStream.of(comparison.left(), comparison.right())
                        .distinct()
                        .boxed()
                        .flatMap(number -> evaluations.of(role, number).stream()
                                .map(each -> new Measuring(
                                        number,
                                        each.benchmark(),
                                        each.share(),
                                        each.failure().orElse(null))))
                        .toList());
    }

    private static List<Difference> differences(Map<String, VersionComparison.Difference> metrics) {
        return metrics.entrySet().stream()
                .map(metric -> view(metric.getKey(), metric.getValue()))
                .toList();
    }

    private static Difference view(String metric, VersionComparison.Difference found) {
        return new Difference(
                metric,
                found.left() == null ? null : Figure.of(found.left()),
                found.right() == null ? null : Figure.of(found.right()),
                found.difference() == null ? null : Figure.of(found.difference()),
                found.differs());
    }

    @ServerExceptionMapper
    Response unknown(NoSuchElementException e) {
        return Problem.of(404, "not-found", String.valueOf(e.getMessage()), "See /api/v1/models.")
                .response();
    }
}
