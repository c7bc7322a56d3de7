package io.baigong.finance.document;

/** Makes text safe unit by unit, so that positions stay: no U+0000, no lone surrogate, no control but tab and LF. */
final class CleanText {
    private CleanText() {}

    static String of(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (clean(text, i) != text.charAt(i)) {
                var out = new StringBuilder(text);
                for (int j = i; j < length; j++) {
                    out.setCharAt(j, clean(text, j));
                }
                return out.toString();
            }
        }
        return text;
    }

    private static char clean(String text, int at) {
        char unit = text.charAt(at);
        if (unit >= ' ' && unit < 0x7f) {
            return unit;
        }
        if (Character.isHighSurrogate(unit)) {
            return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1)) ? unit : '\ufffd';
        }
        if (Character.isLowSurrogate(unit)) {
            return at > 0 && Character.isHighSurrogate(text.charAt(at - 1)) ? unit : '\ufffd';
        }
        return switch (unit) {
            case '\t', '\n' -> unit;
            case '\r', '\u0085', '\u2028', '\u2029' -> '\n';
            case '\u00a0', '\u202f', '\u2007' -> ' ';
            case '\ufffe', '\uffff' -> '\ufffd';
            default -> Character.isISOControl(unit) ? ' ' : unit;
        };
    }

    /** Units that are letters or digits. */
    static int letters(CharSequence text) {
        return (int) text.codePoints().filter(Character::isLetterOrDigit).count();
    }
}
