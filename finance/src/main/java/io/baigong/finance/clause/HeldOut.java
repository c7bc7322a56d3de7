package io.baigong.finance.clause;

import io.baigong.spi.Benchmark;
import io.baigong.spi.Evaluation;
import io.baigong.spi.Models;
import io.baigong.spi.Progress;
import io.baigong.spi.TaskContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * One of three parts of CUAD's contracts, by a hash of their ids, that a tagger was not tuned on: {@code cuad-fold-1} to
 * {@code cuad-fold-3}. The shipped tagger was tuned without the first.
 *
 * <p>As a benchmark it measures the tagger on the data's contracts of that part, and no others. The ranker beside the tagger has
 * learned from them and is left aside: they are scored by rankers fitted to four fifths of them at a time. The threshold for
 * <i>clause present</i> is chosen on the other folds' scores.
 */
final class HeldOut implements Benchmark {
    private static final int PARTS = 3;

    /** Folds of the held-out contracts between which the ranker is measured. */
    private static final int FOLDS = 5;

    /** A difference of F1 that is no difference. */
    private static final double LITTLE_F1 = 0.005;

    private final String role;
    private final int part;

    private HeldOut(String role, int part) {
        this.role = role;
        this.part = part;
    }

    /** All three. */
    static List<HeldOut> thirds(String role) {
        return IntStream.range(0, PARTS)
                .mapToObj(part -> new HeldOut(role, part))
                .toList();
    }

    @Override
    public String name() {
        return "cuad-fold-" + (part + 1);
    }

    /** The role of the tagger. */
    String role() {
        return role;
    }

    boolean holdsOut(CuadContract contract) {
        return Math.floorMod(contract.id().hashCode(), PARTS) == part;
    }

    @Override
    public Evaluation evaluate(Path data, TaskContext context, Progress progress) throws IOException {
        List<CuadContract> contracts =
                CuadContract.read(data).stream().filter(this::holdsOut).toList();
        if (contracts.size() < 2) {
            throw new IOException("of the contracts in " + data + " " + contracts.size() + " belong to " + name()
                    + "; it takes 2 to learn from one and to measure on the other");
        }
        List<CuadScore> scores =
                atOthersThreshold(crossFitted(cases(contracts, context.models(), progress.part(0, 0.5))));
        return CuadBenchmark.evaluation(contracts, scores, progress.part(0.5, 1));
    }

    /** A contract that the tagger has not seen, and what it proposed there. */
    record Case(CuadContract contract, List<ClauseCandidate> candidates) {
        private List<ClauseRanker.Example> examples() {
            Predicate<ClauseCandidate> right = CuadScore.right(contract);
            return candidates.stream()
                    .map(candidate -> new ClauseRanker.Example(candidate, right.test(candidate)))
                    .toList();
        }
    }

    /** What the tagger proposes in contracts that it has not seen. */
    List<Case> cases(List<CuadContract> contracts, Models models, Progress progress) {
        var cases = new ArrayList<Case>(contracts.size());
        for (CuadContract contract : contracts) {
            cases.add(new Case(
                    contract,
                    ClauseFinder.candidates(
                            contract.text(),
                            models.tag(role, List.of(contract.text())).getFirst())));
            progress.at((double) cases.size() / contracts.size(), "reading contracts");
        }
        return cases;
    }

    static ClauseRanker ranker(List<Case> cases) {
        return ClauseRanker.fit(
                cases.stream().flatMap(c -> c.examples().stream()).toList(), 0.5);
    }

    /** Whether clauses are present, by the threshold that suits the other folds' scores. */
    private static List<CuadScore> atOthersThreshold(List<CuadScore> scores) {
        var judged = new ArrayList<CuadScore>();
        for (int fold = 0; fold < FOLDS; fold++) {
            var others = new ArrayList<CuadScore>();
            var own = new ArrayList<CuadScore>();
            for (int i = 0; i < scores.size(); i++) {
                (i % FOLDS == fold ? own : others).add(scores.get(i));
            }
            if (!own.isEmpty()) {
                double threshold = threshold(others);
                own.forEach(score -> judged.add(score.withLikely(threshold)));
            }
        }
        return judged;
    }

    /** Scores each case, in order, by a ranker fitted to the cases of the other folds. */
    static List<CuadScore> crossFitted(List<Case> cases) {
        CuadScore[] scores = new CuadScore[cases.size()];
        for (int fold = 0; fold < Math.min(FOLDS, cases.size()); fold++) {
            var others = new ArrayList<Case>();
            for (int i = 0; i < cases.size(); i++) {
                if (i % FOLDS != fold) {
                    others.add(cases.get(i));
                }
            }
            ClauseRanker ranker = ranker(others.isEmpty() ? cases : others);
            for (int i = fold; i < cases.size(); i += FOLDS) {
                Case each = cases.get(i);
                scores[i] = CuadScore.of(each.contract, ClauseFinder.chosen(each.candidates, ranker));
            }
        }
        return List.of(scores);
    }

    /**
     * The threshold for <i>clause present</i>: the lowest whose F1 is all but the best, for a clause that is overlooked costs more
     * than one too many.
     */
    static double threshold(List<CuadScore> scores) {
        double[] thresholds =
                IntStream.rangeClosed(5, 40).mapToDouble(i -> i / 50.0).toArray();
        double[] f1 = Arrays.stream(thresholds)
                .map(threshold -> CuadScore.presentF1(scores, threshold))
                .toArray();
        double enough = Arrays.stream(f1).max().orElseThrow() - LITTLE_F1;
        return thresholds[
                IntStream.range(0, f1.length)
                        .filter(i -> f1[i] >= enough)
                        .findFirst()
                        .orElseThrow()];
    }
}
