package io.baigong.finance.fact;

import java.util.Arrays;
import java.util.Set;

/**
 * A text made plain for patterns, and the way back: white space runs are one character (a line feed for a blank line, else
 * a space), quotation marks are straight, full-width ASCII is narrow. Each unit remembers where it came from.
 */
public final class PlainText {
    private static final Set<String> ABBREVIATIONS =
            Set.of("Inc", "No", "Corp", "Co", "Ltd", "Mr", "Mrs", "Ms", "Dr", "Sec", "Art", "St", "v", "vs");

    private final String text;
    /** First UTF-16 unit of the source for each unit of the plain text; one more at the end. */
    private final int[] origins;

    private PlainText(String text, int[] origins) {
        this.text = text;
        this.origins = origins;
    }

    public static PlainText of(String source) {
        var plain = new StringBuilder(source.length());
        int[] origins = new int[source.length() + 1];
        for (int i = 0; i < source.length(); ) {
            origins[plain.length()] = i;
            if (!blank(source.charAt(i))) {
                plain.append(narrow(source.charAt(i++)));
                continue;
            }
            int lines = 0;
            for (; i < source.length() && blank(source.charAt(i)); i++) {
                lines += source.charAt(i) == '\n' ? 1 : 0;
            }
            plain.append(lines > 1 ? '\n' : ' ');
        }
        origins[plain.length()] = source.length();
        return new PlainText(plain.toString(), Arrays.copyOf(origins, plain.length() + 1));
    }

    private static boolean blank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static char narrow(char c) {
        return switch (c) {
            case '\u201c', '\u201d', '\u300c', '\u300d', '\u201f' -> '"';
            case '\u2018', '\u2019' -> '\'';
            case '\u2010', '\u2011', '\u2013' -> '-';
            case '\uffe5' -> '¥';
            case '\uffe1' -> '£';
            default -> c >= '\uff01' && c <= '\uff5e' ? (char) (c - 0xfee0) : c;
        };
    }

    /** The plain text. */
    public String text() {
        return text;
    }

    /** Where in the source the plain unit {@code at} begins. */
    public int origin(int at) {
        return origins[at];
    }

    /** Where in the source the plain span that ends before {@code at} ends, trailing white space left out. */
    public int originEnd(int at) {
        return at == 0 ? 0 : origins[at - 1] + 1;
    }

    /** The plain unit that holds the source's unit {@code position}. */
    public int at(int position) {
        int found = Arrays.binarySearch(origins, position);
        return found >= 0 ? Math.min(found, text.length()) : Math.max(0, -found - 2);
    }

    /** Start of the sentence around the plain unit {@code at}, no more than {@code reach} before it. */
    public int sentenceStart(int at, int reach) {
        int least = Math.max(0, at - reach);
        for (int i = Math.min(at, text.length()); i > least; i--) {
            if (endsSentence(i - 1)) {
                return i < text.length() && text.charAt(i) == ' ' && i < at ? i + 1 : i;
            }
        }
        return least;
    }

    /** End of the sentence around the plain unit {@code at}, no more than {@code reach} after it. */
    public int sentenceEnd(int at, int reach) {
        int most = (int) Math.min(text.length(), (long) at + reach);
        for (int i = at; i < most; i++) {
            if (endsSentence(i)) {
                return text.charAt(i) == '\n' ? i : i + 1;
            }
        }
        return most;
    }

    /** Whether the unit {@code i} is the last of a sentence: a blank line, or a full stop before a new start. */
    private boolean endsSentence(int i) {
        char c = text.charAt(i);
        if (c == '\n' || c == '。' || c == '；') {
            return true;
        }
        if (c != '.' && c != '!' && c != '?') {
            return c == ';'
                    && Character.UnicodeScript.of(i > 0 ? text.charAt(i - 1) : ' ') == Character.UnicodeScript.HAN;
        }
        if (i + 1 == text.length()) {
            return true;
        }
        if (text.charAt(i + 1) != ' ' || i + 2 >= text.length()) {
            return text.charAt(i + 1) == '\n';
        }
        char next = text.charAt(i + 2);
        if (!Character.isUpperCase(next) && !Character.isDigit(next) && next != '(' && next != '"') {
            return false;
        }
        int from = i;
        while (from > 0 && i - from < 16 && !blank(text.charAt(from - 1)) && text.charAt(from - 1) != '(') {
            from--;
        }
        String word = text.substring(from, i);
        return word.length() > 1
                && !ABBREVIATIONS.contains(word)
                && !word.chars().allMatch(d -> d >= '0' && d <= '9')
                && !(word.length() < 5 && word.indexOf('.') > 0 && Character.isUpperCase(word.charAt(0)));
    }
}
