package io.baigong.testkit;

import io.baigong.spi.Models;
import io.baigong.spi.References;
import io.baigong.spi.TaskContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** A run's context whose clock stands still and whose random numbers repeat. */
public record FakeContext(Models models, InstantSource clock, RandomGenerator random, References references)
        implements TaskContext {
    /** The instant at which {@link #of} stops the clock. */
    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /** A fresh context with seed 0. */
    public static FakeContext of(Models models) {
        return of(models, 0);
    }

    /** A fresh context; equal seeds give equal random numbers. */
    public static FakeContext of(Models models, long seed) {
        return new FakeContext(
                models,
                InstantSource.fixed(NOW),
                RandomGeneratorFactory.of("L64X128MixRandom").create(seed),
                References.NONE);
    }

    /** With reference data that was imported. */
    public FakeContext with(References imported) {
        return new FakeContext(models, clock, random, imported);
    }
}
