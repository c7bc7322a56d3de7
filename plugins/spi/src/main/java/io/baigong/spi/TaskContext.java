package io.baigong.spi;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** What the platform lends a task for one run; not to be kept after it. */
public interface TaskContext {
    Models models();

    InstantSource clock();

    /** Seeded per run, so that a run can be repeated. */
    RandomGenerator random();

    /** The reference data of the task's vertical that was imported. */
    default References references() {
        return References.NONE;
    }
}
