package io.baigong.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rounding to the nearest of evenly spaced values is off by half a step at the most; the steps are computed here once more. */
class FewBitsTest {
    /** Room for the rounding of the 32-bit computation itself: a few units in the last of its 24 bits. */
    private static final double SLACK = 1 + 1e-5;

    @Test
    void bytesAreHalfAStepOffAtTheMostByColumnAndByRow() {
        Tensor weight = random(37, 11);
        float[] columns = new float[11];
        byte[] byColumn = Int8.quantize(weight, columns);
        float[] rows = new float[37];
        byte[] byRow = Int8.quantizeRows(weight, rows);
        for (int row = 0; row < 37; row++) {
            for (int column = 0; column < 11; column++) {
                int at = row * 11 + column;
                double ofColumn = most(weight, column, 11, 37) / 127;
                double ofRow = most(weight, row * 11, 1, 11) / 127;
                assertThat((double) byColumn[at] * columns[column])
                        .isCloseTo(weight.values()[at], within(ofColumn / 2 * SLACK));
                assertThat((double) byRow[at] * rows[row]).isCloseTo(weight.values()[at], within(ofRow / 2 * SLACK));
            }
        }
    }

    @Test
    void zerosStayZeros() {
        float[] scales = new float[2];
        assertThat(Int8.quantize(new Tensor(new long[] {2, 2}, new float[4]), scales))
                .containsOnly(0);
        Int4 four = Int4.quantize(new Tensor(new long[] {1, 3}, new float[3]));
        assertThat(value(four, 0, 1)).isZero();
    }

    /** 70 columns: two blocks of 32, and six of a third. Half a step for the value, and half for the zero point, which is rounded. */
    @Test
    void fourBitsAreAStepOffAtTheMost() {
        int rows = 9;
        int columns = 70;
        Tensor weight = random(rows, columns);
        Int4 four = Int4.quantize(weight);
        assertThat(four.blocks()).isEqualTo(3);
        assertThat(four.codes()).hasSize(rows * 3 * 16);
        assertThat(four.zeroPoints()).hasSize(rows * 2);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double least = 0;
                double most = 0;
                for (int i = column / 32 * 32; i < Math.min(columns, column / 32 * 32 + 32); i++) {
                    least = Math.min(least, weight.values()[row * columns + i]);
                    most = Math.max(most, weight.values()[row * columns + i]);
                }
                assertThat(value(four, row, column))
                        .isCloseTo(weight.values()[row * columns + column], within((most - least) / 15 * SLACK));
            }
            for (int column = columns; column < 96; column++) {
                assertThat(value(four, row, column)).as("filling").isZero();
            }
        }
    }

    @Test
    void onlyMatricesAreQuantisedInFourBits() {
        assertThatThrownBy(() -> Int4.quantize(new Tensor(new long[] {2, 2, 2}, new float[8])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[2, 2, 2]");
    }

    private static double value(Int4 four, int row, int column) {
        int block = column / 32;
        int code = nibble(four.codes(), (row * four.blocks() + block) * 32 + column % 32);
        int zero = nibble(four.zeroPoints(), row * ((four.blocks() + 1) / 2 * 2) + block);
        return (code - zero) * (double) four.scales()[row * four.blocks() + block];
    }

    private static int nibble(byte[] packed, int at) {
        return packed[at / 2] >> (at % 2 * 4) & 15;
    }

    private static double most(Tensor weight, int first, int step, int count) {
        double most = 0;
        for (int i = 0; i < count; i++) {
            most = Math.max(most, Math.abs(weight.values()[first + i * step]));
        }
        return most;
    }

    private static Tensor random(int rows, int columns) {
        var random = new Random(3);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Tensor(new long[] {rows, columns}, values);
    }
}
