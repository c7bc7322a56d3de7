package io.baigong.host.batch;

import io.baigong.journal.Actor;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * When batches begin by themselves, and of what: of the files of a folder, or of earlier runs.
 *
 * @param cron five fields, see {@link Timetable}
 * @param zone an IANA name
 * @param folder relative to the tenant's folder below {@code baigong.batches.folders}; null where it is of runs
 * @param fields values that all records share
 * @param createdBy in whose name the batches are
 * @param stopped why it does not go on
 */
public record BatchSchedule(
        UUID id,
        String name,
        String task,
        String cron,
        String zone,
        @Nullable String folder,
        @Nullable RecentRuns runs,
        Map<String, String> fields,
        Actor createdBy,
        Instant createdAt,
        @Nullable String stopped) {
    public BatchSchedule {
        fields = Map.copyOf(fields);
    }

    /**
     * A time that was due.
     *
     * @param refused why there is no batch
     */
    public record Firing(
            Instant dueAt,
            Instant firedAt,
            @Nullable UUID batch,
            @Nullable String refused) {}
}
