package io.baigong.host.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.baigong.host.access.Roles;
import io.baigong.host.mlflow.Views.FileInfo;
import io.baigong.host.mlflow.Views.Metric;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code metrics/*} and {@code artifacts/*} of MLflow's REST API 2.0. */
@Path("/api/2.0/mlflow")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "MLflow")
public class RunReadingsResource {
    private final Runs runs;
    private final RunFigures figures;
    private final RunArtifacts artifacts;

    RunReadingsResource(Runs runs, RunFigures figures, RunArtifacts artifacts) {
        this.runs = runs;
        this.figures = figures;
        this.artifacts = artifacts;
    }

    /** Figures of a metric, and how to ask for more. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "MlflowMetricHistory")
    public record History(List<Metric> metrics, @Nullable String nextPageToken) {}

    /** Files of a run. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "MlflowRunFiles")
    public record Files(String rootUri, List<FileInfo> files) {}

    @GET
    @Path("metrics/get-history")
    @RolesAllowed({Roles.AUDITOR, Roles.MODEL_OWNER})
    @Operation(operationId = "mlflowGetMetricHistory", summary = "All figures of a metric of a run, by step")
    public History history(
            @QueryParam("run_id") @Nullable String id,
            @QueryParam("run_uuid") @Nullable String uuid,
            @QueryParam("metric_key") @Nullable String key,
            @QueryParam("max_results") @Nullable Integer most,
            @QueryParam("page_token") @Nullable String token) {
        var page = figures.history(
                runs.find(id == null ? uuid : id), Keys.key("metric", key), Paging.of(most, 1_000, token));
        return new History(page.items(), page.next());
    }

    @GET
    @Path("artifacts/list")
    @RolesAllowed({Roles.AUDITOR, Roles.MODEL_OWNER})
    @Operation(operationId = "mlflowListArtifacts", summary = "Files of a run in a folder")
    public Files artifacts(
            @QueryParam("run_id") @Nullable String id,
            @QueryParam("run_uuid") @Nullable String uuid,
            @QueryParam("path") @Nullable String path) {
        Runs.Run run = runs.find(id == null ? uuid : id);
        return new Files(run.artifactUri(), artifacts.list(run, ArtifactPath.folder(path)));
    }
}
