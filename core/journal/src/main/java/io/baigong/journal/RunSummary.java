package io.baigong.journal;

import java.time.Instant;
import java.util.UUID;

/**
 * A line in a list of runs.
 *
 * @param name the first attachment's name
 * @param decided how many subjects of it have a decision
 */
public record RunSummary(
        UUID id,
        String task,
        RunStatus status,
        String name,
        Instant startedAt,
        long durationMillis,
        String caller,
        long decided) {}
