package io.baigong.medical.note;

import java.util.Locale;
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
        int english = 0;
        int spanish = 0;
        for (String word : part.toLowerCase(Locale.ROOT).split("[^\\p{L}]+", -1)) {
            english += ENGLISH_WORDS.contains(word) ? 1 : 0;
            spanish += SPANISH_WORDS.contains(word) ? 1 : 0;
        }
        return spanish > english ? SPANISH : ENGLISH;
    }
}
