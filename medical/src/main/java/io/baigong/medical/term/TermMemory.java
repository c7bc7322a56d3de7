package io.baigong.medical.term;

import io.baigong.medical.code.Code;
import io.baigong.medical.text.Folding;
import io.baigong.medical.text.NgramIndex;
import io.baigong.medical.text.Translation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a list's names: the names themselves, and how they were written before.
 *
 * <p>Thread-safe; it never changes, but translations are learned when they are first asked for: a list alone is not asked.
 */
final class TermMemory {
    private static final int LONGEST = 3;

    /** A part of a term stands for the name nearest to it from this cosine on. */
    private static final float ALIGNED = 0.25f;

    final List<StandardName> names;
    final NgramIndex titles;
    final List<Mention> mentions;
    final NgramIndex written;

    /** The names that each pair gave. */
    final List<List<Integer>> namesOf;

    final Counts counts;
    private final IntPredicate learned;
    private @Nullable Translations translations;
    private final Map<String, Integer> numbers;

    /**
     * A name of the list; one may have several codes.
     *
     * @param folded as {@link Folding#packed} has it; names that differ may be folded alike
     */
    record StandardName(String title, String folded, List<String> codes) {}

    /**
     * How names were written.
     *
     * @param names their numbers
     * @param pair the pair that it is from; -1 for a synonym of the list
     */
    record Mention(String folded, List<Integer> names, int pair) {}

    /** From what is written to names, and back. */
    record Translations(Translation forward, Translation back, Translation.Targets titles) {}

    private TermMemory(
            List<StandardName> names,
            Map<String, Integer> numbers,
            NgramIndex titles,
            List<Mention> mentions,
            NgramIndex written,
            List<List<Integer>> namesOf,
            IntPredicate learned) {
        this.names = names;
        this.numbers = numbers;
        this.titles = titles;
        this.mentions = mentions;
        this.written = written;
        this.namesOf = namesOf;
        this.counts = Counts.of(names.size(), namesOf, learned);
        this.learned = learned;
    }

    /** Learns a list, and pairs if there are any. Names that only pairs have are taken up without a code. */
    static TermMemory of(List<Code> codes, List<TermPair> pairs) {
        var byBare = new LinkedHashMap<String, StandardName>();
        for (Code code : codes) {
            StandardName old = byBare.get(Folding.bare(code.title()));
            var all = new LinkedHashSet<String>(old == null ? List.of() : old.codes);
            if (!code.code().isEmpty()) {
                all.add(code.code());
            }
            String title = old == null ? code.title() : old.title;
            byBare.put(Folding.bare(code.title()), new StandardName(title, Folding.packed(title), List.copyOf(all)));
        }
        for (TermPair pair : pairs) {
            for (String standard : pair.standards()) {
                byBare.computeIfAbsent(
                        Folding.bare(standard), b -> new StandardName(standard, Folding.packed(standard), List.of()));
            }
        }
        byBare.remove("");
        List<StandardName> names = List.copyOf(byBare.values());
        var numbers = new HashMap<String, Integer>();
        byBare.keySet().forEach(bare -> numbers.put(bare, numbers.size()));
        NgramIndex titles =
                NgramIndex.of(names.stream().map(StandardName::folded).toList(), LONGEST);
        var mentions = new ArrayList<Mention>();
        for (Code code : codes) {
            Integer number = numbers.get(Folding.bare(code.title()));
            if (number != null) {
                code.synonyms().forEach(s -> mentions.add(new Mention(Folding.packed(s), List.of(number), -1)));
            }
        }
        var namesOf = new ArrayList<List<Integer>>();
        for (int p = 0; p < pairs.size(); p++) {
            List<Integer> own = numbers(pairs.get(p), numbers);
            namesOf.add(own);
            mentions.addAll(mentions(p, pairs.get(p), own, titles));
        }
        NgramIndex written =
                NgramIndex.of(mentions.stream().map(Mention::folded).toList(), LONGEST);
        return new TermMemory(
                names, numbers, titles, List.copyOf(mentions), written, List.copyOf(namesOf), pair -> true);
    }

    private static List<Integer> numbers(TermPair pair, Map<String, Integer> numbers) {
        return pair.standards().stream()
                .map(s -> numbers.get(Folding.bare(s)))
                .filter(n -> n != null)
                .distinct()
                .toList();
    }

    /** Numbers of names as they are written in an answer; those that nobody knows are left out. */
    Set<Integer> numbers(Collection<String> standards) {
        var found = new LinkedHashSet<Integer>();
        for (String standard : standards) {
            @Nullable Integer number = numbers.get(Folding.bare(standard));
            if (number != null) {
                found.add(number);
            }
        }
        return found;
    }

    private static List<Mention> mentions(int pair, TermPair from, List<Integer> names, NgramIndex titles) {
        Segments segments = Segments.of(from.written());
        var mentions = new ArrayList<Mention>();
        mentions.add(new Mention(segments.whole(), names, pair));
        if (names.size() > 1) {
            // Each name goes to the part nearest to it, where one is near.
            var parts = new LinkedHashMap<String, List<Integer>>();
            for (int name : names) {
                String nearest = "";
                float most = ALIGNED;
                for (String part : segments.parts().subList(1, segments.parts().size())) {
                    NgramIndex.Query query = titles.query(part);
                    float near = titles.covers(name, query) + titles.covered(name, query);
                    if (near > most) {
                        most = near;
                        nearest = part;
                    }
                }
                if (!nearest.isEmpty()) {
                    parts.computeIfAbsent(nearest, k -> new ArrayList<>()).add(name);
                }
            }
            parts.forEach((part, own) -> mentions.add(new Mention(part, List.copyOf(own), pair)));
        }
        return mentions;
    }

    /** How what is written and names translate, learned once. */
    synchronized Translations translations() {
        Translations known = translations;
        if (known == null) {
            known = translations(names, mentions, learned);
            translations = known;
        }
        return known;
    }

    private static Translations translations(List<StandardName> names, List<Mention> mentions, IntPredicate from) {
        var pairs = new ArrayList<Translation.Pair>();
        var back = new ArrayList<Translation.Pair>();
        for (Mention mention : mentions) {
            if (from.test(mention.pair)) {
                var target = new StringBuilder();
                for (int name : mention.names) {
                    target.append(names.get(name).folded);
                }
                pairs.add(new Translation.Pair(mention.folded, target.toString()));
                back.add(new Translation.Pair(target.toString(), mention.folded));
            }
        }
        Translation forward = Translation.fit(pairs);
        return new Translations(
                forward,
                Translation.fit(back),
                forward.targets(names.stream().map(StandardName::folded).toList()));
    }

    /**
     * The same memory, with translations and counts learned only of some pairs: for the features of the other pairs, which must
     * not know their own answers.
     */
    TermMemory learnedOf(IntPredicate pairs) {
        return new TermMemory(names, numbers, titles, mentions, written, namesOf, pairs);
    }

    /**
     * How often names were given.
     *
     * @param given {@code [names]}
     * @param besideOthers to a term that was given others too, {@code [names]}
     * @param together by two names, the lower in the higher half
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Counts(int[] given, int[] besideOthers, Map<Long, Integer> together) {
        static Counts of(int names, List<List<Integer>> namesOf, IntPredicate pairs) {
            int[] given = new int[names];
            int[] besideOthers = new int[names];
            var together = new HashMap<Long, Integer>();
            for (int p = 0; p < namesOf.size(); p++) {
                if (pairs.test(p)) {
                    for (int a : namesOf.get(p)) {
                        given[a]++;
                        besideOthers[a] += namesOf.get(p).size() > 1 ? 1 : 0;
                        for (int b : namesOf.get(p)) {
                            if (a < b) {
                                together.merge(both(a, b), 1, Integer::sum);
                            }
                        }
                    }
                }
            }
            return new Counts(given, besideOthers, together);
        }

        /** How often two names were given to the same term. */
        int together(int a, int b) {
            return together.getOrDefault(both(a, b), 0);
        }

        private static long both(int a, int b) {
            return ((long) Math.min(a, b) << 32) | Math.max(a, b);
        }
    }
}
