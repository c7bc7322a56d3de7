package io.baigong.host.report;

import io.baigong.spi.LocalText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A language that reports are written in. */
public enum Language {
    EN,
    ZH;

    /** The first of these that there are reports in; English if there is none. */
    public static Language of(List<Locale> wanted) {
        return wanted.stream()
                .flatMap(locale -> of(locale.getLanguage()).stream())
                .findFirst()
                .orElse(EN);
    }

    /** By a tag such as {@code zh} or {@code en-GB}. */
    public static Optional<Language> of(String tag) {
        String language = Locale.forLanguageTag(tag).getLanguage();
        return Stream.of(values()).filter(one -> one.tag().equals(language)).findFirst();
    }

    /** As in {@code lang} attributes (BCP 47). */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String say(String en, String zh) {
        return this == ZH ? zh : en;
    }

    public String say(LocalText text) {
        return say(text.en(), text.zh());
    }
}
