package io.baigong.tuning.quantisation;

import java.util.Arrays;

/** What a model's numbers become. */
public enum Precision {
    /**
     * Weights in signed bytes, a scale per output column; what comes in is brought to bytes anew in each call. Dense layers and
     * embedding tables; convolutions stay as they are.
     */
    INT8("int8"),
    /**
     * As {@link #INT8}, and convolutions too, with ranges of what comes in that were learned beforehand from calibration data. In the
     * format of {@code QuantizeLinear} and {@code DequantizeLinear} pairs (QDQ).
     */
    INT8_STATIC("int8-static"),
    /** Weights of dense layers and embedding tables in 4 bits, a scale and a zero point for each 32; all else in 32-bit floats. */
    INT4("int4"),
    /** All numbers in 16-bit floats; inputs and outputs of the model stay 32-bit floats. */
    FP16("fp16");

    private final String name;

    Precision(String name) {
        this.name = name;
    }

    /** The one of that name. Throws {@link IllegalArgumentException} naming those that there are. */
    public static Precision of(String name) {
        return Arrays.stream(values())
                .filter(each -> each.name.equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no precision '" + name + "'; there are " + Arrays.toString(values())));
    }

    /** As a person types it, such as {@code int8-static}. */
    @Override
    public String toString() {
        return name;
    }
}
