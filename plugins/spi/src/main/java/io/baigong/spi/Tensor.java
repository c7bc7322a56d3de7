package io.baigong.spi;

import java.util.Arrays;

/**
 * Numbers in a shape, row-major.
 *
 * @param shape extent of each axis
 * @param values as many as the product of the extents; NaN where a value is missing
 */
@SuppressWarnings("ArrayRecordComponent")
public record Tensor(int[] shape, float[] values) {
    public Tensor {
        long size = 1;
        for (int extent : shape) {
            size *= extent;
        }
        if (size != values.length) {
            throw new IllegalArgumentException(
                    "shape %s needs %d values, got %d".formatted(Arrays.toString(shape), size, values.length));
        }
    }

    /** Rows of equal length, {@code [rows, columns]}. */
    public static Tensor ofRows(float[][] rows, int columns) {
        float[] values = new float[Math.multiplyExact(rows.length, columns)];
        for (int row = 0; row < rows.length; row++) {
            if (rows[row].length != columns) {
                throw new IllegalArgumentException(
                        "row %d has %d values, expected %d".formatted(row, rows[row].length, columns));
            }
            System.arraycopy(rows[row], 0, values, row * columns, columns);
        }
        return new Tensor(new int[] {rows.length, columns}, values);
    }

    /** The value of a matrix at a row and a column. */
    public float at(int row, int column) {
        return values[row * shape[1] + column];
    }
}
