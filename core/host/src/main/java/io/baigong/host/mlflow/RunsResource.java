package io.baigong.host.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.baigong.host.access.Roles;
import io.baigong.host.mlflow.Experiments.Stage;
import io.baigong.host.mlflow.Views.Done;
import io.baigong.host.mlflow.Views.RunData;
import io.baigong.host.mlflow.Views.RunInfo;
import io.baigong.host.mlflow.Views.Tag;
import io.baigong.host.rest.Callers;
import io.baigong.journal.Actor;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** {@code runs/*} of MLflow's REST API 2.0, but for what is logged in them. */
@Path("/api/2.0/mlflow/runs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@org.eclipse.microprofile.openapi.annotations.tags.Tag(name = "MLflow")
public class RunsResource {
    /** The tag in which MLflow's clients keep a run's name. */
    static final String NAME_TAG = "mlflow.runName";

    private static final int MOST_EXPERIMENTS = 1_000;

    private final Runs runs;
    private final Experiments experiments;
    private final RunFigures figures;
    private final Callers callers;

    RunsResource(Runs runs, Experiments experiments, RunFigures figures, Callers callers) {
        this.runs = runs;
        this.experiments = experiments;
        this.figures = figures;
        this.callers = callers;
    }

    /** A new run; its user is who signed in. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "MlflowCreateRun")
    public record Create(
            @Nullable String experimentId,
            @Nullable String runName,
            @Nullable Long startTime,
            @Nullable List<Tag> tags) {}

    /** A run. */
    @Schema(name = "MlflowRunAnswer")
    public record One(Views.Run run) {}

    /** What becomes of a run. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "MlflowUpdateRun")
    public record Update(
            @Nullable String runId,
            @Nullable String runUuid,
            @Nullable String status,
            @Nullable Long endTime,
            @Nullable String runName) {}

    /** A run without its figures. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "MlflowUpdatedRun")
    public record Updated(RunInfo runInfo) {}

    /** Its id. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "MlflowRunId")
    public record Id(@Nullable String runId) {}

    /** Which runs are wanted. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "MlflowSearchRuns")
    public record Search(
            @Nullable List<String> experimentIds,
            @Nullable String filter,
            @Nullable String runViewType,
            @Nullable Integer maxResults,
            @Nullable List<String> orderBy,
            @Nullable String pageToken) {}

    /** Runs, and how to ask for more. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "MlflowRuns")
    public record Found(List<Views.Run> runs, @Nullable String nextPageToken) {}

    @POST
    @Path("create")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(operationId = "mlflowCreateRun", summary = "Begins a run")
    public One create(@Nullable Create wanted) {
        Create given = Given.of(wanted);
        Actor by = callers.actor();
        List<Tag> tags = given.tags() == null ? List.of() : given.tags();
        String name = given.runName() == null || given.runName().isEmpty()
                ? tags.stream()
                        .filter(tag -> NAME_TAG.equals(tag.key()))
                        .map(Tag::value)
                        .findFirst()
                        .orElse(null)
                : given.runName();
        String experiment = given.experimentId();
        Runs.Run run = runs.create(
                experiments.find(experiment == null || experiment.isEmpty() ? "0" : experiment, by),
                name,
                given.startTime(),
                by);
        figures.add(run, null, null, tags, by);
        figures.add(run, null, null, List.of(new Tag(NAME_TAG, run.name())), by);
        return one(run);
    }

    private One one(Runs.Run run) {
        return new One(views(List.of(run)).getFirst());
    }

    private List<Views.Run> views(List<Runs.Run> found) {
        Map<UUID, RunData> data = figures.of(found);
        return found.stream()
                .map(run -> new Views.Run(
                        info(run), data.getOrDefault(run.id(), new RunData(List.of(), List.of(), List.of()))))
                .toList();
    }

    private static RunInfo info(Runs.Run run) {
        return new RunInfo(
                run.number(),
                run.number(),
                run.name(),
                String.valueOf(run.experiment()),
                run.createdBy(),
                run.status(),
                run.startedAt(),
                run.endedAt(),
                run.artifactUri(),
                Views.stage(run.deleted()));
    }

    @GET
    @Path("get")
    @RolesAllowed({Roles.AUDITOR, Roles.MODEL_OWNER})
    @Operation(operationId = "mlflowGetRun", summary = "A run with its last figures")
    public One get(@QueryParam("run_id") @Nullable String id, @QueryParam("run_uuid") @Nullable String uuid) {
        return one(runs.find(id == null ? uuid : id));
    }

    @POST
    @Path("search")
    @RolesAllowed({Roles.AUDITOR, Roles.MODEL_OWNER})
    @Operation(operationId = "mlflowSearchRuns", summary = "Runs of experiments, those that began last first")
    public Found search(@Nullable Search wanted) {
        Search given = Given.of(wanted);
        Actor by = callers.actor();
        List<String> within = given.experimentIds() == null ? List.of() : given.experimentIds();
        if (within.size() > MOST_EXPERIMENTS) {
            throw MlflowException.invalid("a search is within at most " + MOST_EXPERIMENTS + " experiments");
        }
        var page = runs.search(
                within.stream().map(id -> experiments.find(id, by)).toList(),
                given.filter(),
                Stage.of(given.runViewType()),
                given.orderBy() == null ? List.of() : given.orderBy(),
                Paging.of(given.maxResults(), 1_000, given.pageToken()));
        return new Found(views(page.items()), page.next());
    }

    @POST
    @Path("update")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(operationId = "mlflowUpdateRun", summary = "Ends or renames a run")
    public Updated update(@Nullable Update wanted) {
        Update given = Given.of(wanted);
        String id = given.runId();
        Runs.Run run = runs.update(
                runs.active(id == null || id.isEmpty() ? given.runUuid() : id),
                given.status(),
                given.endTime(),
                given.runName());
        if (given.runName() != null && !given.runName().isEmpty()) {
            figures.add(run, null, null, List.of(new Tag(NAME_TAG, run.name())), callers.actor());
        }
        return new Updated(info(run));
    }

    @POST
    @Path("delete")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(operationId = "mlflowDeleteRun", summary = "Deletes a run so that it can be restored")
    public Done delete(@Nullable Id wanted) {
        runs.delete(runs.find(Given.of(wanted).runId()), true, callers.actor());
        return Views.DONE;
    }

    @POST
    @Path("restore")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(operationId = "mlflowRestoreRun", summary = "Restores a run")
    public Done restore(@Nullable Id wanted) {
        runs.delete(runs.find(Given.of(wanted).runId()), false, callers.actor());
        return Views.DONE;
    }
}
