package io.baigong.measures;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Jaccard's similarity: the shared part of two sets, in [0, 1]. */
public final class Jaccard {
    private Jaccard() {}

    /** {@code |a ∩ b| / |a ∪ b|}; 0 for two empty sets, which have nothing in common. */
    public static double of(Set<?> a, Set<?> b) {
        long shared = a.size() <= b.size()
                ? a.stream().filter(b::contains).count()
                : b.stream().filter(a::contains).count();
        long all = a.size() + b.size() - shared;
        return all == 0 ? 0 : (double) shared / all;
    }

    /**
     * The words of a text as CUAD's evaluation takes them (arXiv:2103.06268, section 4.1 and its published script): without
     * {@code . , ; :}, lower-case, parted at {@code /} and white space.
     */
    public static Set<String> words(String text) {
        var words = new HashSet<String>();
        var word = new StringBuilder();
        String lower = text.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c == '/' || c == '\u0085' || Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                end(word, words);
            } else if (c != '.' && c != ',' && c != ';' && c != ':') {
                word.append(c);
            }
        }
        end(word, words);
        return words;
    }

    private static void end(StringBuilder word, Set<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
