package io.baigong.medical.coding;

import io.baigong.medical.note.Sentence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Words of a note, one after another, that may name a diagnosis.
 *
 * @param stems of those that carry meaning, distinct, parted by blanks
 * @param words how many carry meaning
 */
record Stretch(String stems, int words) {
    /** How many of its words may carry meaning, and how many it may have in all. */
    private static final int MOST_MEANT = 4;

    private static final int LONGEST = 8;

    /** So many are looked at of a note, the first ones: those of some hundred pages. */
    private static final int MOST = 20_000;

    /** Those of a note that begin and end with a word that carries meaning, have no comma within, and say what none before said. */
    static List<Stretch> of(String text, List<Sentence> note) {
        var stretches = new ArrayList<Stretch>();
        Set<String> seen = new HashSet<>();
        for (Sentence sentence : note) {
            List<Sentence.Word> words = sentence.words();
            for (int from = 0; from < words.size() && stretches.size() < MOST; from++) {
                if (PhraseBook.carriesMeaning(words.get(from))) {
                    add(text, words, from, stretches, seen);
                }
            }
        }
        return stretches;
    }

    /** Those that begin at a word. */
    private static void add(String text, List<Sentence.Word> words, int from, List<Stretch> to, Set<String> seen) {
        var stems = new LinkedHashSet<String>();
        for (int at = from; at < Math.min(words.size(), from + LONGEST); at++) {
            Sentence.Word word = words.get(at);
            if (at > from
                    && text.substring(words.get(at - 1).end(), word.start()).indexOf(',') >= 0) {
                return;
            }
            if (PhraseBook.carriesMeaning(word)) {
                stems.add(word.stem());
                if (stems.size() > MOST_MEANT) {
                    return;
                }
                String said = String.join(" ", stems);
                if (seen.add(said)) {
                    to.add(new Stretch(said, stems.size()));
                }
            }
        }
    }
}
