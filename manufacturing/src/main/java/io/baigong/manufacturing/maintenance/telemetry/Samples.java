package io.baigong.manufacturing.maintenance.telemetry;

import java.util.Arrays;

/** Samples of one machine in the order in which they came. Not thread-safe. */
public final class Samples {
    private long[] seconds = new long[256];
    private float[] values = new float[256 * Signal.ALL.size()];
    private boolean[] zoned = new boolean[256];
    private int size;

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
            zoned = Arrays.copyOf(zoned, size * 2);
        }
        seconds[size] = second;
        System.arraycopy(signals, 0, values, size * width, width);
        zoned[size] = hasOffset;
        size++;
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

    /** Those whose time is before a second since 1970, in their order. */
    public Samples before(long second) {
        int width = Signal.ALL.size();
        var earlier = new Samples();
        for (int i = 0; i < size; i++) {
            if (seconds[i] < second) {
                earlier.add(seconds[i], Arrays.copyOfRange(values, i * width, (i + 1) * width), zoned[i]);
            }
        }
        return earlier;
    }

    long second(int sample) {
        return seconds[sample];
    }

    float value(int sample, int signal) {
        return values[sample * Signal.ALL.size() + signal];
    }

    /** Whether some times, but not all, said their offset. */
    boolean zonesMixed() {
        for (int i = 1; i < size; i++) {
            if (zoned[i] != zoned[0]) {
                return true;
            }
        }
        return false;
    }
}
