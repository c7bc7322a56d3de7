package io.baigong.host.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.baigong.host.run.PlatformJson;
import io.baigong.spi.Progress;
import io.baigong.tuning.Stages;
import java.io.PrintStream;

/** Writes what a training tells as lines of JSON, at most ten times a second of how far it is. Thread-safe. */
public final class TrainingLines implements Progress, Stages.Told {
    private static final long PAUSE_NANOS = 100_000_000;

    private final PrintStream out;
    private long next = System.nanoTime();

    TrainingLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void at(double share, String what) {
        long now = System.nanoTime();
        if (now - next >= 0 || share >= 1) {
            next = now + PAUSE_NANOS;
            write(TrainingLine.at(share, what));
        }
    }

    @Override
    public synchronized void measured(String metric, double step, double value) {
        if (Double.isFinite(value)) {
            write(TrainingLine.measured(metric, step, value));
        }
    }

    @Override
    public synchronized void kept(int stage, long step) {
        write(TrainingLine.kept(stage, step));
    }

    @Override
    public synchronized void resumed(int stage, long step) {
        write(TrainingLine.resumed(stage, step));
    }

    private void write(TrainingLine line) {
        try {
            out.println(PlatformJson.mapper().writeValueAsString(line));
            out.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
