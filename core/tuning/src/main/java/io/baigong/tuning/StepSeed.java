package io.baigong.tuning;

import ai.djl.engine.Engine;

/** PyTorch's own random numbers, as dropout takes them: their state can't be kept, so each step begins with a seed of its own. */
final class StepSeed {
    /** The golden ratio's odd fraction of 2^64, as SplitMix64 steps (Steele et al. 2014, doi 10.1145/2660193.2660195). */
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private StepSeed() {}

    static void set(Engine engine, long seed, long step) {
        long mixed = (seed ^ (step + 1) * GAMMA) * 0xBF58476D1CE4E5B9L;
        engine.setRandomSeed((int) (mixed >>> 32));
    }
}
