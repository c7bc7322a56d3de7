package io.baigong.journal;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line in a list of runs.
 *
 * @param name what people know it by, see {@link RunRecord#name}
 * @param confidence of an answer, in [0, 1]
 * @param stake what is at stake in an answer, in its task's own unit
 * @param decided how many subjects of it have a decision
 */
public record RunSummary(
        UUID id,
        String task,
        RunStatus status,
        String name,
        Instant startedAt,
        long durationMillis,
        @Nullable Double confidence,
        @Nullable Double stake,
        String caller,
        long decided) {
    RunSummary withDecided(long subjects) {
        return new RunSummary(id, task, status, name, startedAt, durationMillis, confidence, stake, caller, subjects);
    }
}
