package io.baigong.medical.term;

import io.baigong.measures.Counts;
import io.baigong.medical.text.Folding;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names given to one term, against those that coders gave it.
 *
 * <p>Names are the same when their letters and digits are: published answers differ from their list in width and punctuation.
 *
 * @param counts names right, wrong and missing
 * @param exact whether all names are right and none is missing
 * @param found10 how many of the coders' names are among the first ten ranked
 * @param found50 how many are among the first fifty
 */
record TermScore(Counts counts, boolean exact, int found10, int found50) {
    static TermScore of(TermPair pair, Normalised normalised) {
        Set<String> gold = pair.standards().stream().map(Folding::bare).collect(Collectors.toSet());
        Set<String> given =
                normalised.chosen().stream().map(c -> Folding.bare(c.name())).collect(Collectors.toSet());
        int right = (int) given.stream().filter(gold::contains).count();
        return new TermScore(
                new Counts(right, given.size() - right, gold.size() - right),
                given.equals(gold),
                found(gold, normalised.ranked(), 10),
                found(gold, normalised.ranked(), 50));
    }

    private static int found(Set<String> gold, List<StandardTerm> ranked, int most) {
        return (int) ranked.stream()
                .limit(most)
                .map(r -> Folding.bare(r.name()))
                .distinct()
                .filter(gold::contains)
                .count();
    }

    /** Share of terms with exactly the coders' names. */
    static double accuracy(List<TermScore> scores) {
        return scores.stream().mapToInt(s -> s.exact ? 1 : 0).average().orElse(0);
    }

    /** Right, wrong and missing names of all terms together, as CBLUE scores CHIP-CDN (arXiv 2106.08087, table 1). */
    static Counts micro(List<TermScore> scores) {
        return Counts.sum(scores.stream().map(TermScore::counts).toList());
    }

    private int gold() {
        return (int) (counts.truePositives() + counts.falseNegatives());
    }

    /** Share of the coders' names among the first so many. */
    static double[] recalls(List<TermScore> scores) {
        double gold = Math.max(1, scores.stream().mapToInt(TermScore::gold).sum());
        return new double[] {
            scores.stream().mapToInt(TermScore::found10).sum() / gold,
            scores.stream().mapToInt(TermScore::found50).sum() / gold
        };
    }
}
