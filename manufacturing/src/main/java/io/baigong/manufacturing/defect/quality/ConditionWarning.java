package io.baigong.manufacturing.defect.quality;

import io.baigong.spi.LocalText;
import java.util.function.ToDoubleFunction;

/** What light or focus may have come to. */
public enum ConditionWarning {
    DARKER(Condition::brightness, "darker", "更暗"),
    BRIGHTER(Condition::brightness, "brighter", "更亮"),
    LESS_CONTRAST(Condition::contrast, "less rich in contrast", "对比度更低"),
    MORE_CONTRAST(Condition::contrast, "richer in contrast", "对比度更高"),
    LESS_SHARP(Condition::sharpness, "less sharp (out of focus?)", "更模糊（可能失焦）"),
    SHARPER(Condition::sharpness, "sharper (noise?)", "更锐利（可能有噪声）");

    @SuppressWarnings("ImmutableEnumChecker")
    private final ToDoubleFunction<Condition> measure;

    @SuppressWarnings("ImmutableEnumChecker")
    private final LocalText text;

    ConditionWarning(ToDoubleFunction<Condition> measure, String en, String zh) {
        this.measure = measure;
        this.text = new LocalText(en, zh);
    }

    double of(Condition condition) {
        return measure.applyAsDouble(condition);
    }

    /** What the picture is, compared with those that the model learned from. */
    public LocalText text() {
        return text;
    }
}
