package io.baigong.compute;

/**
 * Symmetric 8-bit quantisation of weights: value = byte times scale, bytes in [-127, 127], a scale per row or column.
 *
 * <p>Source: Jacob et al. 2018 (arXiv 1712.05877), section 2.1, with the zero point at 0.
 */
public final class Int8 {
    private static final int MOST = 127;

    private Int8() {}

    /**
     * Quantises a tensor {@code [rows, columns]}, a scale per column.
     *
     * @param scales receives a scale per column: value = byte times scale
     * @return bytes in [-127, 127], {@code [rows, columns]}
     */
    public static byte[] quantize(Tensor weight, float[] scales) {
        return quantize(weight.values(), scales, 1);
    }

    /**
     * Quantises a tensor {@code [rows, …]}, a scale per row.
     *
     * @param scales receives a scale per row: value = byte times scale
     * @return bytes in [-127, 127], as the tensor is
     */
    public static byte[] quantizeRows(Tensor weight, float[] scales) {
        return quantize(weight.values(), scales, Math.max(1, weight.values().length / Math.max(1, scales.length)));
    }

    /** Value {@code i} has the scale {@code i / run % scales}. */
    private static byte[] quantize(float[] values, float[] scales, int run) {
        for (int i = 0; i < values.length; i++) {
            int scale = i / run % scales.length;
            scales[scale] = Math.max(scales[scale], Math.abs(values[i]) / MOST);
        }
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            float scale = scales[i / run % scales.length];
            bytes[i] = scale == 0 ? 0 : (byte) Math.round(values[i] / scale);
        }
        return bytes;
    }
}
