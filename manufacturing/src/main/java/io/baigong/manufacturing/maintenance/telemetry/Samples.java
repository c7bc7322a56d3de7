package io.baigong.manufacturing.maintenance.telemetry;

import java.util.Arrays;

/** Samples of one machine in the order in which they came. Not thread-safe. */
public final class Samples {
    private long[] seconds = new long[256];
    private float[] values = new float[256 * Signal.ALL.size()];
    private int size;
    private int zoned;

    /**
     * Adds a sample.
     *
     * @param second since 1970
     * @param signals a value a {@link Signal}, NaN where it is missing; copied
     * @param hasOffset whether its time said its offset
     */
    public void add(long second, float[] signals, boolean hasOffset) {
        int width = Signal.ALL.size();
        if (size == seconds.length) {
            seconds = Arrays.copyOf(seconds, size * 2);
            values = Arrays.copyOf(values, size * 2 * width);
        }
        seconds[size] = second;
        System.arraycopy(signals, 0, values, size * width, width);
        size++;
        zoned += hasOffset ? 1 : 0;
    }

    /** How many. */
    public int size() {
        return size;
    }

    /** Takes a sample: its second since 1970 and its signals. */
    @FunctionalInterface
    public interface Taker {
        void sample(long second, float[] signals);
    }

    /** Gives each sample in the order in which it came. */
    public void forEach(Taker taker) {
        int width = Signal.ALL.size();
        for (int i = 0; i < size; i++) {
            taker.sample(seconds[i], Arrays.copyOfRange(values, i * width, (i + 1) * width));
        }
    }

    long second(int sample) {
        return seconds[sample];
    }

    float value(int sample, int signal) {
        return values[sample * Signal.ALL.size() + signal];
    }

    /** Whether some times, but not all, said their offset. */
    boolean zonesMixed() {
        return zoned > 0 && zoned < size;
    }
}
