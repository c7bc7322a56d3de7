package io.baigong.gateway.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class KeyLimitsTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T00:00:00Z"));

    private KeyLimits limits(Optional<Integer> perMinute, Optional<Integer> concurrent) {
        var key = new ApiKey(
                UUID.randomUUID(),
                "default",
                "k",
                perMinute,
                concurrent,
                Optional.empty(),
                Optional.empty(),
                false,
                "analyst",
                now.get(),
                Optional.empty());
        return new KeyLimits(key, now::get);
    }

    private void later(Duration time) {
        now.updateAndGet(at -> at.plus(time));
    }

    private static int granted(KeyLimits limits, int asked) {
        int granted = 0;
        for (int i = 0; i < asked; i++) {
            if (limits.take().isEmpty()) {
                granted++;
                limits.release();
            }
        }
        return granted;
    }

    @Test
    void aMinutesCallsMayComeAtOnceAndFlowBackEvenly() {
        KeyLimits limits = limits(Optional.of(60), Optional.empty());
        assertThat(granted(limits, 100)).isEqualTo(60);
        later(Duration.ofSeconds(10));
        assertThat(granted(limits, 100)).isEqualTo(10);
        later(Duration.ofHours(5));
        assertThat(granted(limits, 100)).isEqualTo(60);
    }

    @Test
    void aClockThatIsSetBackGivesNothingAway() {
        KeyLimits limits = limits(Optional.of(10), Optional.empty());
        assertThat(granted(limits, 20)).isEqualTo(10);
        later(Duration.ofMinutes(-5));
        assertThat(granted(limits, 20)).isZero();
        later(Duration.ofMinutes(1));
        assertThat(granted(limits, 20)).isBetween(0, 10);
    }

    @Test
    void callsInFlightAreCounted() {
        KeyLimits limits = limits(Optional.empty(), Optional.of(2));
        assertThat(limits.take()).isEmpty();
        assertThat(limits.take()).isEmpty();
        assertThat(limits.take()).hasValueSatisfying(why -> assertThat(why).contains("2 calls at one time"));
        limits.release();
        assertThat(limits.take()).isEmpty();
    }

    @Test
    void concurrentCallsNeverPassTheLimitTogether() {
        KeyLimits limits = limits(Optional.of(1_000), Optional.of(5));
        var inFlight = new AtomicInteger();
        var most = new AtomicInteger();
        var granted = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < 5_000; i++) {
                threads.execute(() -> {
                    if (limits.take().isEmpty()) {
                        most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                        granted.incrementAndGet();
                        inFlight.decrementAndGet();
                        limits.release();
                    }
                });
            }
        }
        assertThat(most.get()).isBetween(1, 5);
        assertThat(granted.get()).isBetween(1, 1_000);
    }
}
