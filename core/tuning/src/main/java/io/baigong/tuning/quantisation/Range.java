package io.baigong.tuning.quantisation;

/**
 * The least and the most that a value was, zero between them, and what stands for it in unsigned bytes: value = (byte − zero point) ·
 * scale.
 */
record Range(float least, float most) {
    private static final int CODES = 255;

    Range {
        least = Math.min(0, least);
        most = Math.max(0, most);
    }

    float scale() {
        float scale = (most - least) / CODES;
        return scale > 0 && Float.isFinite(scale) ? scale : 1;
    }

    int zeroPoint() {
        return Math.clamp(Math.round(-least / scale()), 0, CODES);
    }
}
