package io.baigong.tuning;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/**
 * Vectors of n-grams while they learn: a step touches few of them, and costs no more than these.
 *
 * <p>Adagrad (Duchi et al. 2011) with one accumulator a vector, the mean of its squared gradients. Not thread-safe.
 */
final class NgramVectors {
    private static final double LEAST = 1e-8;

    private final int width;
    private final float[] values;
    private final float[] gradients;
    private final float[] squares;
    private final BitSet touched = new BitSet();

    /** Gaussian, of length about one. */
    NgramVectors(int buckets, int width, Random random) {
        this.width = width;
        values = new float[buckets * width];
        gradients = new float[values.length];
        squares = new float[buckets];
        double deviation = 1 / Math.sqrt(width);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
    }

    /** All of them, {@code [buckets, width]}. */
    float[] values() {
        return values;
    }

    /** The sum of each text's vectors, {@code [texts, width]}. */
    float[] sums(List<int[]> texts) {
        float[] sums = new float[texts.size() * width];
        for (int text = 0; text < texts.size(); text++) {
            for (int bucket : texts.get(text)) {
                for (int i = 0; i < width; i++) {
                    sums[text * width + i] += values[bucket * width + i];
                }
            }
        }
        return sums;
    }

    /** Adds the gradients of these sums to those of their vectors. */
    void add(float[] ofSums, List<int[]> texts) {
        for (int text = 0; text < texts.size(); text++) {
            for (int bucket : texts.get(text)) {
                touched.set(bucket);
                for (int i = 0; i < width; i++) {
                    gradients[bucket * width + i] += ofSums[text * width + i];
                }
            }
        }
    }

    /** Takes a step, and forgets the gradients. */
    void update(double rate) {
        for (int bucket = touched.nextSetBit(0); bucket >= 0; bucket = touched.nextSetBit(bucket + 1)) {
            int at = bucket * width;
            double sum = 0;
            for (int i = at; i < at + width; i++) {
                sum += gradients[i] * gradients[i];
            }
            squares[bucket] += (float) (sum / width);
            float step = (float) (rate / (Math.sqrt(squares[bucket]) + LEAST));
            for (int i = at; i < at + width; i++) {
                values[i] -= step * gradients[i];
                gradients[i] = 0;
            }
        }
        touched.clear();
    }

    /** Between steps, when there are no gradients. */
    void save(DataOutputStream out) throws IOException {
        Numbers.write(values, out);
        Numbers.write(squares, out);
    }

    void restore(DataInputStream in) throws IOException {
        Numbers.read(values, in);
        Numbers.read(squares, in);
    }
}
