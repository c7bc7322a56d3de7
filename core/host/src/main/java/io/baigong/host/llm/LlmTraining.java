package io.baigong.host.llm;

import io.baigong.host.training.TrainingState;
import io.baigong.journal.Actor;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tuning of a language model on the cluster.
 *
 * @param recipe in JSON, as the script reads it
 * @param data file below the tenant's folder of data
 * @param examples in it, as its sender says
 * @param nodes machines that it takes
 * @param gpusPerNode GPUs of each
 * @param hours as planned
 * @param result what came of it; null before its end
 * @param failure why it failed
 */
public record LlmTraining(
        UUID id,
        String recipe,
        String data,
        long examples,
        int nodes,
        int gpusPerNode,
        double hours,
        TrainingState state,
        @Nullable Result result,
        @Nullable String failure,
        Actor createdBy,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {
    /**
     * What the script left.
     *
     * @param folder on the cluster's volume: adapters, or all weights
     * @param sha256 of its files, as the script's {@code digests} takes it
     * @param loss the last
     */
    public record Result(
            String folder,
            String sha256,
            @Nullable Long steps,
            @Nullable Double loss) {}

    /** The TrainJob's name: an RFC 1035 label. */
    String jobName() {
        return "baigong-" + id;
    }
}
