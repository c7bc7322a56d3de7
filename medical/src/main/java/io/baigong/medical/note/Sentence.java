package io.baigong.medical.note;

import io.baigong.medical.text.Folding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
     */
    public record Word(int start, int end, String stem) {}

    /** The sentences of a text, in order; those without a word are left out. */
    public static List<Sentence> of(String text) {
        var sentences = new ArrayList<Sentence>();
        var words = new ArrayList<Word>();
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            int width = Character.charCount(c);
            if (Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN) {
                words.add(new Word(at, at + width, Character.toString(c)));
                at += width;
            } else if (Character.isLetterOrDigit(c)) {
                int end = at + width;
                while (end < text.length() && isInner(text, end)) {
                    end += Character.charCount(text.codePointAt(end));
                }
                words.add(new Word(at, end, stem(text.substring(at, end))));
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

    /**
     * The stem of a word: folded, without the endings of number and gender, and spelt as Spanish and English both would: they
     * share their Greek and Latin words, as in <i>hipotermia</i> and <i>hypothermia</i>.
     */
    public static String stem(String word) {
        String stem = lower(word);
        if (stem.length() <= 3 || !Character.isLetter(stem.charAt(0))) {
            return stem;
        }
        stem = ending(spelt(stem));
        if (stem.length() > 4 && stem.endsWith("es")) {
            stem = stem.substring(0, stem.length() - 2);
        } else if (stem.length() > 3 && stem.endsWith("s")) {
            stem = stem.substring(0, stem.length() - 1);
        }
        if (stem.length() > 4 && "aeo".indexOf(stem.charAt(stem.length() - 1)) >= 0) {
            stem = stem.substring(0, stem.length() - 1);
        }
        return stem;
    }

    /** Folded; what is ASCII already needs no more than lower case. */
    private static String lower(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) > 127) {
                return Folding.bare(word);
            }
        }
        return word.toLowerCase(Locale.ROOT);
    }

    /** In one spelling: <i>ph</i> as f, <i>ch</i>, <i>k</i> and <i>qu</i> as c, <i>y</i> as i, <i>-tion</i> as -cion; no h, no double letters. */
    private static String spelt(String word) {
        var out = new StringBuilder(word.length());
        for (int i = word.startsWith("ps") ? 1 : 0; i < word.length(); i++) {
            char c = word.charAt(i);
            char next = i + 1 < word.length() ? word.charAt(i + 1) : ' ';
            if (word.startsWith("tion", i)) {
                int last = out.length() - 1;
                if (last < 0 || out.charAt(last) != 'c') {
                    out.append('c');
                }
                out.append("ion");
                i += 3;
            } else if (c == 'p' && next == 'h') {
                append(out, 'f');
                i++;
            } else if (c == 'q' && next == 'u') {
                append(out, 'c');
                i++;
            } else if (c == 'k') {
                append(out, 'c');
            } else if (c == 'y') {
                append(out, 'i');
            } else if (c != 'h' && !((c == 'a' || c == 'o') && next == 'e')) {
                append(out, c);
            }
        }
        return out.toString();
    }

    private static void append(StringBuilder out, char c) {
        int last = out.length() - 1;
        if (last < 0 || out.charAt(last) != c || !Character.isLetter(c)) {
            out.append(c);
        }
    }

    /** English <i>-ous</i> and Spanish <i>-oso, -osa</i> as one. */
    private static String ending(String word) {
        for (String ending : List.of("ous", "oso", "osa")) {
            if (word.length() > ending.length() + 2 && word.endsWith(ending)) {
                return word.substring(0, word.length() - ending.length()) + "os";
            }
        }
        return word;
    }
}
