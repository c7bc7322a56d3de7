package io.baigong.host.batch;

import io.baigong.journal.Actor;
import io.baigong.journal.Occasion;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Many records for one task, as it stands at a moment.
 *
 * @param createdBy in whose name its runs are
 * @param resumedAt when it last went on
 * @param doneThen how many records were done then
 * @param remote whether its records are run outside the suite
 */
public record Batch(
        UUID id,
        String task,
        String name,
        BatchState state,
        long total,
        long answered,
        long abstained,
        long failed,
        Actor createdBy,
        Instant createdAt,
        Instant resumedAt,
        long doneThen,
        @Nullable Instant endedAt,
        Occasion occasion,
        boolean remote) {
    /** The occasion of its runs. */
    Occasion ofRuns() {
        return new Occasion(
                occasion.purpose(), Optional.ofNullable(occasion.correlation()).orElse("batch " + id));
    }

    /** Records with an end of any kind. */
    public long done() {
        return answered + abstained + failed;
    }

    /** Time that is left at the rate since it last went on; empty while that is not known. */
    public Optional<Duration> left(Instant now) {
        long since = done() - doneThen;
        if (state != BatchState.RUNNING || since <= 0) {
            return Optional.empty();
        }
        double each = (double) Duration.between(resumedAt, now).toMillis() / since;
        return Optional.of(Duration.ofMillis((long) (each * (total - done()))));
    }
}
