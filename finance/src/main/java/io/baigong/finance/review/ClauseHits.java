package io.baigong.finance.review;

import io.baigong.finance.Language;
import io.baigong.finance.clause.Clause;
import io.baigong.finance.clause.ClauseType;
import io.baigong.finance.document.ContractDocument;
import io.baigong.finance.review.ContractReview.ClauseHit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes of single passages the clauses that a reader is shown. */
final class ClauseHits {
    /** Passages that are not likely are shown from this confidence on. */
    private static final double DOUBTFUL = 0.1;

    /** Most doubtful passages of one type that are shown. */
    private static final int MOST_DOUBTFUL = 2;

    private ClauseHits() {}

    /** Joins likely passages of one type that follow each other with nothing but white space between; parties stay apart. */
    static List<Clause> joined(String text, List<Clause> passages) {
        Map<ClauseType, Clause> open = new EnumMap<>(ClauseType.class);
        var joined = new ArrayList<Clause>();
        for (Clause passage : passages) {
            if (!passage.likely() || passage.type() == ClauseType.PARTIES) {
                joined.add(passage);
                continue;
            }
            Clause before = open.get(passage.type());
            if (before != null && text.substring(before.end(), passage.start()).isBlank()) {
                open.put(
                        passage.type(),
                        new Clause(
                                passage.type(),
                                before.start(),
                                passage.end(),
                                Math.max(before.confidence(), passage.confidence()),
                                true));
            } else {
                open.put(passage.type(), passage);
                if (before != null) {
                    joined.add(before);
                }
            }
        }
        joined.addAll(open.values());
        joined.sort(Comparator.comparingInt(Clause::start).thenComparing(Clause::type));
        return joined;
    }

    /** What a playbook is applied to: the joined clauses that are likely, and every passage that is not. */
    static List<Clause> judged(List<Clause> joined, List<Clause> passages) {
        return Stream.concat(
                        joined.stream().filter(Clause::likely),
                        passages.stream().filter(passage -> !passage.likely()))
                .sorted(Comparator.comparingInt(Clause::start).thenComparing(Clause::type))
                .toList();
    }

    /** The clauses worth a reader's look, in order of their starts: the likely ones, and the best of the doubtful. */
    static List<ClauseHit> shown(ContractDocument document, List<Clause> clauses, Language language) {
        var kept = new ArrayList<Clause>();
        Map<ClauseType, Integer> doubtful = new EnumMap<>(ClauseType.class);
        clauses.stream()
                .sorted(Comparator.comparingDouble(Clause::confidence).reversed())
                .forEach(clause -> {
                    if (clause.likely()
                            || (clause.confidence() >= DOUBTFUL
                                    && doubtful.merge(clause.type(), 1, Integer::sum) <= MOST_DOUBTFUL)) {
                        kept.add(clause);
                    }
                });
        kept.sort(Comparator.comparingInt(Clause::start).thenComparing(Clause::type));
        var hits = new ArrayList<ClauseHit>();
        for (Clause clause : kept) {
            hits.add(new ClauseHit(
                    "c" + (hits.size() + 1),
                    clause.type().cuadName(),
                    language.of(clause.type().title()),
                    clause.start(),
                    clause.end(),
                    document.text().substring(clause.start(), clause.end()),
                    clause.confidence(),
                    clause.likely(),
                    document.regions(clause.start(), clause.end())));
        }
        return hits;
    }

    /** Whether most letters are of another script than Latin. */
    static boolean mostlyNotLatin(String text) {
        long letters = text.codePoints().filter(Character::isLetter).count();
        long latin = text.codePoints()
                .filter(Character::isLetter)
                .filter(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN)
                .count();
        return letters > 0 && 2 * latin < letters;
    }
}
