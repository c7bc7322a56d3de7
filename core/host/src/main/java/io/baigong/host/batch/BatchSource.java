package io.baigong.host.batch;

import io.baigong.journal.Actor;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A folder whose files become batches.
 *
 * @param folder relative to the tenant's folder below {@code baigong.batches.folders}
 * @param fields values that all records share
 * @param createdBy in whose name the batches are
 */
public record BatchSource(
        UUID id, String task, String folder, Map<String, String> fields, Actor createdBy, Instant createdAt) {
    public BatchSource {
        fields = Map.copyOf(fields);
    }
}
