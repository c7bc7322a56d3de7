package io.baigong.host.decay;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is compared: {@code [begin, end)} with {@code [from, to)}, which never overlap.
 *
 * @param begin of the reference
 * @param from begin of the present
 */
public record Windows(Instant begin, Instant end, Instant from, Instant to) {
    /** Those of a series at a moment; empty until its reference is over. */
    public static Optional<Windows> of(Instant first, Instant now, Duration reference, Duration window) {
        Instant end = first.plus(reference);
        if (!end.isBefore(now)) {
            return Optional.empty();
        }
        Instant back = now.minus(window);
        return Optional.of(new Windows(first, end, back.isBefore(end) ? end : back, now));
    }
}
