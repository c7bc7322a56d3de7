package io.baigong.host.cli;

import io.baigong.spi.LocalText;
import java.util.Locale;

/** Texts in the language of who reads them, fitted to columns of a terminal. */
final class Words {
    private Words() {}

    static String local(LocalText text) {
        return Locale.getDefault().getLanguage().equals("zh") ? text.zh() : text.en();
    }

    /** Columns that the text takes; East Asian wide signs take two. */
    static int width(String text) {
        return text.codePoints().map(Words::columns).sum();
    }

    private static int columns(int sign) {
        return switch (Character.UnicodeScript.of(sign)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL -> 2;
            default -> (sign >= 0x3000 && sign <= 0x303F) || (sign >= 0xFF01 && sign <= 0xFF60) ? 2 : 1;
        };
    }

    /** The text in one line, cut or filled to exactly {@code width} columns. */
    static String fit(String text, int width) {
        var fitted = new StringBuilder();
        int used = 0;
        String line = line(text);
        int room = width(line) <= width ? width : width - 1;
        for (int sign : line.codePoints().toArray()) {
            if (used + columns(sign) > room) {
                break;
            }
            fitted.appendCodePoint(sign);
            used += columns(sign);
        }
        if (room < width) {
            fitted.append('…');
            used++;
        }
        return fitted.append(" ".repeat(width - used)).toString();
    }

    /** Without line breaks, and without control signs, which could steer a terminal. */
    static String line(String text) {
        return text.replaceAll("\\s+", " ").replaceAll("\\p{Cc}", "").strip();
    }
}
