package io.baigong.host.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.baigong.host.run.PlatformJson;
import io.baigong.spi.Progress;
import java.io.PrintStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line that a training tells about itself, as JSON: either how far it is, or a figure of the learning.
 *
 * @param share done, in [0, 1]
 * @param what is being done
 * @param metric that was measured
 * @param step that the value belongs to, in epochs or rounds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TrainingLine(
        @Nullable Double share,
        @Nullable String what,
        @Nullable String metric,
        @Nullable Double step,
        @Nullable Double value) {
    private static final String BEGINNING = "{\"";

    /** Writes what a recipe tells, at most ten times a second of how far it is. Thread-safe. */
    static Progress to(PrintStream out) {
        return new Progress() {
            private static final long PAUSE_NANOS = 100_000_000;
            private long next = System.nanoTime();

            @Override
            public synchronized void at(double share, String what) {
                long now = System.nanoTime();
                if (now - next >= 0 || share >= 1) {
                    next = now + PAUSE_NANOS;
                    write(new TrainingLine(share, what, null, null, null));
                }
            }

            @Override
            public synchronized void measured(String metric, double step, double value) {
                if (Double.isFinite(value)) {
                    write(new TrainingLine(null, null, metric, step, value));
                }
            }

            private void write(TrainingLine line) {
                try {
                    out.println(PlatformJson.mapper().writeValueAsString(line));
                    out.flush();
                } catch (JsonProcessingException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    /** What a line says; empty for other words of the process. */
    static Optional<TrainingLine> read(String line) {
        if (!line.startsWith(BEGINNING)) {
            return Optional.empty();
        }
        try {
            return Optional.of(PlatformJson.mapper().readValue(line, TrainingLine.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
