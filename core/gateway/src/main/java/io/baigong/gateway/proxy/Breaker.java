package io.baigong.gateway.proxy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps calls off a server that fails: after {@value #FAILURES} failures in a row it gets none for a while; the first failure
 * after that begins another while. Thread-safe.
 */
final class Breaker {
    static final int FAILURES = 5;
    static final Duration PAUSE = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile Instant closedUntil = Instant.MIN;

    Breaker(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether the server may be called now. */
    boolean allows() {
        return failures.get() < FAILURES || clock.instant().isAfter(closedUntil);
    }

    void succeeded() {
        failures.set(0);
    }

    void failed() {
        if (failures.incrementAndGet() >= FAILURES) {
            closedUntil = clock.instant().plus(PAUSE);
        }
    }
}
