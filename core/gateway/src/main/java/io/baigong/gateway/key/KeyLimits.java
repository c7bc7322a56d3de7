package io.baigong.gateway.key;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How much a key may still do now: a token bucket that holds a minute's calls, and a count of calls in flight. Thread-safe.
 *
 * <p>Each replica counts for itself.
 */
final class KeyLimits {
    private static final double MILLIS_PER_MINUTE = Duration.ofMinutes(1).toMillis();

    private final InstantSource clock;
    private final double perMinute;
    private final int concurrent;
    private double left;
    private long refilled;
    private int inFlight;

    KeyLimits(ApiKey key, InstantSource clock) {
        this.clock = clock;
        this.perMinute = key.requestsPerMinute().map(Integer::doubleValue).orElse(Double.POSITIVE_INFINITY);
        this.concurrent = key.concurrentRequests().orElse(Integer.MAX_VALUE);
        this.left = perMinute;
        this.refilled = clock.millis();
    }

    /** Takes leave for one call; says why not, if there is none. */
    synchronized Optional<String> take() {
        if (inFlight >= concurrent) {
            return Optional.of("This key may have " + concurrent + " calls at one time.");
        }
        if (perMinute < Double.POSITIVE_INFINITY) {
            long now = clock.millis();
            left = Math.min(perMinute, left + Math.max(0, now - refilled) * perMinute / MILLIS_PER_MINUTE);
            refilled = now;
            if (left < 1) {
                return Optional.of("This key may make " + (long) perMinute + " calls a minute.");
            }
            left--;
        }
        inFlight++;
        return Optional.empty();
    }

    synchronized void release() {
        inFlight--;
    }
}
