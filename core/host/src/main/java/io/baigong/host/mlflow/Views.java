package io.baigong.host.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is tracked, in the JSON of MLflow's service.proto. Times are milliseconds since 1970. */
final class Views {
    private Views() {}

    /** A tag of anything. */
    @Schema(name = "MlflowTag")
    public record Tag(@Nullable String key, @Nullable String value) {}

    /** A parameter of a run. */
    @Schema(name = "MlflowParam")
    public record Param(@Nullable String key, @Nullable String value) {}

    /** A figure of a run at a step. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "MlflowMetric")
    public record Metric(
            @Nullable String key,
            @Nullable Double value,
            @Nullable Long timestamp,
            @Nullable Long step) {}

    /** What runs belong to. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "MlflowExperiment")
    public record Experiment(
            String experimentId,
            String name,
            String artifactLocation,
            @Schema(enumeration = {"active", "deleted"}) String lifecycleStage,
            long lastUpdateTime,
            long creationTime,
            List<Tag> tags) {}

    /** A run without its figures. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "MlflowRunInfo")
    public record RunInfo(
            String runId,
            String runUuid,
            String runName,
            String experimentId,
            String userId,

            @Schema(enumeration = {"RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"})
            String status,

            long startTime,
            @Nullable Long endTime,
            String artifactUri,
            @Schema(enumeration = {"active", "deleted"}) String lifecycleStage) {}

    /** Of each metric the last figure; parameters and tags. */
    @Schema(name = "MlflowRunData")
    public record RunData(List<Metric> metrics, List<Param> params, List<Tag> tags) {}

    /** A run. */
    @Schema(name = "MlflowRun")
    public record Run(RunInfo info, RunData data) {}

    /** A file of a run, or a folder of such. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "MlflowFile")
    public record FileInfo(
            String path, boolean isDir, @Nullable Long fileSize) {}

    /** Nothing but that it is done. */
    @Schema(name = "MlflowDone")
    public record Done() {}

    /** What answers a call of which nothing is to be told. */
    static final Done DONE = new Done();

    /** The word for whether something was deleted, and can be restored. */
    static String stage(boolean deleted) {
        return deleted ? "deleted" : "active";
    }
}
