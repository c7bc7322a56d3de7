package io.baigong.finance;

import io.baigong.spi.LocalText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The language in which a review speaks; the contract may be in any. */
public enum Language {
    EN,
    ZH;

    /** Reads {@code en} or {@code zh}, English when none is given; empty for any other. */
    public static Optional<Language> parse(@Nullable String code) {
        return switch (code == null ? "en" : code.strip()) {
            case "en", "EN", "" -> Optional.of(EN);
            case "zh", "ZH" -> Optional.of(ZH);
            default -> Optional.empty();
        };
    }

    /** The text in this language. */
    public String of(LocalText text) {
        return this == EN ? text.en() : text.zh();
    }

    /** The one of two texts that is in this language. */
    public String of(String en, String zh) {
        return this == EN ? en : zh;
    }
}
