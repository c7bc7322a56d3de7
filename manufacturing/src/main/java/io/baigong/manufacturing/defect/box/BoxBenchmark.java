package io.baigong.manufacturing.defect.box;

import io.baigong.measures.Bootstrap;
import io.baigong.measures.BoxMatches;
import io.baigong.measures.BoxMatches.Averaging;
import io.baigong.measures.Interval;
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

/** {@code neu-det}: mean average precision at an overlap of 0.5, and over 0.5 to 0.95 by 0.05, as COCO defines them. */
public final class BoxBenchmark implements Benchmark {
    static final String NAME = "neu-det";

    private static final int STEPS = 10;

    /** A picture's matches at each overlap, 0.5 first. */
    private record Case(List<BoxMatches> matches) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Evaluation evaluate(Path data, TaskContext context, Progress progress) throws IOException {
        List<NeuDet> pictures = NeuDet.read(data);
        int classes = BoxNet.CLASSES.size();
        var cases = new ArrayList<Case>();
        for (NeuDet each : pictures) {
            var found = BoxNet.find(context.models(), each.picture());
            var matches = new ArrayList<BoxMatches>();
            for (int step = 0; step < STEPS; step++) {
                matches.add(BoxMatches.of(each.truths(), found, 0.5 + 0.05 * step, classes));
            }
            cases.add(new Case(matches));
            progress.at((double) cases.size() / pictures.size(), "looking at pictures");
        }
        List<Interval> intervals =
                new Bootstrap(200, 0.95, context.random().nextLong()).intervals(cases, BoxBenchmark::statistics);
        var metrics = new LinkedHashMap<String, Metric>();
        var names = new ArrayList<>(List.of("map-50", "map-50-95"));
        BoxNet.CLASSES.forEach(kind -> names.add("ap-50-" + kind));
        for (int i = 0; i < names.size(); i++) {
            Interval each = intervals.get(i);
            if (!Double.isNaN(each.value())) {
                metrics.put(names.get(i), new Metric(each.value(), each.low(), each.high(), "ratio", each.draws()));
            }
        }
        return new Evaluation(cases.size(), metrics);
    }

    private static double[] statistics(List<Case> cases) {
        int classes = BoxNet.CLASSES.size();
        double[] values = new double[2 + classes];
        for (int step = 0; step < STEPS; step++) {
            int now = step;
            List<BoxMatches> matches =
                    cases.stream().map(each -> each.matches.get(now)).toList();
            double mean = BoxMatches.meanAveragePrecision(matches, classes, Averaging.COCO);
            values[1] += mean / STEPS;
            if (step == 0) {
                values[0] = mean;
                for (int kind = 0; kind < classes; kind++) {
                    values[2 + kind] = BoxMatches.averagePrecision(matches, kind, Averaging.COCO);
                }
            }
        }
        return values;
    }
}
