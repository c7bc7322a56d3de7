package io.baigong.medical.coding;

import io.baigong.medical.note.Sentence;
import io.baigong.spi.TextEncoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the codes that a note may have among all codes of a table. Thread-safe. */
final class CodeCandidates {
    private static final int MOST_TITLES = 180;

    /** Rank of a title behind all that are looked at. */
    private static final int UNRANKED = 250;

    /** A quoted phrase stands whole where so many words for each of its own stand between them at the most. */
    private static final float LOOSE = 3;

    private static final int QUOTED_ANY = CodeCandidate.LEXICAL.indexOf("quoted_any");
    private static final int CATEGORY_QUOTED = CodeCandidate.LEXICAL.indexOf("category_quoted");

    private final CodeMemory memory;
    private final @Nullable NearNames near;

    /** By matches of words alone. */
    CodeCandidates(CodeMemory memory) {
        this.memory = memory;
        near = null;
    }

    /** By vectors of words too. */
    CodeCandidates(CodeMemory memory, CodeVectors vectors, TextEncoder encoder) {
        this.memory = memory;
        near = new NearNames(vectors, encoder);
    }

    CodeMemory memory() {
        return memory;
    }

    /**
     * A note in one language, or in two.
     *
     * @param spanish empty where there is none
     * @param english empty where there is none
     */
    record Note(String spanish, String english) {}

    /** A note in sentences. */
    record Read(Note note, List<Sentence> spanish, List<Sentence> english, List<PhraseBook.Match> quoted, int words) {}

    /** What was found for one code. */
    static final class Gathered {
        final List<PhraseBook.Match> quoted = new ArrayList<>();
        final List<PhraseBook.Match> partly = new ArrayList<>();
        final List<PhraseBook.Match> mined = new ArrayList<>();
        final List<PhraseBook.Match> across = new ArrayList<>();
        final List<PhraseBook.Match> acrossPartly = new ArrayList<>();
        final List<PhraseBook.Match> englishTitles = new ArrayList<>();
        final List<PhraseBook.Match> spanishTitles = new ArrayList<>();
        int titleRank = UNRANKED;

        /** How many codes have a title that is met as well. */
        int titleTies;
    }

    List<CodeCandidate> of(Note note) {
        List<Sentence> spanish = Sentence.of(note.spanish());
        List<Sentence> english = Sentence.of(note.english());
        var gathered = new TreeMap<String, Gathered>();
        List<PhraseBook.Match> quoted = memory.spanish().matches(spanish);
        for (PhraseBook.Match match : quoted) {
            boolean whole = match.share() > PhraseBook.WHOLE && match.slack() <= LOOSE;
            for (String code : memory.spanish().usage(match.phrase()).codes().keySet()) {
                Gathered of = gathered.computeIfAbsent(code, k -> new Gathered());
                (whole ? of.quoted : of.partly).add(match);
            }
        }
        for (PhraseBook.Match match : memory.english().matches(english)) {
            if (match.slack() <= Lexicon.TIGHT) {
                for (String code :
                        memory.english().usage(match.phrase()).codes().keySet()) {
                    gathered.computeIfAbsent(code, k -> new Gathered()).mined.add(match);
                }
            }
        }
        // Quoted Spanish phrases are found in English too, where both languages share their words.
        for (PhraseBook.Match match : memory.spanish().matches(english)) {
            boolean whole = match.share() > PhraseBook.WHOLE && match.slack() <= LOOSE;
            for (String code : memory.spanish().usage(match.phrase()).codes().keySet()) {
                Gathered of = gathered.computeIfAbsent(code, k -> new Gathered());
                (whole ? of.across : of.acrossPartly).add(match);
            }
        }
        titles(note, spanish, english, gathered);
        var features = new CodeFeatures(
                memory, new Read(note, spanish, english, quoted, Math.max(words(spanish), words(english))));
        var categories = new HashMap<String, Integer>();
        gathered.keySet().forEach(code -> categories.merge(CodeMemory.category(code), 1, Integer::sum));
        var candidates = new ArrayList<CodeCandidate>();
        gathered.forEach((code, found) ->
                candidates.add(features.of(code, found, categories.getOrDefault(CodeMemory.category(code), 1))));
        List<CodeCandidate> all = rivals(candidates);
        return near == null ? all : near.describe(all, note, spanish, english);
    }

    private static int words(List<Sentence> sentences) {
        return sentences.stream().mapToInt(s -> s.words().size()).sum();
    }

    /** Titles in the English note; and in the Spanish one, whose Greek and Latin words are the same. */
    private void titles(Note note, List<Sentence> spanish, List<Sentence> english, Map<String, Gathered> gathered) {
        var best = new HashMap<String, Double>();
        var own = collect(memory.titles().matches(note.english(), english, "en"), best);
        var other = collect(memory.titles().matches(note.spanish(), spanish, "es"), best);
        List<Map.Entry<String, Double>> order = best.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, Double>>comparingDouble(e -> -e.getValue())
                        .thenComparing(Map.Entry::getKey))
                .toList();
        var ties = new HashMap<Double, Integer>();
        best.values().forEach(strength -> ties.merge(strength, 1, Integer::sum));
        for (int i = 0; i < order.size(); i++) {
            String code = order.get(i).getKey();
            if (i < MOST_TITLES || gathered.containsKey(code)) {
                Gathered of = gathered.computeIfAbsent(code, k -> new Gathered());
                of.titleRank = Math.min(i, UNRANKED);
                of.titleTies = ties.getOrDefault(order.get(i).getValue(), 1);
                of.englishTitles.addAll(own.getOrDefault(code, List.of()));
                of.spanishTitles.addAll(other.getOrDefault(code, List.of()));
            }
        }
    }

    private Map<String, List<PhraseBook.Match>> collect(List<PhraseBook.Match> matches, Map<String, Double> best) {
        var found = new HashMap<String, List<PhraseBook.Match>>();
        for (PhraseBook.Match match : matches) {
            String code = memory.titles().code(match.phrase());
            found.computeIfAbsent(code, k -> new ArrayList<>()).add(match);
            best.merge(code, CodeFeatures.strength(match), Math::max);
        }
        return found;
    }

    /** Tells each candidate how much speaks for another of its category. */
    private static List<CodeCandidate> rivals(List<CodeCandidate> candidates) {
        var byCategory = new HashMap<String, List<CodeCandidate>>();
        candidates.forEach(c -> byCategory
                .computeIfAbsent(CodeMemory.category(c.code()), k -> new ArrayList<>())
                .add(c));
        for (List<CodeCandidate> siblings : byCategory.values()) {
            for (CodeCandidate candidate : siblings) {
                float most = 0;
                for (CodeCandidate other : siblings) {
                    if (!other.code().equals(candidate.code())) {
                        most = Math.max(most, other.features()[QUOTED_ANY]);
                    }
                }
                candidate.features()[CATEGORY_QUOTED] = most;
            }
        }
        return candidates;
    }
}
