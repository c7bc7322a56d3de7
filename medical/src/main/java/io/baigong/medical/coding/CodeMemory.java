package io.baigong.medical.coding;

import io.baigong.medical.code.IcdTable;
import java.util.List;
import java.util.Map;

/**
 * What is known of codes: the table, and how coded notes spoke of them.
 *
 * @param titles English titles and inclusion terms
 * @param spanish phrases quoted in Spanish notes
 * @param english phrases mined from English notes
 * @param given share of the coded notes with each code
 */
record CodeMemory(IcdTable table, TitleBook titles, Lexicon spanish, Lexicon english, Map<String, Float> given) {
    /** A table of which no coded note is known. */
    static CodeMemory of(IcdTable table) {
        Lexicon none = Lexicon.of(List.of(), List.of(), 1);
        return new CodeMemory(table, TitleBook.of(table), none, none, Map.of());
    }
}
