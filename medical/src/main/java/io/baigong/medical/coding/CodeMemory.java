package io.baigong.medical.coding;

import io.baigong.medical.code.IcdTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of codes: the table, and how coded notes spoke of them.
 *
 * @param titles English titles and inclusion terms
 * @param spanish phrases quoted in Spanish notes
 * @param english phrases mined from English notes
 * @param given share of the coded notes with each code
 * @param categories the same of the categories, as the sum of their codes'
 */
record CodeMemory(
        IcdTable table,
        TitleBook titles,
        Lexicon spanish,
        Lexicon english,
        Map<String, Float> given,
        Map<String, Float> categories) {
    CodeMemory(IcdTable table, TitleBook titles, Lexicon spanish, Lexicon english, Map<String, Float> given) {
        this(table, titles, spanish, english, given, categories(given));
    }

    private static Map<String, Float> categories(Map<String, Float> given) {
        var categories = new HashMap<String, Float>();
        given.forEach((code, share) -> categories.merge(category(code), share, Float::sum));
        return categories;
    }

    /** A table of which no coded note is known. */
    static CodeMemory of(IcdTable table) {
        Lexicon none = Lexicon.of(List.of(), List.of(), 1);
        return new CodeMemory(table, TitleBook.of(table), none, none, Map.of());
    }

    /** The first three characters of a code. */
    static String category(String code) {
        return code.length() > 3 ? code.substring(0, 3) : code;
    }

    /** How many of its codes a coded note has on average. */
    float categoryGiven(String code) {
        return categories.getOrDefault(category(code), 0f);
    }
}
