package io.baigong.compute;

/** Symmetric 8-bit quantisation of weights, a scale per column. */
final class Int8 {
    private Int8() {}

    /**
     * Quantises a tensor {@code [rows, columns]}.
     *
     * @param scales receives a scale per column: value = byte times scale
     * @return bytes in [-127, 127], {@code [rows, columns]}
     */
    static byte[] quantize(Tensor weight, float[] scales) {
        int columns = scales.length;
        float[] values = weight.values();
        for (int i = 0; i < values.length; i++) {
            scales[i % columns] = Math.max(scales[i % columns], Math.abs(values[i]) / 127);
        }
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            float scale = scales[i % columns];
            bytes[i] = scale == 0 ? 0 : (byte) Math.round(values[i] / scale);
        }
        return bytes;
    }
}
