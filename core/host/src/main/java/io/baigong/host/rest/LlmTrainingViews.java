package io.baigong.host.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.host.llm.LlmTraining;
import io.baigong.host.training.TrainingState;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Tunings of language models as REST shows them. */
final class LlmTrainingViews {
    private LlmTrainingViews() {}

    /** A tuning to add. */
    public record NewLlmTraining(
            @Schema(type = SchemaType.OBJECT, description = "a recipe, as the guide to training describes it") @Nullable
            JsonNode recipe,

            @Schema(
                    description = "a file of JSON lines below the tenant's folder of data on the cluster's volume",
                    examples = "answers.jsonl")
            @Nullable
            String data,

            @Schema(description = "examples in it, of DPO pairs") @Nullable
            Long examples) {}

    /** What came of a tuning. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ResultView(
            @Schema(description = "on the cluster's volume: adapters, or all weights")
            String folder,

            @Schema(description = "of its files' digests, in hex")
            String sha256,

            @Nullable Long steps,
            @Nullable Double loss) {}

    /** A tuning. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LlmTrainingView(
            UUID id,
            @Schema(type = SchemaType.OBJECT) @JsonRawValue String recipe,

            String data,
            long examples,
            @Schema(description = "machines that it takes") int nodes,
            @Schema(description = "GPUs of each") int gpusPerNode,
            @Schema(description = "as planned") double hours,
            TrainingState state,
            @Nullable ResultView result,
            @Nullable String failure,
            String createdBy,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {
        static LlmTrainingView of(LlmTraining training) {
            LlmTraining.Result result = training.result();
            return new LlmTrainingView(
                    training.id(),
                    training.recipe(),
                    training.data(),
                    training.examples(),
                    training.nodes(),
                    training.gpusPerNode(),
                    training.hours(),
                    training.state(),
                    result == null
                            ? null
                            : new ResultView(result.folder(), result.sha256(), result.steps(), result.loss()),
                    training.failure(),
                    training.createdBy().name(),
                    training.createdAt(),
                    training.startedAt(),
                    training.endedAt());
        }
    }
}
