package io.baigong.compute;

import java.util.Arrays;

/**
 * Named numbers of a model, row-major.
 *
 * @param shape such as {@code [rows, columns]}
 */
@SuppressWarnings("ArrayRecordComponent")
public record Tensor(long[] shape, float[] values) {
    public Tensor {
        long size = size(shape);
        if (size != values.length) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " needs " + size + " values, got " + values.length);
        }
    }

    /** How many numbers a shape holds. */
    public static long size(long[] shape) {
        long size = 1;
        for (long dimension : shape) {
            size = Math.multiplyExact(size, dimension);
        }
        return size;
    }

    /** Rows become columns, of a tensor {@code [rows, columns]}. */
    public Tensor transposed() {
        if (shape.length != 2) {
            throw new IllegalArgumentException("only [rows, columns] can be transposed, not " + Arrays.toString(shape));
        }
        int rows = (int) shape[0];
        int columns = (int) shape[1];
        float[] turned = new float[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                turned[column * rows + row] = values[row * columns + column];
            }
        }
        return new Tensor(new long[] {columns, rows}, turned);
    }
}
