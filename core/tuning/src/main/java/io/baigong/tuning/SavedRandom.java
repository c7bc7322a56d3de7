package io.baigong.tuning;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;

/**
 * The numbers of {@link Random} of the same seed, with a state that can be kept; Java keeps its own by serialisation alone,
 * which no file of ours is read by. Its generator is specified: the linear congruential one of
 * Knuth, The Art of Computer Programming, volume 2, section 3.2.1; Gaussians by the polar method, section 3.4.1, algorithm P. Not thread-safe.
 */
final class SavedRandom extends Random {
    private static final long serialVersionUID = 1;
    private static final long MULTIPLIER = 0x5DEECE66DL;
    private static final long MASK = (1L << 48) - 1;

    private long state;
    private boolean hasSecond;
    private double second;

    SavedRandom(long seed) {
        super(seed);
        setSeed(seed);
    }

    @Override
    public synchronized void setSeed(long seed) {
        state = (seed ^ MULTIPLIER) & MASK;
        hasSecond = false;
    }

    @Override
    protected int next(int bits) {
        state = (state * MULTIPLIER + 0xBL) & MASK;
        return (int) (state >>> (48 - bits));
    }

    @Override
    public synchronized double nextGaussian() {
        if (hasSecond) {
            hasSecond = false;
            return second;
        }
        double a;
        double b;
        double s;
        do {
            a = 2 * nextDouble() - 1;
            b = 2 * nextDouble() - 1;
            s = a * a + b * b;
        } while (s >= 1 || s == 0);
        double scale = StrictMath.sqrt(-2 * StrictMath.log(s) / s);
        second = b * scale;
        hasSecond = true;
        return a * scale;
    }

    void save(DataOutputStream out) throws IOException {
        out.writeLong(state);
        out.writeBoolean(hasSecond);
        out.writeDouble(second);
    }

    void restore(DataInputStream in) throws IOException {
        state = in.readLong();
        hasSecond = in.readBoolean();
        second = in.readDouble();
    }
}
