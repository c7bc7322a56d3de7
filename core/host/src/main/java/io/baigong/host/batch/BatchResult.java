package io.baigong.host.batch;

import io.baigong.journal.RunStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record of a batch and what became of it.
 *
 * @param position from 0, in the order of the files
 * @param status empty while it waits
 * @param output JSON of the task's output
 * @param reason why the task abstained
 * @param truth JSON of what its sender said is right, by path of the output
 * @param earlier the run whose input it has
 * @param changed whether it ended otherwise or with another output than that run
 */
public record BatchResult(
        long position,
        String name,
        @Nullable RunStatus status,
        @Nullable UUID run,
        @Nullable Double confidence,
        @Nullable Long durationMillis,
        @Nullable String output,
        @Nullable String reason,
        @Nullable String truth,
        @Nullable UUID earlier,
        @Nullable Boolean changed,
        @Nullable BatchFailure failure) {}
