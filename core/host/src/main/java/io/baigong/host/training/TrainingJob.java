package io.baigong.host.training;

import io.baigong.journal.Actor;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A training that somebody wants.
 *
 * @param recipe named as the data set whose format its data have
 * @param file what it learns from; null for what the operator has
 * @param fileName what its sender called it
 * @param priority more goes first among those of a tenant
 * @param share done, in [0, 1]
 * @param doing what is being done
 * @param attempts how often a process began it
 * @param dataSha256 of the data, once they were read
 * @param failure why it failed
 * @param versions what came of it
 */
public record TrainingJob(
        UUID id,
        String task,
        String recipe,
        @Nullable UUID file,
        @Nullable String fileName,
        long seed,
        int priority,
        TrainingState state,
        double share,
        @Nullable String doing,
        int attempts,
        @Nullable String dataSha256,
        @Nullable String failure,
        Actor createdBy,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        List<Trained> versions) {
    public TrainingJob {
        versions = List.copyOf(versions);
    }

    /** A version of a role, a candidate. */
    public record Trained(String role, int number) {}

    /** Where a process went on that took the training up again; a step of 0 is the begin of a stage, of which there is an artifact each. */
    public record Resumption(long seq, Instant at, int stage, long step) {}

    /** A figure of the learning. */
    public record Measure(long seq, Instant at, String metric, double step, double value) {}
}
