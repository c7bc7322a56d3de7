package io.baigong.medical.coding;

import io.baigong.medical.code.IcdTable;
import java.util.Map;

/**
 * What is known of codes: the table, and how coded notes spoke of them.
 *
 * @param titles English titles and inclusion terms
 * @param spanish phrases quoted in Spanish notes
 * @param english phrases mined from English notes
 * @param given share of the coded notes with each code
 */
record CodeMemory(IcdTable table, TitleBook titles, Lexicon spanish, Lexicon english, Map<String, Float> given) {}
