package io.baigong.journal;

/**
 * Text that PostgreSQL can keep. It refuses U+0000 in text and lone surrogates in JSON; hostile documents hold both.
 */
public final class Storable {
    private static final char REPLACEMENT = '\uFFFD';

    private Storable() {}

    /** Puts U+FFFD for each U+0000 and each lone surrogate: one unit for one, so that offsets stay right. */
    public static String text(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (bad(text, i)) {
                return replaced(text);
            }
        }
        return text;
    }

    private static String replaced(String text) {
        var good = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            if (bad(text, i)) {
                good.setCharAt(i, REPLACEMENT);
            }
        }
        return good.toString();
    }

    private static boolean bad(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return c == 0 || (Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1))));
    }
}
