package io.baigong.host.mlflow;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.baigong.host.access.Roles;
import io.baigong.host.mlflow.Views.Done;
import io.baigong.host.mlflow.Views.Metric;
import io.baigong.host.mlflow.Views.Param;
import io.baigong.host.mlflow.Views.Tag;
import io.baigong.host.rest.Callers;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is logged in runs: {@code runs/log-*} and their tags, of MLflow's REST API 2.0. */
@Path("/api/2.0/mlflow/runs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@org.eclipse.microprofile.openapi.annotations.tags.Tag(name = "MLflow")
public class RunFiguresResource {
    private final Runs runs;
    private final RunFigures figures;
    private final Tags tags;
    private final Callers callers;

    RunFiguresResource(Runs runs, RunFigures figures, Tags tags, Callers callers) {
        this.runs = runs;
        this.figures = figures;
        this.tags = tags;
        this.callers = callers;
    }

    /** A figure. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "MlflowLogMetric")
    public record LogMetric(
            @Nullable String runId,
            @Nullable String runUuid,
            @Nullable String key,
            @Nullable Double value,
            @Nullable Long timestamp,
            @Nullable Long step) {}

    /** A parameter or tag. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "MlflowLogText")
    public record LogText(
            @Nullable String runId,
            @Nullable String runUuid,
            @Nullable String key,
            @Nullable String value) {}

    /** Much at once. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "MlflowLogBatch")
    public record LogBatch(
            @Nullable String runId,
            @Nullable List<Metric> metrics,
            @Nullable List<Param> params,
            @Nullable List<Tag> tags) {}

    private Runs.Run run(@Nullable String id, @Nullable String uuid) {
        return runs.active(id == null || id.isEmpty() ? uuid : id);
    }

    @POST
    @Path("log-metric")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(operationId = "mlflowLogMetric", summary = "Keeps a figure of a run")
    public Done metric(@Nullable LogMetric wanted) {
        LogMetric given = Given.of(wanted);
        var metric = new Metric(given.key(), given.value(), given.timestamp(), given.step());
        figures.add(run(given.runId(), given.runUuid()), List.of(metric), null, null, callers.actor());
        return Views.DONE;
    }

    @POST
    @Path("log-parameter")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(operationId = "mlflowLogParameter", summary = "Keeps a parameter of a run, which never changes")
    public Done parameter(@Nullable LogText wanted) {
        LogText given = Given.of(wanted);
        figures.add(
                run(given.runId(), given.runUuid()),
                null,
                List.of(new Param(given.key(), given.value())),
                null,
                callers.actor());
        return Views.DONE;
    }

    @POST
    @Path("log-batch")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(operationId = "mlflowLogBatch", summary = "Keeps figures, parameters and tags of a run: all or none")
    public Done batch(@Nullable LogBatch wanted) {
        LogBatch given = Given.of(wanted);
        figures.add(run(given.runId(), null), given.metrics(), given.params(), given.tags(), callers.actor());
        return Views.DONE;
    }

    @POST
    @Path("set-tag")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(operationId = "mlflowSetTag", summary = "Sets a tag of a run")
    public Done setTag(@Nullable LogText wanted) {
        LogText given = Given.of(wanted);
        figures.add(
                run(given.runId(), given.runUuid()),
                null,
                null,
                List.of(new Tag(given.key(), given.value())),
                callers.actor());
        return Views.DONE;
    }

    @POST
    @Path("delete-tag")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(operationId = "mlflowDeleteTag", summary = "Removes a tag of a run")
    public Done deleteTag(@Nullable LogText wanted) {
        LogText given = Given.of(wanted);
        String key = given.key() == null ? "" : given.key();
        if (!tags.delete(Tags.Kind.RUN, run(given.runId(), null).id().toString(), key)) {
            throw MlflowException.missing("The run has no tag of that key.");
        }
        return Views.DONE;
    }
}
