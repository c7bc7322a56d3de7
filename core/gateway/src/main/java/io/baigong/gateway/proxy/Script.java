package io.baigong.gateway.proxy;

import java.lang.Character.UnicodeScript;
import java.util.Optional;

/** What a question is written in, which decides the encoder that can read it. */
public enum Script {
    /** Latin letters alone; read as English. */
    LATIN,
    /** Chinese characters, and maybe Latin letters among them. */
    HAN;

    /** The script of a text; empty if it has letters that no encoder here can read, or none at all. */
    static Optional<Script> of(String text) {
        boolean latin = false;
        boolean han = false;
        for (int i = 0; i < text.length(); ) {
            int letter = text.codePointAt(i);
            i += Character.charCount(letter);
            if (Character.isLetter(letter)) {
                UnicodeScript script = UnicodeScript.of(letter);
                latin |= script == UnicodeScript.LATIN;
                han |= script == UnicodeScript.HAN;
                if (script != UnicodeScript.LATIN && script != UnicodeScript.HAN && script != UnicodeScript.COMMON) {
                    return Optional.empty();
                }
            }
        }
        return han ? Optional.of(HAN) : latin ? Optional.of(LATIN) : Optional.empty();
    }
}
