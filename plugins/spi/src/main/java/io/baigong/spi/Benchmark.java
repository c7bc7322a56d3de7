package io.baigong.spi;

import java.io.IOException;
import java.nio.file.Path;

/** A public data set that a task can be measured on. */
public interface Benchmark {
    /** Its short name, such as {@code cuad}. */
    String name();

    /**
     * Measures the task.
     *
     * @param data file or folder in the format of the data set
     * @param progress told the share done
     */
    Evaluation evaluate(Path data, TaskContext context, Progress progress) throws IOException;
}
