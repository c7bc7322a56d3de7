package io.baigong.medical.coding;

import io.baigong.medical.note.Sentence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Phrases of coded notes, with the codes that they were coded by and how often that was so. Immutable.
 *
 * <p>There are two ways to come by one: from the words that coders quoted for a code, or from word sequences that stand in notes
 * with a code and hardly elsewhere.
 */
final class Lexicon {
    /** A phrase counts as present where no more words than its own stand between its words. */
    static final float TIGHT = 1;

    private static final int LONGEST = 4;
    private static final int FEWEST_HITS = 2;
    private static final double LEAST_SHARE = 0.25;
    private static final double LEAST_LIFT = 5;

    private final List<List<String>> phrases;
    private final PhraseBook book;
    private final List<Usage> usages;

    /**
     * How a phrase was used.
     *
     * @param notes in how many notes it stands; 0 where it is not known
     * @param codes in how many of these each code was given, and how often it was quoted for it
     */
    record Usage(int notes, Map<String, Link> codes) {
        static final Usage NONE = new Usage(0, Map.of());
    }

    /** How often a phrase was quoted for a code, and in how many notes with the phrase the code was given. */
    record Link(int quotes, int hits) {}

    Lexicon(List<List<String>> phrases, PhraseBook book, List<Usage> usages) {
        this.phrases = phrases;
        this.book = book;
        this.usages = usages;
    }

    /** Restores one from its phrases. */
    static Lexicon of(List<List<String>> phrases, List<Usage> usages, float share) {
        return new Lexicon(phrases, PhraseBook.of(phrases, share), usages);
    }

    List<List<String>> phrases() {
        return phrases;
    }

    Usage usage(int phrase) {
        return usages.get(phrase);
    }

    List<PhraseBook.Match> matches(List<Sentence> note) {
        return book.matches(note);
    }

    /** A coded note to learn phrases from. */
    record Coded(List<Sentence> sentences, Set<String> codes, List<Quoted> quotes) {}

    /** Stems that a coder quoted for a code. */
    record Quoted(List<String> stems, String code) {}

    /** Learns phrases, and counts in which notes each stands. */
    static Learner quoted(List<Coded> notes, float share) {
        var phrases = new LinkedHashMap<List<String>, Map<String, Map<Integer, Integer>>>();
        for (int n = 0; n < notes.size(); n++) {
            for (Quoted quote : notes.get(n).quotes) {
                if (!quote.stems.isEmpty()) {
                    phrases.computeIfAbsent(quote.stems.stream().sorted().toList(), k -> new TreeMap<>())
                            .computeIfAbsent(quote.code, k -> new HashMap<>())
                            .merge(n, 1, Integer::sum);
                }
            }
        }
        return new Learner(notes, List.copyOf(phrases.keySet()), List.copyOf(phrases.values()), share, 1);
    }

    /** Learns word sequences that go with a code. */
    static Learner mined(List<Coded> notes) {
        var notesOf = new HashMap<List<String>, Set<Integer>>();
        var prior = new HashMap<String, Integer>();
        for (int n = 0; n < notes.size(); n++) {
            for (String code : notes.get(n).codes) {
                prior.merge(code, 1, Integer::sum);
            }
            for (Sentence sentence : notes.get(n).sentences) {
                List<String> stems = PhraseBook.meaningful(sentence);
                for (int from = 0; from < stems.size(); from++) {
                    for (int length = 1; length <= LONGEST && from + length <= stems.size(); length++) {
                        notesOf.computeIfAbsent(
                                        stems.subList(from, from + length).stream()
                                                .distinct()
                                                .sorted()
                                                .toList(),
                                        k -> new HashSet<>())
                                .add(n);
                    }
                }
            }
        }
        var kept = new TreeMap<String, Map<String, Map<Integer, Integer>>>();
        notesOf.forEach((stems, in) -> {
            if (in.size() >= FEWEST_HITS) {
                var hits = new HashMap<String, Integer>();
                in.forEach(n -> notes.get(n).codes.forEach(code -> hits.merge(code, 1, Integer::sum)));
                hits.forEach((code, count) -> {
                    double share = (double) count / in.size();
                    if (count >= FEWEST_HITS
                            && share >= LEAST_SHARE
                            && share * notes.size() / prior.getOrDefault(code, 1) >= LEAST_LIFT) {
                        kept.computeIfAbsent(String.join(" ", stems), k -> new TreeMap<>())
                                .put(code, Map.of());
                    }
                });
            }
        });
        return new Learner(
                notes,
                kept.keySet().stream().map(k -> List.of(k.split(" ", -1))).toList(),
                List.copyOf(kept.values()),
                1,
                FEWEST_HITS);
    }

    /** Phrases with the notes that they stand in, from which a lexicon of some of the notes can be had. */
    static final class Learner {
        private final List<Coded> notes;
        private final List<List<String>> phrases;
        private final List<Map<String, Map<Integer, Integer>>> quotes;
        private final PhraseBook book;
        private final List<Set<Integer>> standsIn;
        private final int fewestHits;

        Learner(
                List<Coded> notes,
                List<List<String>> phrases,
                List<Map<String, Map<Integer, Integer>>> quotes,
                float share,
                int fewestHits) {
            this.notes = notes;
            this.phrases = phrases;
            this.quotes = quotes;
            this.fewestHits = fewestHits;
            book = PhraseBook.of(phrases, share);
            standsIn = new ArrayList<>();
            phrases.forEach(p -> standsIn.add(new HashSet<>()));
            for (int n = 0; n < notes.size(); n++) {
                for (PhraseBook.Match match : book.matches(notes.get(n).sentences)) {
                    if (match.share() > PhraseBook.WHOLE && match.slack() <= TIGHT) {
                        standsIn.get(match.phrase()).add(n);
                    }
                }
            }
        }

        /** The lexicon of some notes: it knows nothing of the others. */
        Lexicon of(IntPredicate notesToUse) {
            var usages = new ArrayList<Usage>();
            for (int p = 0; p < phrases.size(); p++) {
                usages.add(usage(p, notesToUse));
            }
            return new Lexicon(phrases, book, usages);
        }

        private Usage usage(int phrase, IntPredicate notesToUse) {
            List<Integer> in =
                    standsIn.get(phrase).stream().filter(notesToUse::test).toList();
            var links = new TreeMap<String, Link>();
            quotes.get(phrase).forEach((code, byNote) -> {
                int quoted = byNote.entrySet().stream()
                        .filter(e -> notesToUse.test(e.getKey()))
                        .mapToInt(Map.Entry::getValue)
                        .sum();
                int hits = (int) in.stream()
                        .filter(n -> notes.get(n).codes.contains(code))
                        .count();
                if (quoted > 0 || (byNote.isEmpty() && hits >= fewestHits)) {
                    links.put(code, new Link(quoted, hits));
                }
            });
            return links.isEmpty() ? Usage.NONE : new Usage(in.size(), links);
        }
    }

    /** Share of the notes with the phrase that have the code, drawn towards a half where there are few. */
    static float share(Usage usage, @Nullable Link link) {
        return link == null
                ? 0
                : (Math.max(link.hits, Math.min(link.quotes, 1)) + 0.5f) / (Math.max(usage.notes, 1) + 1f);
    }
}
