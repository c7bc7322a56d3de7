package io.baigong.manufacturing.defect.strip;

import io.baigong.manufacturing.defect.data.ClassFolders;
import io.baigong.manufacturing.defect.data.ClassFolders.Labelled;
import io.baigong.measures.Bootstrap;
import io.baigong.measures.Calibration;
import io.baigong.measures.ConfusionMatrix;
import io.baigong.measures.Counts;
import io.baigong.measures.Interval;
import io.baigong.spi.Benchmark;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.Evaluation;
import io.baigong.spi.Evaluation.Metric;
import io.baigong.spi.ModelException;
import io.baigong.spi.Progress;
import io.baigong.spi.TaskContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A picture's class: accuracy, macro-F1, calibration, and each pair of classes that was mixed up.
 *
 * @param name {@code x-sdd} or {@code neu-cls}
 */
public record StripBenchmark(String name) implements Benchmark {
    private record Case(String truth, String said, double confidence) {}

    @Override
    public Evaluation evaluate(Path data, TaskContext context, Progress progress) throws IOException {
        List<Labelled> pictures = ClassFolders.read(data);
        StripClasses line = StripClasses.of(context.models());
        List<String> known = line.classes();
        for (Labelled each : pictures) {
            if (!known.contains(each.label())) {
                throw new ModelException(
                        ErrorCode.Model.UNAVAILABLE,
                        "the model knows the classes %s, but the data has \"%s\"; train one first: train … --benchmark %s --out DIR, then --model DIR"
                                .formatted(known, each.label(), name));
            }
        }
        var cases = new ArrayList<Case>();
        for (Labelled each : pictures) {
            var judgement = StripClassifier.classify(context.models(), line, each.picture());
            cases.add(new Case(each.label(), judgement.label(), judgement.confidence()));
            progress.at((double) cases.size() / pictures.size(), "looking at pictures");
        }
        var metrics = new LinkedHashMap<String, Metric>();
        List<Interval> intervals =
                Bootstrap.seeded(context.random().nextLong()).intervals(cases, StripBenchmark::statistics);
        put(metrics, "accuracy", intervals.get(0), "ratio");
        put(metrics, "macro-f1", intervals.get(1), "ratio");
        put(metrics, "expected-calibration-error", intervals.get(2), "ratio");
        var matrix = matrix(cases);
        for (String truth : known) {
            for (String said : known) {
                long count = matrix.count(truth, said);
                if (!truth.equals(said) && count > 0) {
                    metrics.put(truth + "-taken-for-" + said, new Metric(count, count, count, "pictures"));
                }
            }
        }
        return new Evaluation(cases.size(), metrics);
    }

    private static void put(LinkedHashMap<String, Metric> metrics, String name, Interval interval, String unit) {
        metrics.put(name, new Metric(interval.value(), interval.low(), interval.high(), unit, interval.draws()));
    }

    private static ConfusionMatrix<String> matrix(List<Case> cases) {
        return ConfusionMatrix.of(
                cases.stream().map(Case::truth).toList(),
                cases.stream().map(Case::said).toList());
    }

    private static double[] statistics(List<Case> cases) {
        var matrix = matrix(cases);
        double[] confidence = cases.stream().mapToDouble(Case::confidence).toArray();
        boolean[] right = new boolean[confidence.length];
        for (int i = 0; i < right.length; i++) {
            right[i] = cases.get(i).truth.equals(cases.get(i).said);
        }
        return new double[] {
            matrix.accuracy(),
            Counts.macroF1(matrix.counts().values()),
            Calibration.expectedError(confidence, right, 10)
        };
    }
}
