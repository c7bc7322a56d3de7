package io.baigong.host.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.baigong.host.training.TrainingJob;
import io.baigong.host.training.TrainingJob.Measure;
import io.baigong.host.training.TrainingJob.Resumption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Trainings as OpenAI's API shows them; what does not exist here is null, as there. */
final class FineTuningViews {
    private static final String PREFIX = "ftjob-";

    private FineTuningViews() {}

    /** What callers name the training by. */
    static String name(UUID job) {
        return PREFIX + job;
    }

    /** The training that a caller names; null for no such name. */
    static @Nullable UUID job(String id) {
        try {
            return id.startsWith(PREFIX) ? UUID.fromString(id.substring(PREFIX.length())) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** A list of OpenAI's API. */
    public record Listing<T>(
            String object,
            List<T> data,
            @JsonProperty("has_more") boolean hasMore) {
        static <T> Listing<T> of(List<T> data, boolean hasMore) {
            return new Listing<>("list", data, hasMore);
        }
    }

    /** Why a training failed. */
    public record Failure(
            String code, String message, @Nullable String param) {}

    /** A training. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record FineTuningJob(
            String id,
            String object,
            String model,
            @JsonProperty("created_at") long createdAt,
            @JsonProperty("finished_at") @Nullable Long finishedAt,
            @JsonProperty("fine_tuned_model") @Nullable String fineTunedModel,
            @JsonProperty("organization_id") String organizationId,
            @JsonProperty("result_files") List<String> resultFiles,
            String status,
            @JsonProperty("validation_file") @Nullable String validationFile,
            @JsonProperty("training_file") @Nullable String trainingFile,
            @JsonProperty("trained_tokens") @Nullable Long trainedTokens,
            @Nullable Failure error,
            Map<String, Object> hyperparameters,
            long seed) {
        static FineTuningJob of(TrainingJob job) {
            String failure = job.failure();
            return new FineTuningJob(
                    name(job.id()),
                    "fine_tuning.job",
                    job.task() + "/" + job.recipe(),
                    job.createdAt().getEpochSecond(),
                    job.endedAt() == null ? null : job.endedAt().getEpochSecond(),
                    job.versions().isEmpty() ? null : models(job),
                    job.createdBy().tenant(),
                    List.of(),
                    job.state().name().toLowerCase(Locale.ROOT),
                    null,
                    job.file() == null ? null : FilesResource.name(job.file()),
                    null,
                    failure == null ? null : new Failure("training_failed", failure, null),
                    Map.of(),
                    job.seed());
        }

        private static String models(TrainingJob job) {
            return job.versions().stream()
                    .map(version -> version.role() + ":" + version.number())
                    .collect(Collectors.joining(","));
        }
    }

    /** Something that happened in a training. */
    public record FineTuningEvent(
            String object,
            String id,
            @JsonProperty("created_at") long createdAt,
            String level,
            String message,
            String type,
            Map<String, Object> data) {
        static final String CREATED = "created";
        static final String ENDED = "ended";

        /** What callers name an event by. */
        static String id(TrainingJob job, String what) {
            return "ftevent-" + job.id() + "-" + what;
        }

        private static FineTuningEvent of(
                TrainingJob job, String what, Instant at, String type, String message, Map<String, Object> data) {
            return new FineTuningEvent(
                    "fine_tuning.job.event",
                    id(job, what),
                    at.getEpochSecond(),
                    job.failure() != null && what.equals(ENDED) ? "error" : "info",
                    message,
                    type,
                    data);
        }

        static FineTuningEvent created(TrainingJob job) {
            return of(job, CREATED, job.createdAt(), "message", "The training waits for its turn.", Map.of());
        }

        static FineTuningEvent measured(TrainingJob job, Measure measure) {
            return of(
                    job,
                    String.valueOf(measure.seq()),
                    measure.at(),
                    "metrics",
                    "%s %.6g at step %s".formatted(measure.metric(), measure.value(), measure.step()),
                    Map.of("step", measure.step(), measure.metric().replace(' ', '_'), measure.value()));
        }

        static FineTuningEvent resumed(TrainingJob job, Resumption resumption) {
            return of(
                    job,
                    String.valueOf(resumption.seq()),
                    resumption.at(),
                    "message",
                    resumption.stage() == 1 && resumption.step() == 0
                            ? "The training was interrupted, and begins again."
                            : "The training was interrupted, and goes on from step %d of stage %d."
                                    .formatted(resumption.step(), resumption.stage()),
                    Map.of("step", resumption.step(), "stage", resumption.stage()));
        }

        static FineTuningEvent ended(TrainingJob job, Instant at) {
            String failure = job.failure();
            String message = switch (job.state()) {
                case SUCCEEDED -> "The training has succeeded; its models are candidates.";
                case CANCELLED -> "The training was cancelled.";
                case QUEUED, RUNNING, FAILED -> failure == null ? "" : failure;
            };
            return of(job, ENDED, at, "message", message, Map.of());
        }
    }
}
