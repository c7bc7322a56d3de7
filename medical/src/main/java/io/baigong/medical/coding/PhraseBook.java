package io.baigong.medical.coding;

import io.baigong.medical.note.Sentence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds phrases in sentences by their words, in any order and with other words between.
 *
 * <p>Immutable. A phrase is a set of stems weighted by {@code ln((N + 1) / df)}; it is found in a sentence that has at least a
 * given share of its weight.
 */
final class PhraseBook {
    /** From this share on all of a phrase's words are there. */
    static final float WHOLE = 0.999f;

    private static final List<String> SAY_NOTHING = List.of(
            ("of the and or with without in on to due by for from a an as at other unspecified not elsewhere classified nos nec specified "
                            + "type site part initial subsequent encounter is was de la el los las del y en con por a un una al su que se lo no o e")
                    .split(" ", -1));

    private static final Set<String> STOP =
            SAY_NOTHING.stream().map(Sentence::stem).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> STOP_ROOTS =
            SAY_NOTHING.stream().map(Sentence::root).collect(Collectors.toUnmodifiableSet());

    private final int[][] phrases;
    private final float[] idf;
    private final float[] totals;
    private final Map<String, Integer> numbers;
    private final int[][] postings;
    private final float share;

    /**
     * A phrase found.
     *
     * @param start first UTF-16 unit of its first word in the note, {@code [start, end)}
     * @param share of its weight that is there, in (0, 1]
     * @param weight of the whole phrase
     * @param words how many of its words are there
     * @param slack words between that are not its own, for each of its own
     */
    record Match(int phrase, int sentence, int start, int end, float share, float weight, int words, float slack) {}

    private PhraseBook(
            int[][] phrases, float[] idf, float[] totals, Map<String, Integer> numbers, int[][] postings, float share) {
        this.phrases = phrases;
        this.idf = idf;
        this.totals = totals;
        this.numbers = numbers;
        this.postings = postings;
        this.share = share;
    }

    /** Distinct stems of a phrase that carry meaning; all of them where none does. */
    static List<String> stems(List<Sentence> sentences) {
        return distinct(sentences, Sentence.Word::stem, STOP);
    }

    /** Whether a word carries meaning: more than one letter, and none of those that say nothing. */
    static boolean carriesMeaning(Sentence.Word word) {
        return word.stem().length() > 1 && !STOP.contains(word.stem());
    }

    /** The same of its roots. */
    static List<String> roots(List<Sentence> sentences) {
        return distinct(sentences, Sentence.Word::root, STOP_ROOTS);
    }

    private static List<String> distinct(
            List<Sentence> sentences, Function<Sentence.Word, String> form, Set<String> stop) {
        var all = new LinkedHashSet<String>();
        sentences.forEach(s -> s.words().forEach(w -> all.add(form.apply(w))));
        var some = new LinkedHashSet<>(all);
        some.removeAll(stop);
        return List.copyOf(some.isEmpty() ? all : some);
    }

    /** Stems of a sentence that carry meaning, in order. */
    static List<String> meaningful(Sentence sentence) {
        return sentence.words().stream()
                .map(Sentence.Word::stem)
                .filter(stem -> !STOP.contains(stem))
                .toList();
    }

    /** @param share least share of a phrase's weight for it to be found, in (0, 1] */
    static PhraseBook of(List<List<String>> phrases, float share) {
        var numbers = new HashMap<String, Integer>();
        int[][] coded = new int[phrases.size()][];
        for (int p = 0; p < coded.length; p++) {
            coded[p] = phrases.get(p).stream()
                    .mapToInt(stem -> numbers.computeIfAbsent(stem, s -> numbers.size()))
                    .distinct()
                    .toArray();
        }
        int[] df = new int[numbers.size()];
        for (int[] phrase : coded) {
            for (int stem : phrase) {
                df[stem]++;
            }
        }
        float[] idf = new float[df.length];
        int[][] postings = new int[df.length][];
        for (int s = 0; s < df.length; s++) {
            idf[s] = (float) Math.log((coded.length + 1.0) / df[s]);
            postings[s] = new int[df[s]];
        }
        int[] filled = new int[df.length];
        float[] totals = new float[coded.length];
        for (int p = 0; p < coded.length; p++) {
            for (int stem : coded[p]) {
                postings[stem][filled[stem]++] = p;
                totals[p] += idf[stem];
            }
        }
        return new PhraseBook(coded, idf, totals, numbers, postings, share);
    }

    /** How many stems a phrase has. */
    int stems(int phrase) {
        return phrases[phrase].length;
    }

    /** Every phrase in every sentence that has it, its words as they stand there. */
    List<Match> matches(List<Sentence> sentences) {
        return matchesIn(Line.plain(sentences));
    }

    /** Every phrase in every line that has it. */
    List<Match> matchesIn(List<Line> lines) {
        var found = new ArrayList<Match>();
        float[] sums = new float[phrases.length];
        for (int i = 0; i < lines.size(); i++) {
            List<Line.Token> tokens = lines.get(i).tokens();
            int[] stems = new int[tokens.size()];
            for (int t = 0; t < stems.length; t++) {
                stems[t] = numbers.getOrDefault(tokens.get(t).stem(), -1);
            }
            int[] distinct =
                    Arrays.stream(stems).filter(s -> s >= 0).sorted().distinct().toArray();
            for (int stem : distinct) {
                for (int phrase : postings[stem]) {
                    sums[phrase] += idf[stem];
                }
            }
            for (int stem : distinct) {
                for (int phrase : postings[stem]) {
                    if (sums[phrase] >= share * totals[phrase] - 1e-4f && sums[phrase] > 0) {
                        found.add(
                                match(phrase, i, lines.get(i), stems, sums[phrase] / Math.max(totals[phrase], 1e-6f)));
                    }
                    sums[phrase] = 0;
                }
            }
        }
        return found;
    }

    /** The narrowest window with all of the phrase's words that the line has. */
    private Match match(int phrase, int sentence, Line line, int[] stems, float covered) {
        int[] own = phrases[phrase];
        int present = 0;
        int[] counts = new int[own.length];
        for (int o = 0; o < own.length; o++) {
            for (int stem : stems) {
                if (stem == own[o]) {
                    present++;
                    break;
                }
            }
        }
        List<Line.Token> tokens = line.tokens();
        int bestFrom = 0;
        int bestTo = line.sentence().words().size() - 1;
        int have = 0;
        int from = 0;
        for (int to = 0; to < stems.length; to++) {
            int o = indexOf(own, stems[to]);
            if (o >= 0 && counts[o]++ == 0) {
                have++;
            }
            while (have == present) {
                int last = last(tokens, from, to);
                if (last - tokens.get(from).from() < bestTo - bestFrom) {
                    bestFrom = tokens.get(from).from();
                    bestTo = last;
                }
                int left = indexOf(own, stems[from]);
                if (left >= 0 && --counts[left] == 0) {
                    have--;
                }
                from++;
            }
        }
        List<Sentence.Word> words = line.sentence().words();
        return new Match(
                phrase,
                sentence,
                words.get(bestFrom).start(),
                words.get(bestTo).end(),
                Math.min(1, covered),
                totals[phrase],
                present,
                Math.max(0, bestTo - bestFrom + 1f - present) / present);
    }

    /** The last word that any of the tokens is read from, {@code [from, to]}. */
    private static int last(List<Line.Token> tokens, int from, int to) {
        int last = tokens.get(to).to();
        // A reading of several words may reach beyond what comes after it, by a few tokens at the most.
        for (int i = to - 1; i >= from && i >= to - 8; i--) {
            last = Math.max(last, tokens.get(i).to());
        }
        return last;
    }

    private static int indexOf(int[] own, int stem) {
        if (stem >= 0) {
            for (int o = 0; o < own.length; o++) {
                if (own[o] == stem) {
                    return o;
                }
            }
        }
        return -1;
    }
}
