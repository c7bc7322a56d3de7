package io.baigong.compute;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One layer of a net as it is served.
 *
 * @param outputs numbers or channels that a dense layer or a convolution gives; 0 for others
 * @param size side of the square that a convolution covers, odd; 0 for others
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record NetLayer(Kind kind, int outputs, int size) {
    /** What it does. */
    public enum Kind {
        /** {@code scale * x + shift} with one of each a feature or channel. */
        AFFINE,
        /** Weight {@code [inputs, outputs]} and bias; flattens maps. */
        DENSE,
        /** Weight {@code [outputs, inputs, size, size]} and bias; padded by {@code size / 2}. */
        CONVOLUTION,
        RELU,
        SOFTMAX,
        SIGMOID
    }

    /** A layer that needs no numbers. */
    public static NetLayer of(Kind kind) {
        return new NetLayer(kind, 0, 0);
    }
}
