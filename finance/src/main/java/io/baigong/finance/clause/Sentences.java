package io.baigong.finance.clause;

import java.util.Arrays;

/** Where the sentences of a contract begin: after line breaks, and after full stops and semicolons before a new start. */
final class Sentences {
    private final int[] starts;
    private final String text;

    private Sentences(int[] starts, String text) {
        this.starts = starts;
        this.text = text;
    }

    static Sentences of(String text) {
        int[] starts = new int[16];
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            if (i == 0 || begins(text, i)) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, 2 * count);
                }
                starts[count++] = i;
            }
        }
        return new Sentences(Arrays.copyOf(starts, count), text);
    }

    private static boolean begins(String text, int i) {
        char before = text.charAt(i - 1);
        if (before == '\n') {
            return true;
        }
        if (before == '。' || before == '；') {
            return true;
        }
        char here = text.charAt(i);
        if (!Character.isWhitespace(before) || Character.isWhitespace(here)) {
            return false;
        }
        int last = i - 1;
        while (last > 0 && Character.isWhitespace(text.charAt(last)) && text.charAt(last) != '\n') {
            last--;
        }
        char mark = text.charAt(last);
        boolean stop = mark == '.' || mark == '?' || mark == '!';
        if (stop) {
            return (Character.isUpperCase(here) || here == '(' || here == '"' || here == '\u201C')
                    && !abbreviation(text, last);
        }
        return mark == ';' && (here == '(' || Character.isLetter(here));
    }

    /** A stop after a number or a short capitalised word, as in "Section 4. Term" or "No. 5", ends no sentence. */
    private static boolean abbreviation(String text, int stop) {
        int from = stop;
        while (from > 0 && !Character.isWhitespace(text.charAt(from - 1))) {
            from--;
        }
        String word = text.substring(from, stop);
        return word.length() <= 1
                || word.chars().allMatch(c -> Character.isDigit(c) || c == '.')
                || word.equals("Inc")
                || word.equals("No")
                || word.equals("Corp")
                || word.equals("Co")
                || word.equals("Ltd")
                || word.equals("Mr")
                || word.equals("Ms")
                || word.equals("Dr")
                || word.equals("Sec")
                || word.equals("Art");
    }

    /** How many sentences there are. */
    int count() {
        return starts.length;
    }

    /** Where the sentence of that number begins. */
    int startOf(int number) {
        return starts[number];
    }

    /** The start of the sentence in which {@code position} lies. */
    int start(int position) {
        int at = Arrays.binarySearch(starts, position);
        return starts[at >= 0 ? at : -at - 2];
    }

    /** One past the last mark of the sentence in which {@code position} lies, trailing white space left out. */
    int end(int position) {
        int at = Arrays.binarySearch(starts, position);
        int next = (at >= 0 ? at : -at - 2) + 1;
        int end = next < starts.length ? starts[next] : text.length();
        while (end > position && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }
}
