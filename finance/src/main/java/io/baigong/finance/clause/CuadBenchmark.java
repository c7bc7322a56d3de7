package io.baigong.finance.clause;

import io.baigong.measures.Bootstrap;
import io.baigong.measures.Interval;
import io.baigong.measures.PrecisionRecall;
import io.baigong.spi.Benchmark;
import io.baigong.spi.Evaluation;
import io.baigong.spi.Evaluation.Metric;
import io.baigong.spi.Progress;
import io.baigong.spi.TaskContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code cuad}: how well clauses are found, as the CUAD paper measures it (arXiv 2103.06268, section 4.1).
 *
 * <p>Beside it, a lexical baseline learned from the same contracts, each contract by the others: see {@link LexicalBaseline}.
 */
public final class CuadBenchmark implements Benchmark {
    private static final double RECALL = 0.92;

    /** A short contract and a long one, in characters. */
    private static final int SHORT = 20_000;

    private static final int LONG = 80_000;

    private static final long SEED = 2103_06268L;

    private final String role;

    private CuadBenchmark(String role) {
        this.role = role;
    }

    /**
     * All of CUAD, and each of its thirds: see {@link HeldOut}.
     *
     * @param role the role of the tagger
     */
    public static List<Benchmark> all(String role) {
        return Stream.concat(Stream.of(new CuadBenchmark(role)), HeldOut.thirds(role).stream())
                .toList();
    }

    @Override
    public String name() {
        return "cuad";
    }

    @Override
    public Evaluation evaluate(Path data, TaskContext context, Progress progress) throws IOException {
        List<CuadContract> contracts = CuadContract.read(data);
        var scores = new ArrayList<CuadScore>(contracts.size());
        for (CuadContract contract : contracts) {
            scores.add(CuadScore.of(contract, ClauseFinder.find(contract.text(), context.models(), role)));
            progress.at(0.8 * scores.size() / contracts.size(), "reading contracts");
        }
        return evaluation(contracts, scores, progress.part(0.8, 1));
    }

    /**
     * The figures, and those of a lexical baseline on the same contracts beside them.
     *
     * @param scores of the contracts, in their order
     */
    static Evaluation evaluation(List<CuadContract> contracts, List<CuadScore> scores, Progress progress) {
        var metrics = new LinkedHashMap<String, Metric>(metrics(scores));
        if (contracts.size() >= LexicalBaseline.FOLDS) {
            List<CuadScore> baseline =
                    LexicalBaseline.crossValidated(contracts, share -> progress.at(0.8 * share, "lexical baseline"));
            progress.at(0.8, "intervals");
            List<Interval> intervals = Bootstrap.seeded(SEED).intervals(baseline, CuadBenchmark::curve);
            metrics.put("lexical_baseline_aupr", metric(intervals.get(0), "ratio"));
            metrics.put("lexical_baseline_precision_at_80_recall", metric(intervals.get(1), "ratio"));
        }
        progress.at(1, "done");
        return new Evaluation(contracts.size(), metrics, subgroups(contracts, scores));
    }

    private record Measured(CuadContract contract, CuadScore score) {}

    /** Contracts by their length, and each clause type by itself. */
    private static List<Evaluation.Subgroup> subgroups(List<CuadContract> contracts, List<CuadScore> scores) {
        var measured = new ArrayList<Measured>();
        for (int i = 0; i < scores.size(); i++) {
            measured.add(new Measured(contracts.get(i), scores.get(i)));
        }
        var subgroups = new ArrayList<>(Evaluation.Subgroup.of(
                "length",
                measured,
                each -> length(each.contract().text().length()),
                group -> metrics(group.stream().map(Measured::score).toList())));
        for (ClauseType type : ClauseType.values()) {
            List<CuadScore> ofType =
                    scores.stream().map(score -> score.of(type)).toList();
            int there = (int) ofType.stream()
                    .filter(score -> score.types().getFirst().present())
                    .count();
            if (there > 0) {
                subgroups.add(new Evaluation.Subgroup("clause", type.cuadName(), there, present(ofType)));
            }
        }
        return subgroups;
    }

    private static String length(int characters) {
        return characters < SHORT
                ? "under 20,000 characters"
                : characters < LONG ? "20,000 to 80,000 characters" : "over 80,000 characters";
    }

    private static double[] curve(List<CuadScore> sample) {
        PrecisionRecall curve = CuadScore.curve(sample);
        return new double[] {curve.areaUnderEnvelope(), curve.precisionAtRecall(0.8), curve.precisionAtRecall(0.9)};
    }

    private static Map<String, Metric> metrics(List<CuadScore> scores) {
        List<Interval> curve = Bootstrap.seeded(SEED).intervals(scores, CuadBenchmark::curve);
        var metrics = new LinkedHashMap<String, Metric>();
        metrics.put("aupr", metric(curve.get(0), "ratio"));
        metrics.put("precision_at_80_recall", metric(curve.get(1), "ratio"));
        metrics.put("precision_at_90_recall", metric(curve.get(2), "ratio"));
        metrics.putAll(present(scores));
        return metrics;
    }

    private static Map<String, Metric> present(List<CuadScore> scores) {
        List<Interval> contract = Bootstrap.seeded(SEED).intervals(scores, sample -> new double[] {
            CuadScore.presentRecall(sample),
            CuadScore.presentPrecision(sample),
            CuadScore.shownRecall(sample),
            CuadScore.passagesShownAt(RECALL, sample)
        });
        var metrics = new LinkedHashMap<String, Metric>();
        metrics.put("clause_present_recall", metric(contract.get(0), "ratio"));
        metrics.put("clause_present_precision", metric(contract.get(1), "ratio"));
        metrics.put("clause_present_recall_at_3_passages", metric(contract.get(2), "ratio"));
        if (!Double.isNaN(contract.get(3).value())) {
            metrics.put("passages_per_contract_at_92_recall", metric(contract.get(3), "passages"));
        }
        return metrics;
    }

    private static Metric metric(Interval interval, String unit) {
        return new Metric(interval.value(), interval.low(), interval.high(), unit, interval.draws());
    }
}
