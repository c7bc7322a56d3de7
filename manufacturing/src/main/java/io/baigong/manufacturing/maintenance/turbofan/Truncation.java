package io.baigong.manufacturing.maintenance.turbofan;

import java.util.random.RandomGenerator;

/**
 * Where an engine that ran to failure is cut off, so that it looks like an engine of the C-MAPSS test sets.
 *
 * <p>Their remaining lives reach from 6 to about 150 cycles, evenly, in the two sets with one flight condition; a few of the other
 * two are longer, which does not matter where life is capped at {@link RemainingLife#CAP}.
 */
final class Truncation {
    private static final int LEAST_LEFT = 6;
    private static final int MOST_LEFT = 150;

    /** Fewest cycles seen; the test sets begin at 19. */
    private static final int LEAST_SEEN = 20;

    private Truncation() {}

    /** How many cycles of the engine's life are seen, at least one. */
    static int cycles(Engine engine, RandomGenerator random) {
        int most = Math.min(MOST_LEFT, engine.cycles() - LEAST_SEEN);
        int left = most <= LEAST_LEFT ? LEAST_LEFT : random.nextInt(LEAST_LEFT, most + 1);
        return Math.max(1, engine.cycles() - left);
    }
}
