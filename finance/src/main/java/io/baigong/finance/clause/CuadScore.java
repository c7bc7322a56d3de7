package io.baigong.finance.clause;

import io.baigong.measures.Jaccard;
import io.baigong.measures.PrecisionRecall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What was found in one contract, against what lawyers marked.
 *
 * <p>A passage matches a marked one of its type when their sets of words have a Jaccard similarity of 0.5 or more; a marked
 * passage is found with the score of the best passage that matches it; a passage that matches none is a false positive
 * (Hendrycks et al. 2021, arXiv 2103.06268, section 4.1).
 *
 * @param matched for each marked passage that was found, the score with which it was
 * @param unmatched scores of the passages that match none
 * @param marked how many passages were marked
 * @param types for each clause type, whether it is there and how it was shown
 */
@SuppressWarnings("ArrayRecordComponent")
record CuadScore(double[] matched, double[] unmatched, int marked, List<TypeScore> types) {
    private static final double MATCH = 0.5;

    /** Most passages of a type that a reader is asked to look at. */
    static final int SHOWN = 3;

    /**
     * One clause type in one contract.
     *
     * @param present whether lawyers marked any
     * @param likely whether the review says that it is there
     * @param shown scores of the best passages, highest first, at most {@link #SHOWN}
     * @param hit the score of the best of these that shows a marked passage: at least half of the shorter is in both; -1 if none
     */
    record TypeScore(ClauseType type, boolean present, boolean likely, double[] shown, double hit) {}

    static CuadScore of(CuadContract contract, List<Clause> found) {
        double[] matched = new double[contract.spans().size()];
        int matches = 0;
        var unmatched = new ArrayList<Double>();
        var types = new ArrayList<TypeScore>();
        for (ClauseType type : ClauseType.values()) {
            List<CuadContract.Span> spans =
                    contract.spans().stream().filter(s -> s.type() == type).toList();
            List<Clause> passages = found.stream()
                    .filter(c -> c.type() == type)
                    .sorted(Comparator.comparingDouble(Clause::confidence).reversed())
                    .toList();
            List<Set<String>> words = spans.stream()
                    .map(s -> Jaccard.words(contract.text().substring(s.start(), s.end())))
                    .toList();
            double[] best = new double[spans.size()];
            Arrays.fill(best, -1);
            for (Clause passage : passages) {
                if (!match(
                        Jaccard.words(contract.text().substring(passage.start(), passage.end())),
                        words,
                        passage,
                        best)) {
                    unmatched.add(passage.confidence());
                }
            }
            for (double score : best) {
                if (score >= 0) {
                    matched[matches++] = score;
                }
            }
            types.add(typeScore(type, spans, passages));
        }
        return new CuadScore(
                Arrays.copyOf(matched, matches),
                unmatched.stream().mapToDouble(Double::doubleValue).toArray(),
                contract.spans().size(),
                types);
    }

    private static boolean match(Set<String> words, List<Set<String>> marked, Clause passage, double[] best) {
        boolean matches = false;
        for (int i = 0; i < best.length; i++) {
            if (Jaccard.of(words, marked.get(i)) >= MATCH) {
                best[i] = Math.max(best[i], passage.confidence());
                matches = true;
            }
        }
        return matches;
    }

    private static TypeScore typeScore(ClauseType type, List<CuadContract.Span> spans, List<Clause> passages) {
        List<Clause> shown = passages.subList(0, Math.min(SHOWN, passages.size()));
        double hit = shown.stream()
                .filter(passage -> spans.stream().anyMatch(span -> shows(passage, span)))
                .mapToDouble(Clause::confidence)
                .max()
                .orElse(-1);
        return new TypeScore(
                type,
                !spans.isEmpty(),
                passages.stream().anyMatch(Clause::likely),
                shown.stream().mapToDouble(Clause::confidence).toArray(),
                hit);
    }

    private static boolean shows(Clause passage, CuadContract.Span span) {
        int shared = Math.min(passage.end(), span.end()) - Math.max(passage.start(), span.start());
        int shorter = Math.min(passage.end() - passage.start(), span.end() - span.start());
        return 2 * shared >= shorter;
    }

    /** What {@link #types} says of one clause type; without passages, which are not kept by type. */
    CuadScore of(ClauseType type) {
        return new CuadScore(
                new double[0],
                new double[0],
                0,
                types.stream().filter(each -> each.type() == type).toList());
    }

    /** The same, if a type is taken as present from that confidence on. */
    CuadScore withLikely(double threshold) {
        return new CuadScore(
                matched,
                unmatched,
                marked,
                types.stream()
                        .map(type -> new TypeScore(
                                type.type(),
                                type.present(),
                                type.shown().length > 0 && type.shown()[0] >= threshold,
                                type.shown(),
                                type.hit()))
                        .toList());
    }

    /** The precision-recall curve over contracts, micro over clause types. */
    static PrecisionRecall curve(List<CuadScore> contracts) {
        return PrecisionRecall.of(
                contracts.stream()
                        .flatMapToDouble(c -> Arrays.stream(c.matched))
                        .toArray(),
                contracts.stream()
                        .flatMapToDouble(c -> Arrays.stream(c.unmatched))
                        .toArray(),
                contracts.stream().mapToInt(CuadScore::marked).sum());
    }

    /** Of the clause types that are there, the share that the review says are there. */
    static double presentRecall(List<CuadScore> contracts) {
        return share(contracts, TypeScore::present, TypeScore::likely);
    }

    /** Of the clause types that the review says are there, the share that are. */
    static double presentPrecision(List<CuadScore> contracts) {
        return share(contracts, TypeScore::likely, TypeScore::present);
    }

    /** F1 of <i>clause present</i>, if a type is taken as present from that confidence on. */
    static double presentF1(List<CuadScore> contracts, double threshold) {
        long present = 0;
        long said = 0;
        long both = 0;
        for (CuadScore contract : contracts) {
            for (TypeScore type : contract.types) {
                boolean taken = type.shown().length > 0 && type.shown()[0] >= threshold;
                present += type.present() ? 1 : 0;
                said += taken ? 1 : 0;
                both += taken && type.present() ? 1 : 0;
            }
        }
        return present + said == 0 ? 0 : 2.0 * both / (present + said);
    }

    /** Whether lawyers marked a passage of that contract as a clause of its type. */
    static Predicate<ClauseCandidate> right(CuadContract contract) {
        Map<ClauseType, List<Set<String>>> marked = contract.spans().stream()
                .collect(Collectors.groupingBy(
                        CuadContract.Span::type,
                        Collectors.mapping(
                                span -> Jaccard.words(contract.text().substring(span.start(), span.end())),
                                Collectors.toList())));
        return candidate -> {
            List<Set<String>> ofType = marked.getOrDefault(candidate.type(), List.of());
            if (ofType.isEmpty()) {
                return false;
            }
            Set<String> words = Jaccard.words(contract.text().substring(candidate.start(), candidate.end()));
            return ofType.stream().anyMatch(span -> Jaccard.of(words, span) >= MATCH);
        };
    }

    /** Of the clause types that are there, the share of which the best {@link #SHOWN} passages show one. */
    static double shownRecall(List<CuadScore> contracts) {
        return share(contracts, TypeScore::present, type -> type.hit() >= 0);
    }

    private static double share(List<CuadScore> contracts, Predicate<TypeScore> of, Predicate<TypeScore> that) {
        long all = 0;
        long good = 0;
        for (CuadScore contract : contracts) {
            for (TypeScore type : contract.types) {
                if (of.test(type)) {
                    all++;
                    good += that.test(type) ? 1 : 0;
                }
            }
        }
        return all == 0 ? Double.NaN : (double) good / all;
    }

    /**
     * How many passages a reader is shown per contract, at the threshold at which the given share of the clause types that are
     * there is shown; not a number when no threshold reaches it.
     */
    static double passagesShownAt(double recall, List<CuadScore> contracts) {
        double[] hits = contracts.stream()
                .flatMap(c -> c.types.stream())
                .filter(TypeScore::present)
                .mapToDouble(TypeScore::hit)
                .sorted()
                .toArray();
        int missed = (int) Math.floor(hits.length * (1 - recall) + 1e-9);
        if (hits.length == 0 || hits[missed] < 0) {
            return Double.NaN;
        }
        double threshold = hits[missed];
        long shown = contracts.stream()
                .flatMap(c -> c.types.stream())
                .flatMapToDouble(type -> Arrays.stream(type.shown()))
                .filter(score -> score >= threshold)
                .count();
        return (double) shown / contracts.size();
    }
}
