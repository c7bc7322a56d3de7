package io.baigong.medical.note;

import io.baigong.medical.text.Folding;
import java.util.List;
import java.util.Locale;

/**
 * Words without what writers vary: folded, spelt as Spanish and English both would, for they share their Greek and Latin words, as in
 * <i>hipotermia</i> and <i>hypothermia</i>.
 *
 * <p>A stem has lost the endings of number and gender; a root those of adjectives too, since an organ's adjective is coded as the organ
 * is, as in <i>prostático</i> and <i>prostate</i>.
 */
final class Stem {
    /** Shorter words stay as they are. */
    private static final int SHORT = 3;

    /** What stays of a word at the least. */
    private static final int LEAST = 4;

    private static final List<String> ADJECTIVES =
            List.of("ical", "iano", "iana", "ian", "ico", "ica", "ic", "al", "ar", "oso", "osa", "ous", "us", "um");

    /** English <i>-ous</i> and Spanish <i>-oso, -osa</i>, without what {@link #singular} and spelling took. */
    private static final List<String> OUS = List.of("ous", "oso", "osa");

    private Stem() {}

    static String of(String word) {
        String stem = lower(word);
        if (isWhole(stem)) {
            return stem;
        }
        stem = singular(spelt(stem));
        for (String ending : OUS) {
            if (stem.length() > ending.length() + 1 && stem.endsWith(ending)) {
                stem = stem.substring(0, stem.length() - ending.length()) + "os";
            }
        }
        boolean vowel = stem.length() > LEAST && "aeo".indexOf(stem.charAt(stem.length() - 1)) >= 0;
        return vowel ? stem.substring(0, stem.length() - 1) : stem;
    }

    static String root(String word) {
        String stem = lower(word);
        return isWhole(stem) ? stem : withoutVowels(withoutEnding(singular(spelt(stem))));
    }

    private static boolean isWhole(String word) {
        return word.length() <= SHORT || !Character.isLetter(word.charAt(0));
    }

    private static String singular(String word) {
        if (word.length() > LEAST && word.endsWith("es")) {
            return word.substring(0, word.length() - 2);
        }
        return word.length() > SHORT && word.endsWith("s") && !word.endsWith("us")
                ? word.substring(0, word.length() - 1)
                : word;
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

    /**
     * In one spelling: <i>ph</i> as f, <i>ch</i>, <i>k</i> and <i>qu</i> as c, <i>y</i> as i, <i>-tion</i> as -cion, <i>-idad</i> as
     * -iti; no h, no double letters, no silent letter at the beginning, no <i>e</i> before a beginning such as st.
     */
    private static String spelt(String word) {
        var out = new StringBuilder(word.length());
        for (int i = beginning(word); i < word.length(); i++) {
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
            } else if (c == 'n' && next == 'm') {
                append(out, 'm');
            } else if (i == word.length() - 4 && word.endsWith("idad")) {
                append(out, 'i');
                out.append("ti");
                break;
            } else if (c != 'h' && !((c == 'a' || c == 'o') && next == 'e')) {
                append(out, c);
            }
        }
        return out.toString();
    }

    private static int beginning(String word) {
        boolean silent = word.startsWith("ps") || word.startsWith("pn");
        boolean eased = word.startsWith("es") && word.length() > LEAST && "aeiou".indexOf(word.charAt(2)) < 0;
        return silent || eased ? 1 : 0;
    }

    private static void append(StringBuilder out, char c) {
        int last = out.length() - 1;
        if (last < 0 || out.charAt(last) != c || !Character.isLetter(c)) {
            out.append(c);
        }
    }

    private static String withoutEnding(String word) {
        for (String ending : ADJECTIVES) {
            if (word.length() >= ending.length() + LEAST && word.endsWith(ending)) {
                return word.substring(0, word.length() - ending.length());
            }
        }
        return word;
    }

    private static String withoutVowels(String word) {
        int end = word.length();
        while (end > LEAST && "aeiou".indexOf(word.charAt(end - 1)) >= 0) {
            end--;
        }
        return word.substring(0, end);
    }
}
