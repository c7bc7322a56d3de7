package io.baigong.host.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.baigong.host.run.PlatformJson;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line that a training tells about itself, as JSON: how far it is, a figure of the learning, a checkpoint, or where it goes on.
 *
 * @param share done, in [0, 1]
 * @param what is being done
 * @param metric that was measured
 * @param step that the value belongs to, in epochs or rounds
 * @param kept a checkpoint from which it can go on
 * @param resumed the checkpoint from which it goes on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TrainingLine(
        @Nullable Double share,
        @Nullable String what,
        @Nullable String metric,
        @Nullable Double step,
        @Nullable Double value,
        @Nullable Place kept,
        @Nullable Place resumed) {
    private static final String BEGINNING = "{\"";

    /** A place in a training: stages count from 1, and step 0 is the begin of one. */
    record Place(int stage, long step) {}

    static TrainingLine at(double share, String what) {
        return new TrainingLine(share, what, null, null, null, null, null);
    }

    static TrainingLine measured(String metric, double step, double value) {
        return new TrainingLine(null, null, metric, step, value, null, null);
    }

    static TrainingLine kept(int stage, long step) {
        return new TrainingLine(null, null, null, null, null, new Place(stage, step), null);
    }

    static TrainingLine resumed(int stage, long step) {
        return new TrainingLine(null, null, null, null, null, null, new Place(stage, step));
    }

    /** Whether it is a figure of the learning. */
    boolean isFigure() {
        return metric != null && step != null && value != null;
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
