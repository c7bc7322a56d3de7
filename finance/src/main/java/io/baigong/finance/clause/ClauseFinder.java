package io.baigong.finance.clause;

import io.baigong.spi.Models;
import io.baigong.spi.TokenScores;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds the clauses of a contract: a token tagger scores its words, a {@link CandidateReader} reads the scores as passages, a
 * {@link ClauseRanker} says how sure each is, and {@link PassageChoice} takes those that go together.
 */
public final class ClauseFinder {
    private ClauseFinder() {}

    /**
     * All passages that may be a clause, in order of their starts. Those of one type don't overlap.
     *
     * @param role the role of the tagger
     */
    public static List<Clause> find(String text, Models models, String role) {
        TokenScores scores = models.tag(role, List.of(text)).getFirst();
        return chosen(candidates(text, scores), ClauseRanker.beside(models, role));
    }

    /** Every passage as which the scores may be read, type by type. */
    static List<ClauseCandidate> candidates(String text, TokenScores scores) {
        var reader = new CandidateReader(text, scores);
        return IntStream.range(0, scores.labels().size())
                .boxed()
                .parallel()
                .flatMap(label -> ClauseType.ofCuadName(scores.labels().get(label)).stream()
                        .flatMap(type -> reader.read(type, label).stream()))
                .toList();
    }

    /** Of all candidates in a contract those that go together, in order of their starts. */
    static List<Clause> chosen(List<ClauseCandidate> candidates, ClauseRanker ranker) {
        return candidates.stream().collect(Collectors.groupingBy(ClauseCandidate::type)).values().parallelStream()
                .flatMap(ofType -> choice(ofType, ranker))
                .sorted(Comparator.comparingInt(Clause::start).thenComparing(Clause::type))
                .toList();
    }

    private static Stream<Clause> choice(List<ClauseCandidate> candidates, ClauseRanker ranker) {
        return PassageChoice.of(candidates.stream().map(ranker::clause).toList()).stream();
    }
}
