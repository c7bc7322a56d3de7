package io.baigong.medical.note;

import io.baigong.spi.LocalText;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The language of a note. */
public enum Language {
    ENGLISH,
    SPANISH,
    CHINESE;

    private static final Set<String> ENGLISH_WORDS = Set.of(
            "the", "of", "and", "with", "was", "is", "for", "patient", "on", "to", "she", "he", "his", "her", "had",
            "were");
    private static final Set<String> SPANISH_WORDS = Set.of(
            "el",
            "la",
            "de",
            "del",
            "y",
            "con",
            "los",
            "las",
            "paciente",
            "en",
            "se",
            "una",
            "un",
            "por",
            "que",
            "fue",
            "al");

    /** Longest part that is looked at, in UTF-16 units. */
    private static final int MOST = 20_000;

    /** Commonest words of languages that notes are not read in, as far as they are not those of Spanish too. */
    private static final Map<LocalText, Set<String>> OTHERS = Map.of(
            new LocalText("French", "法文"),
            Set.of(
                    "le", "les", "des", "du", "et", "est", "une", "dans", "pour", "avec", "au", "sur", "pas", "chez",
                    "qui", "sans"),
            new LocalText("German", "德文"),
            Set.of(
                    "der", "die", "und", "mit", "ist", "bei", "das", "des", "den", "wurde", "nicht", "eine", "im",
                    "von", "ein", "zur"),
            new LocalText("Italian", "意大利文"),
            Set.of(
                    "il", "di", "che", "e", "del", "della", "con", "per", "non", "sono", "nel", "alla", "dei", "si",
                    "da", "le"),
            new LocalText("Portuguese", "葡萄牙文"),
            Set.of("o", "do", "da", "os", "as", "em", "com", "foi", "não", "uma", "um", "no", "na", "dos", "ao", "e"));

    /** Fewest of its commonest words that tell a language. */
    private static final int ENOUGH = 8;

    /** The likeliest language, by Han characters and by the commonest words. */
    public static Language of(String text) {
        String part = text.length() > MOST ? text.substring(0, MOST) : text;
        long han = part.codePoints()
                .filter(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)
                .count();
        long letters = part.codePoints().filter(Character::isLetter).count();
        if (letters > 0 && han * 3 > letters) {
            return CHINESE;
        }
        Map<String, Integer> counts = counts(part);
        return count(counts, SPANISH_WORDS) > count(counts, ENGLISH_WORDS) ? SPANISH : ENGLISH;
    }

    /**
     * The language of a text that is in none of these, as far as its script or its commonest words tell it; empty if it is in one
     * of these, and if nothing is told.
     */
    public static Optional<LocalText> other(String text) {
        String part = text.length() > MOST ? text.substring(0, MOST) : text;
        long letters = part.codePoints().filter(Character::isLetter).count();
        long kana = part.codePoints().filter(Language::isKana).count();
        long read = part.codePoints().filter(Language::isRead).count();
        if (kana * 10 > letters) {
            return Optional.of(new LocalText("Japanese", "日文"));
        }
        if (letters > 0 && read * 2 < letters) {
            return Optional.of(new LocalText("a language of another script", "其他文字的语言"));
        }
        Map<String, Integer> counts = counts(part);
        int ours = Math.max(count(counts, SPANISH_WORDS), count(counts, ENGLISH_WORDS));
        return OTHERS.entrySet().stream()
                .max(Comparator.comparingInt(other -> count(counts, other.getValue())))
                .filter(other -> count(counts, other.getValue()) >= Math.max(ENOUGH, ours + ours / 4))
                .map(Map.Entry::getKey);
    }

    private static boolean isKana(int c) {
        Character.UnicodeScript script = Character.UnicodeScript.of(c);
        return script == Character.UnicodeScript.HIRAGANA || script == Character.UnicodeScript.KATAKANA;
    }

    private static boolean isRead(int c) {
        Character.UnicodeScript script = Character.UnicodeScript.of(c);
        return Character.isLetter(c)
                && (script == Character.UnicodeScript.LATIN || script == Character.UnicodeScript.HAN);
    }

    private static Map<String, Integer> counts(String text) {
        var counts = new HashMap<String, Integer>();
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+", -1)) {
            counts.merge(word, 1, Integer::sum);
        }
        return counts;
    }

    private static int count(Map<String, Integer> counts, Set<String> words) {
        return words.stream().mapToInt(word -> counts.getOrDefault(word, 0)).sum();
    }
}
