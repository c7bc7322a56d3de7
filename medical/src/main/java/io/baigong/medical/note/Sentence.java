package io.baigong.medical.note;

import java.util.ArrayList;
import java.util.List;

/**
 * A sentence of a note, with its words.
 *
 * @param start first UTF-16 unit in the note, {@code [start, end)}
 */
public record Sentence(int start, int end, List<Word> words) {
    /** No sentence is longer; what has no full stop is cut. */
    private static final int LONGEST = 80;

    /**
     * A word, or a Han character.
     *
     * @param start first UTF-16 unit in the note, {@code [start, end)}
     * @param stem folded, without the endings of number and gender
     * @param root also without those of adjectives
     */
    public record Word(int start, int end, String stem, String root) {}

    /** The sentences of a text, in order; those without a word are left out. */
    public static List<Sentence> of(String text) {
        var sentences = new ArrayList<Sentence>();
        var words = new ArrayList<Word>();
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            int width = Character.charCount(c);
            if (Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN) {
                words.add(new Word(at, at + width, Character.toString(c), Character.toString(c)));
                at += width;
            } else if (Character.isLetterOrDigit(c)) {
                int end = at + width;
                while (end < text.length() && isInner(text, end)) {
                    end += Character.charCount(text.codePointAt(end));
                }
                String word = text.substring(at, end);
                words.add(new Word(at, end, Stem.of(word), Stem.root(word)));
                at = end;
            } else {
                if (ends(text, at, c)) {
                    close(sentences, words);
                }
                at += width;
            }
            if (words.size() >= LONGEST) {
                close(sentences, words);
            }
        }
        close(sentences, words);
        return sentences;
    }

    private static void close(List<Sentence> sentences, List<Word> words) {
        if (!words.isEmpty()) {
            sentences.add(new Sentence(words.getFirst().start, words.getLast().end, List.copyOf(words)));
            words.clear();
        }
    }

    private static boolean isInner(String text, int at) {
        int c = text.codePointAt(at);
        return (Character.isLetterOrDigit(c) && Character.UnicodeScript.of(c) != Character.UnicodeScript.HAN)
                || Character.getType(c) == Character.NON_SPACING_MARK;
    }

    private static boolean ends(String text, int at, int c) {
        if (c == '\n' || c == '。' || c == '；' || c == ';' || c == '！' || c == '？' || c == '?' || c == '!') {
            return true;
        }
        boolean number = at > 0
                && Character.isDigit(text.charAt(at - 1))
                && at + 1 < text.length()
                && Character.isDigit(text.charAt(at + 1));
        return c == '.' && !number && (at + 1 == text.length() || Character.isWhitespace(text.charAt(at + 1)));
    }

    /** The stem of a word, the same in Spanish and English where they share it. */
    public static String stem(String word) {
        return Stem.of(word);
    }

    /** The root of a word: its stem, without the ending of an adjective. */
    public static String root(String word) {
        return Stem.root(word);
    }
}
