package io.baigong.spi;

import java.util.random.RandomGenerator;

/** Examples for a net, made anew each time they are seen, so that they can vary. */
public interface TensorExamples {
    int size();

    /**
     * One example.
     *
     * @param index in [0, size)
     * @param random seeded
     */
    Example example(int index, RandomGenerator random);

    /**
     * What goes in and what should come out, row-major.
     *
     * @param input in the shape of the net's input
     * @param target in the shape of its output
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Example(float[] input, float[] target) {}
}
