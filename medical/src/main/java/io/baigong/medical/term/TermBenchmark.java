package io.baigong.medical.term;

import io.baigong.measures.Bootstrap;
import io.baigong.measures.Counts;
import io.baigong.measures.Interval;
import io.baigong.medical.code.Code;
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
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code yidu-n7k} and {@code chip-cdn}: how often terms get the names that coders gave them.
 *
 * <p>Without a trained model, and beside one, the list alone is measured: see {@link TermNormaliser#lexically}.
 */
public final class TermBenchmark implements Benchmark {
    private static final long SEED = 2106_08087L;
    private static final int STEP = 50;

    private final String name;
    private final TermModels models;
    private final @Nullable TermFold fold;

    private TermBenchmark(String name, TermModels models, @Nullable TermFold fold) {
        this.name = name;
        this.models = models;
        this.fold = fold;
    }

    /** Measures on a set's own part. */
    TermBenchmark(String name, TermModels models) {
        this(name, models, null);
    }

    /** Measures on one fold of a set's training terms. */
    TermBenchmark(TermFold fold, TermModels models) {
        this(fold.name(), models, fold);
    }

    /** Both sets, and each fold of CHIP-CDN, which has no part to measure on. */
    static List<TermBenchmark> all(TermModels models) {
        return Stream.concat(
                        Stream.of(new TermBenchmark("yidu-n7k", models), new TermBenchmark("chip-cdn", models)),
                        TermFold.of("chip-cdn").stream().map(fold -> new TermBenchmark(fold, models)))
                .toList();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Evaluation evaluate(Path data, TaskContext context, Progress progress) throws IOException {
        List<TermPair> pairs = fold == null ? TermFiles.measured(data) : fold.measured(TermFiles.training(data));
        Optional<TermNormaliser> trained = models.trained(context.models());
        Optional<List<Code>> codes = TermFiles.codes(data);
        if (codes.isEmpty() && trained.isEmpty()) {
            throw new IOException(
                    "no code list lies beside " + data
                            + ": put one there (code, tab, name; 'icd' or 'code' in its name), or name a trained model with --model");
        }
        List<TermScore> lexical = codes.isEmpty() ? List.of() : lexical(pairs, codes.get(), progress);
        List<TermScore> scores = trained.isEmpty() ? lexical : scores(pairs, trained.get(), progress);
        progress.at(0.95, "intervals");
        var metrics = new LinkedHashMap<String, Metric>();
        put(metrics, "", scores);
        if (trained.isPresent() && !lexical.isEmpty()) {
            put(metrics, "lexical_baseline_", lexical);
        }
        progress.at(1, "done");
        return new Evaluation(pairs.size(), metrics);
    }

    private static List<TermScore> scores(List<TermPair> pairs, TermNormaliser normaliser, Progress progress) {
        var scores = new ArrayList<TermScore>();
        for (int from = 0; from < pairs.size(); from += STEP) {
            List<TermPair> part = pairs.subList(from, Math.min(pairs.size(), from + STEP));
            List<Normalised> normalised =
                    normaliser.normalise(part.stream().map(TermPair::written).toList());
            for (int i = 0; i < part.size(); i++) {
                scores.add(TermScore.of(part.get(i), normalised.get(i)));
            }
            progress.at(0.3 + 0.65 * scores.size() / pairs.size(), "normalising terms");
        }
        return scores;
    }

    private static List<TermScore> lexical(List<TermPair> pairs, List<Code> codes, Progress progress) {
        TermMemory memory = TermMemory.of(codes, List.of());
        var scores = new ArrayList<TermScore>();
        for (TermPair pair : pairs) {
            scores.add(TermScore.of(pair, TermNormaliser.lexically(memory, pair.written())));
            progress.at(0.3 * scores.size() / pairs.size(), "lexical baseline");
        }
        return scores;
    }

    private static void put(Map<String, Metric> metrics, String prefix, List<TermScore> scores) {
        List<Interval> intervals = Bootstrap.seeded(SEED).intervals(scores, TermBenchmark::figures);
        List<String> names =
                List.of("accuracy", "micro_precision", "micro_recall", "micro_f1", "recall_at_10", "recall_at_50");
        for (int i = 0; i < names.size(); i++) {
            Interval interval = intervals.get(i);
            metrics.put(
                    prefix + names.get(i),
                    new Metric(interval.value(), interval.low(), interval.high(), "ratio", interval.draws()));
        }
    }

    private static double[] figures(List<TermScore> sample) {
        Counts micro = TermScore.micro(sample);
        double[] recalls = TermScore.recalls(sample);
        return new double[] {
            TermScore.accuracy(sample), micro.precision(), micro.recall(), micro.f1(), recalls[0], recalls[1]
        };
    }
}
