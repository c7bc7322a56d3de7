package io.baigong.compute;

import java.util.Arrays;

/**
 * 4-bit quantisation of weights in blocks of {@value #BLOCK}: value = (code − zero point) · scale, codes in [0, 15].
 *
 * <p>Each value is rounded to the nearest code of its block, whose codes span the block's values and zero (round to nearest, as in
 * Frantar et al. 2022, arXiv 2210.17323, section 2). The layout is that of ONNX Runtime's {@code MatMulNBits} and {@code
 * GatherBlockQuantized}: two codes a byte, the first in the low half.
 *
 * @param codes {@code [rows, blocks, 16]}; what a row lacks of its last block is filled with the zero point
 * @param scales {@code [rows, blocks]}
 * @param zeroPoints {@code [rows, ceil(blocks / 2)]}, two a byte, the first in the low half
 * @param blocks of a row
 */
@SuppressWarnings("ArrayRecordComponent")
public record Int4(byte[] codes, float[] scales, byte[] zeroPoints, int rows, int blocks) {
    /** Values that share a scale and a zero point. */
    public static final int BLOCK = 32;

    private static final int MOST = 15;

    /** Quantises a tensor {@code [rows, columns]} along its rows. Throws {@link IllegalArgumentException} for other shapes. */
    public static Int4 quantize(Tensor weight) {
        if (weight.shape().length != 2) {
            throw new IllegalArgumentException(
                    "only [rows, columns] is quantised in 4 bits, not " + Arrays.toString(weight.shape()));
        }
        int rows = (int) weight.shape()[0];
        int columns = (int) weight.shape()[1];
        int blocks = (columns + BLOCK - 1) / BLOCK;
        var result = new Int4(
                new byte[rows * blocks * BLOCK / 2],
                new float[rows * blocks],
                new byte[rows * ((blocks + 1) / 2)],
                rows,
                blocks);
        for (int row = 0; row < rows; row++) {
            for (int block = 0; block < blocks; block++) {
                int from = row * columns + block * BLOCK;
                result.block(weight.values(), from, Math.min(from + BLOCK, (row + 1) * columns), row, block);
            }
        }
        return result;
    }

    private void block(float[] values, int from, int to, int row, int block) {
        float least = 0;
        float most = 0;
        for (int i = from; i < to; i++) {
            least = Math.min(least, values[i]);
            most = Math.max(most, values[i]);
        }
        float scale = most == least ? 1 : (most - least) / MOST;
        int zero = Math.clamp(Math.round(-least / scale), 0, MOST);
        scales[row * blocks + block] = scale;
        zeroPoints[row * ((blocks + 1) / 2) + block / 2] |= nibble(zero, block);
        int base = (row * blocks + block) * BLOCK;
        for (int i = 0; i < BLOCK; i++) {
            int code = from + i < to ? Math.clamp(Math.round(values[from + i] / scale) + zero, 0, MOST) : zero;
            codes[(base + i) / 2] |= nibble(code, i);
        }
    }

    private static byte nibble(int code, int position) {
        return (byte) (position % 2 == 0 ? code : code << 4);
    }
}
