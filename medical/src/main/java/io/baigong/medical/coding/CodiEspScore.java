package io.baigong.medical.coding;

import io.baigong.measures.Calibration;
import io.baigong.measures.Counts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What was proposed for one case, against the annotators' codes.
 *
 * @param averagePrecision of the ranking of all codes: the mean over the annotators' codes of the precision at each, 0 for one that
 *     is not ranked (as trec_eval's {@code map}, which the CodiEsp task takes)
 * @param codes of the proposed codes
 * @param categories of their categories, three characters
 * @param chapters of their chapters, by first letter
 * @param right the proposed codes that are right
 * @param proposed the codes proposed
 * @param gold the annotators' codes
 * @param found50 how many of the annotators' codes are among the first fifty
 * @param seen how many of the annotators' codes the model has learned from, and how many of these are proposed
 * @param unseen the same of those that it has not
 * @param shown of the proposed codes: how many have words that overlap any of the annotators' words, and how many that overlap their
 *     words for this code
 * @param evidence of codes with words: right if the annotators gave the code, and words for it that overlap
 * @param claims of the proposed codes
 */
record CodiEspScore(
        double averagePrecision,
        Counts codes,
        Counts categories,
        Counts chapters,
        Set<String> right,
        Set<String> proposed,
        Set<String> gold,
        int found50,
        int candidates,
        Share seen,
        Share unseen,
        Share shown,
        Share shownForCode,
        Counts evidence,
        List<Claim> claims) {
    private static final int BINS = 10;

    /** So many of so many. */
    record Share(int part, int whole) {}

    /** A proposed code's confidence, and whether the annotators gave the code. */
    record Claim(double confidence, boolean right) {}

    static CodiEspScore of(CodiEspCase of, List<Ranked> ranked, Set<String> learned) {
        Set<String> gold = Set.copyOf(of.codes());
        double sum = 0;
        int hits = 0;
        int found50 = 0;
        for (int i = 0; i < ranked.size(); i++) {
            if (gold.contains(ranked.get(i).candidate().code())) {
                hits++;
                sum += (double) hits / (i + 1);
                found50 += i < 50 ? 1 : 0;
            }
        }
        List<Ranked> chosen = ranked.stream().filter(Ranked::proposed).toList();
        Set<String> proposed = chosen.stream().map(r -> r.candidate().code()).collect(Collectors.toSet());
        Set<String> right = new HashSet<>(proposed);
        right.retainAll(gold);
        Set<String> seen = new HashSet<>(gold);
        seen.retainAll(learned);
        Set<String> unseen = new HashSet<>(gold);
        unseen.removeAll(learned);
        int shown = 0;
        int shownForCode = 0;
        for (Ranked each : chosen) {
            shown += overlaps(of, each, false) ? 1 : 0;
            shownForCode += overlaps(of, each, true) ? 1 : 0;
        }
        return new CodiEspScore(
                gold.isEmpty() ? Double.NaN : sum / gold.size(),
                counts(proposed, gold, UnaryOperator.identity()),
                counts(proposed, gold, code -> code.substring(0, Math.min(3, code.length()))),
                counts(proposed, gold, code -> code.substring(0, 1)),
                right,
                proposed,
                gold,
                found50,
                hits,
                new Share((int) seen.stream().filter(proposed::contains).count(), seen.size()),
                new Share((int) unseen.stream().filter(proposed::contains).count(), unseen.size()),
                new Share(shown, chosen.size()),
                new Share(shownForCode, chosen.size()),
                new Counts(shownForCode, chosen.size() - shownForCode, justified(of) - shownForCode),
                chosen.stream()
                        .map(each -> new Claim(
                                each.probability(),
                                gold.contains(each.candidate().code())))
                        .toList());
    }

    /** How many of the annotators' codes come with words. */
    private static int justified(CodiEspCase of) {
        return (int) of.evidence().stream()
                .map(CodiEspCase.Quote::code)
                .distinct()
                .filter(of.codes()::contains)
                .count();
    }

    private static boolean overlaps(CodiEspCase of, Ranked ranked, boolean sameCode) {
        CodeCandidate.Found found = ranked.candidate().evidence();
        return found != null
                && found.note().equals("es")
                && of.evidence().stream()
                        .filter(quote -> !sameCode
                                || (quote.code().equals(ranked.candidate().code())
                                        && of.codes().contains(quote.code())))
                        .flatMap(quote -> quote.spans().stream())
                        .anyMatch(span -> span.start() < found.end() && found.start() < span.end());
    }

    private static Counts counts(Set<String> proposed, Set<String> gold, UnaryOperator<String> as) {
        Set<String> given = proposed.stream().map(as).collect(Collectors.toSet());
        Set<String> wanted = gold.stream().map(as).collect(Collectors.toSet());
        int right = (int) given.stream().filter(wanted::contains).count();
        return new Counts(right, given.size() - right, wanted.size() - right);
    }

    /** Figures of cases, in the order of {@link CodiEspBenchmark#NAMES}. */
    static double[] figures(List<CodiEspScore> cases) {
        Counts micro = Counts.sum(cases.stream().map(CodiEspScore::codes).toList());
        double gold = Math.max(1, micro.truePositives() + micro.falseNegatives());
        return new double[] {
            cases.stream()
                    .mapToDouble(CodiEspScore::averagePrecision)
                    .filter(ap -> !Double.isNaN(ap))
                    .average()
                    .orElse(Double.NaN),
            micro.precision(),
            micro.recall(),
            micro.f1(),
            macroF1(cases),
            Counts.sum(cases.stream().map(CodiEspScore::categories).toList()).f1(),
            Counts.sum(cases.stream().map(CodiEspScore::chapters).toList()).f1(),
            share(cases.stream().map(CodiEspScore::seen).toList()),
            share(cases.stream().map(CodiEspScore::unseen).toList()),
            cases.stream().mapToInt(CodiEspScore::found50).sum() / gold,
            cases.stream().mapToInt(CodiEspScore::candidates).sum() / gold,
            share(cases.stream().map(CodiEspScore::shown).toList()),
            share(cases.stream().map(CodiEspScore::shownForCode).toList()),
            Counts.sum(cases.stream().map(CodiEspScore::evidence).toList()).f1(),
            calibrationError(cases)
        };
    }

    private static double calibrationError(List<CodiEspScore> cases) {
        List<Claim> claims =
                cases.stream().flatMap(each -> each.claims.stream()).toList();
        if (claims.isEmpty()) {
            return Double.NaN;
        }
        boolean[] right = new boolean[claims.size()];
        for (int i = 0; i < right.length; i++) {
            right[i] = claims.get(i).right();
        }
        return Calibration.expectedError(
                claims.stream().mapToDouble(Claim::confidence).toArray(), right, BINS);
    }

    private static double share(List<Share> shares) {
        int whole = shares.stream().mapToInt(Share::whole).sum();
        return whole == 0
                ? Double.NaN
                : (double) shares.stream().mapToInt(Share::part).sum() / whole;
    }

    /** The mean F1 of the codes that annotators gave to any of the cases. */
    private static double macroF1(List<CodiEspScore> cases) {
        Map<String, int[]> byCode = new HashMap<>();
        for (CodiEspScore each : cases) {
            each.right.forEach(code -> byCode.computeIfAbsent(code, k -> new int[3])[0]++);
            each.proposed.forEach(code -> byCode.computeIfAbsent(code, k -> new int[3])[1]++);
            each.gold.forEach(code -> byCode.computeIfAbsent(code, k -> new int[3])[2]++);
        }
        var counts = new ArrayList<Counts>();
        for (int[] c : byCode.values()) {
            if (c[2] > 0) {
                counts.add(new Counts(c[0], c[1] - c[0], c[2] - c[0]));
            }
        }
        return Counts.macroF1(counts);
    }
}
