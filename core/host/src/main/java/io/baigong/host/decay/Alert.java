package io.baigong.host.decay;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that drifted.
 *
 * @param series whose runs
 * @param found when it was found last
 * @param value how far it was then
 * @param was of a share or an error: what it was in the reference
 * @param ended when it had not been found for the length of a window; null while it is open
 */
public record Alert(
        UUID id,
        String tenant,
        String task,
        String series,
        Measure.Key measure,
        Instant opened,
        Instant found,
        double value,
        @Nullable Double was,
        @Nullable Instant ended,
        @Nullable String acknowledgedBy,
        @Nullable Instant acknowledgedAt) {}
