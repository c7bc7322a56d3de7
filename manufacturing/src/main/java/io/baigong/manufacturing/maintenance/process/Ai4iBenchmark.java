package io.baigong.manufacturing.maintenance.process;

import io.baigong.manufacturing.maintenance.telemetry.UnreadableTelemetry;
import io.baigong.measures.Bootstrap;
import io.baigong.measures.Calibration;
import io.baigong.measures.Counts;
import io.baigong.measures.Interval;
import io.baigong.measures.PrecisionRecall;
import io.baigong.spi.Benchmark;
import io.baigong.spi.Evaluation;
import io.baigong.spi.Evaluation.Metric;
import io.baigong.spi.Progress;
import io.baigong.spi.TaskContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code ai4i2020}: the failure class of milling, F1 at the model's threshold and average precision. Intervals are over products.
 *
 * <p>The data is a file, or a folder with one whose name begins with {@code ai4i2020}.
 */
public final class Ai4iBenchmark implements Benchmark {
    private static final long SEED = 2020L;
    private static final int FEWEST_FAILURES = 10;

    @Override
    public String name() {
        return "ai4i2020";
    }

    /**
     * A product as it was judged.
     *
     * @param quality of the product: {@code L}, {@code M} or {@code H}
     * @param called whether it was called a failure
     */
    record Judged(String quality, double probability, boolean called, boolean failed) {
        static Judged of(MachiningFile.Product product, double probability, double threshold) {
            return new Judged(
                    String.valueOf(product.machining().quality()),
                    probability,
                    probability >= threshold,
                    product.failed().orElseThrow());
        }
    }

    @Override
    public Evaluation evaluate(Path data, TaskContext context, Progress progress) throws IOException {
        List<MachiningFile.Product> products = read(data);
        var failure = new ProcessFailure(context.models());
        double[] probabilities = failure.of(
                products.stream().map(MachiningFile.Product::machining).toList());
        progress.at(0.5, "intervals");
        var judged = new ArrayList<Judged>();
        for (int i = 0; i < probabilities.length; i++) {
            judged.add(Judged.of(products.get(i), probabilities[i], failure.threshold()));
        }
        Map<String, Metric> metrics = metrics(judged);
        progress.at(1, "done");
        return new Evaluation(
                products.size(),
                metrics,
                Evaluation.Subgroup.of("product quality", judged, Judged::quality, Ai4iBenchmark::ofGroup));
    }

    /** Where few failed, only what rests on all products: the rest would be chance. */
    private static Map<String, Metric> ofGroup(List<Judged> group) {
        Map<String, Metric> metrics = metrics(group);
        if (group.stream().filter(Judged::failed).count() < FEWEST_FAILURES) {
            metrics.keySet().retainAll(Set.of("brier_score"));
        }
        return metrics;
    }

    private static Map<String, Metric> metrics(List<Judged> judged) {
        List<Interval> intervals = Bootstrap.seeded(SEED).intervals(judged, Ai4iBenchmark::values);
        var metrics = new LinkedHashMap<String, Metric>();
        List<String> names = List.of("f1", "average_precision", "precision", "recall", "brier_score");
        for (int i = 0; i < names.size(); i++) {
            Interval interval = intervals.get(i);
            metrics.put(
                    names.get(i),
                    new Metric(
                            interval.value(),
                            interval.low(),
                            interval.high(),
                            i == 4 ? "squared error" : "ratio",
                            interval.draws()));
        }
        return metrics;
    }

    static double[] values(List<Judged> sample) {
        Counts counts = counts(sample);
        double[] right = sample.stream()
                .filter(Judged::failed)
                .mapToDouble(Judged::probability)
                .toArray();
        double[] wrong = sample.stream()
                .filter(j -> !j.failed())
                .mapToDouble(Judged::probability)
                .toArray();
        boolean[] failed = new boolean[sample.size()];
        for (int i = 0; i < failed.length; i++) {
            failed[i] = sample.get(i).failed();
        }
        return new double[] {
            right.length == 0 ? Double.NaN : counts.f1(),
            right.length == 0
                    ? Double.NaN
                    : PrecisionRecall.of(right, wrong, right.length).averagePrecision(),
            counts.precision(),
            right.length == 0 ? Double.NaN : counts.recall(),
            Calibration.brierScore(
                    sample.stream().mapToDouble(Judged::probability).toArray(), failed)
        };
    }

    static Counts counts(List<Judged> sample) {
        return new Counts(
                sample.stream().filter(j -> j.called() && j.failed()).count(),
                sample.stream().filter(j -> j.called() && !j.failed()).count(),
                sample.stream().filter(j -> !j.called() && j.failed()).count());
    }

    /** Products with known ends. */
    static List<MachiningFile.Product> read(Path data) throws IOException {
        Path file = data;
        if (Files.isDirectory(data)) {
            try (Stream<Path> files = Files.list(data)) {
                file = files.filter(Files::isRegularFile)
                        .filter(f -> f.getFileName()
                                .toString()
                                .toLowerCase(Locale.ROOT)
                                .matches("ai4i.*\\.csv(\\.gz)?"))
                        .sorted()
                        .findFirst()
                        .orElseThrow(() -> new IOException(data + " holds no file such as ai4i2020.csv"));
            }
        }
        try {
            List<MachiningFile.Product> products =
                    MachiningFile.read(file, file.getFileName().toString());
            if (products.stream().anyMatch(product -> product.failed().isEmpty())) {
                throw new IOException(file + " has no column \"Machine failure\"");
            }
            return products;
        } catch (UnreadableTelemetry e) {
            throw new IOException(e.detail(), e);
        }
    }
}
