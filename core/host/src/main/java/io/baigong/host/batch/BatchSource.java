package io.baigong.host.batch;

import io.baigong.journal.Actor;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A folder whose files become batches.
 *
 * @param folder relative to the tenant's folder below {@code baigong.batches.folders}
 * @param fields values that all records share
 * @param createdBy in whose name the batches are
 * @param stopped why it does not go on
 */
public record BatchSource(
        UUID id,
        String task,
        String folder,
        Map<String, String> fields,
        Actor createdBy,
        Instant createdAt,
        @Nullable String stopped) {
    public BatchSource {
        fields = Map.copyOf(fields);
    }
}
