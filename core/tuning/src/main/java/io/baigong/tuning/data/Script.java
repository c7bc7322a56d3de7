package io.baigong.tuning.data;

import java.text.Normalizer;
import java.util.Locale;

/** What a text is counted in: words where it has spaces between them, else characters. */
enum Script {
    /** Words are runs of letters and digits. */
    SPACED,
    /** Chinese, and Japanese: each letter or digit counts. */
    UNSPACED;

    /** Share of ideographs and kana among the letters, from which on a text is unspaced. */
    private static final double UNSPACED_FROM = 0.3;

    static Script of(CharSequence text) {
        int letters = 0;
        int unspaced = 0;
        for (int i = 0; i < text.length(); ) {
            int c = Character.codePointAt(text, i);
            i += Character.charCount(c);
            if (c < 128 ? isAsciiLetter(c) : Character.isLetter(c)) {
                letters++;
                unspaced += isUnspaced(c) ? 1 : 0;
            }
        }
        return letters > 0 && unspaced >= UNSPACED_FROM * letters ? UNSPACED : SPACED;
    }

    /** Ideographs and kana. */
    static boolean isUnspaced(int c) {
        return c >= 0x2E80 && (Character.isIdeographic(c) || isKana(c));
    }

    static boolean isKana(int c) {
        return c >= 0x3041 && c <= 0x30FF;
    }

    private static boolean isAsciiLetter(int c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }

    /** Letters, digits, and marks that belong to letters. */
    static boolean isOfWord(int c) {
        if (c < 128) {
            return isAsciiLetter(c) || (c >= '0' && c <= '9');
        }
        return Character.isLetterOrDigit(c)
                || Character.getType(c) == Character.NON_SPACING_MARK
                || Character.getType(c) == Character.COMBINING_SPACING_MARK;
    }

    /** The text in NFKC (Unicode Standard Annex 15), lower case, with single spaces: what makes two texts the same. */
    static String normalised(String text) {
        String lower = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        var out = new StringBuilder(lower.length());
        boolean space = false;
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                space = !out.isEmpty();
            } else {
                if (space) {
                    out.append(' ');
                    space = false;
                }
                out.append(c);
            }
        }
        return out.toString();
    }
}
