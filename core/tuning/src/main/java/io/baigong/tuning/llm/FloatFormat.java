package io.baigong.tuning.llm;

/** In which numbers a model computes. */
public enum FloatFormat {
    BF16(2),
    FP16(2),
    FP32(4);

    private final int bytes;

    FloatFormat(int bytes) {
        this.bytes = bytes;
    }

    /** Of one number. */
    public int bytes() {
        return bytes;
    }
}
