package io.baigong.host.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baigong.host.training.TrainingFile;
import io.baigong.host.training.TrainingJob;
import io.baigong.host.training.TrainingState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Trainings as REST shows them. */
final class TrainingViews {
    private TrainingViews() {}

    /** A way of making models of a task. */
    public record RecipeView(
            @Schema(examples = "manufacturing.predictive-maintenance")
            String task,

            @Schema(description = "the data set whose format its data have", examples = "ai4i2020")
            String recipe,

            @Schema(description = "whether the operator has data for it, so that no file is needed")
            boolean hasData) {}

    /** A file to learn from. */
    public record FileView(
            UUID id,
            String name,
            @Schema(description = "its size") long bytes,

            @Schema(description = "of its bytes, in hex") String sha256,
            String createdBy,
            Instant createdAt) {
        static FileView of(TrainingFile file) {
            return new FileView(
                    file.id(),
                    file.name(),
                    file.bytes(),
                    file.sha256(),
                    file.createdBy().name(),
                    file.createdAt());
        }
    }

    /** A training to add. */
    public record NewTraining(
            @Schema(examples = "manufacturing.predictive-maintenance") @Nullable
            String task,

            @Schema(examples = "ai4i2020") @Nullable String recipe,

            @Schema(description = "what to learn from; what the operator has for the recipe unless given") @Nullable
            String file,

            @Schema(description = "the same seed and data make the same model; 1 unless given") @Nullable
            Long seed,

            @Schema(description = "from -100 to 100, more goes first among those of a tenant; 0 unless given") @Nullable
            Integer priority) {}

    /** A version that came of a training. */
    public record TrainedView(String role, int number) {}

    /** A training. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TrainingView(
            UUID id,
            String task,
            String recipe,
            @Nullable UUID file,
            @Nullable String fileName,
            long seed,
            int priority,
            TrainingState state,
            @Schema(description = "done, from 0 to 1") double share,
            @Nullable String doing,
            int attempts,

            @Schema(description = "of the data, in hex, once they were read") @Nullable
            String dataSha256,

            @Nullable String failure,
            String createdBy,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,

            @Schema(description = "candidates that came of it")
            List<TrainedView> versions) {
        static TrainingView of(TrainingJob job) {
            return new TrainingView(
                    job.id(),
                    job.task(),
                    job.recipe(),
                    job.file(),
                    job.fileName(),
                    job.seed(),
                    job.priority(),
                    job.state(),
                    job.share(),
                    job.doing(),
                    job.attempts(),
                    job.dataSha256(),
                    job.failure(),
                    job.createdBy().name(),
                    job.createdAt(),
                    job.startedAt(),
                    job.endedAt(),
                    job.versions().stream()
                            .map(one -> new TrainedView(one.role(), one.number()))
                            .toList());
        }
    }

    /** A figure of the learning. */
    @Schema(name = "TrainingMeasure")
    public record MeasureView(
            @Schema(description = "grows; ask for those after it")
            long seq,

            Instant at,
            @Schema(examples = "training loss") String metric,
            @Schema(description = "in epochs or rounds") double step,
            double value) {
        static MeasureView of(TrainingJob.Measure measure) {
            return new MeasureView(measure.seq(), measure.at(), measure.metric(), measure.step(), measure.value());
        }
    }
}
