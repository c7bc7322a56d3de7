package io.baigong.manufacturing.defect.board;

import io.baigong.measures.Bootstrap;
import io.baigong.measures.BoxMatches;
import io.baigong.measures.BoxMatches.Averaging;
import io.baigong.measures.BoxMatches.Found;
import io.baigong.measures.BoxMatches.Truth;
import io.baigong.measures.Counts;
import io.baigong.measures.Interval;
import io.baigong.spi.Benchmark;
import io.baigong.spi.Evaluation;
import io.baigong.spi.Evaluation.Metric;
import io.baigong.spi.Models;
import io.baigong.spi.Progress;
import io.baigong.spi.TaskContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/**
 * {@code deeppcb}: boxes of six kinds of defect, a hit from an overlap of 0.33 on, as its authors count (Tang et al. 2019, arXiv
 * 1902.06197, section 4.2; their script averages precision over the truths, as ICDAR's does).
 */
public final class DeepPcbBenchmark implements Benchmark {
    static final String NAME = "deeppcb";
    static final double OVERLAP = 0.33;

    private static final int KINDS = BoardDefect.values().length;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Evaluation evaluate(Path data, TaskContext context, Progress progress) throws IOException {
        Models models = context.models();
        double threshold = BoardRule.threshold(models);
        var pictures = new ArrayList<BoxMatches>();
        DeepPcb.read(data, (pair, index, of) -> {
            pictures.add(matches(
                    BoardComparison.of(pair.template(), pair.test(), false).findings(models), pair.truths()));
            progress.at((index + 1.0) / of, "comparing boards");
        });
        List<Interval> intervals = Bootstrap.seeded(context.random().nextLong())
                .intervals(pictures, sample -> statistics(sample, threshold));
        var metrics = new LinkedHashMap<String, Metric>();
        List<String> names = names();
        for (int i = 0; i < names.size(); i++) {
            Interval each = intervals.get(i);
            if (!Double.isNaN(each.value())) {
                metrics.put(names.get(i), new Metric(each.value(), each.low(), each.high(), "ratio", each.draws()));
            }
        }
        return new Evaluation(pictures.size(), metrics);
    }

    static BoxMatches matches(List<BoardComparison.Finding> findings, List<Truth> truths) {
        return BoxMatches.of(
                truths,
                findings.stream()
                        .map(each -> new Found(each.kind().number() - 1, each.box(), each.score()))
                        .toList(),
                OVERLAP,
                KINDS);
    }

    private static List<String> names() {
        var names = new ArrayList<>(List.of("map", "f1", "precision", "recall"));
        for (BoardDefect kind : BoardDefect.values()) {
            names.add("ap-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        return names;
    }

    private static double[] statistics(List<BoxMatches> pictures, double threshold) {
        double[] values = new double[4 + KINDS];
        Counts counts = BoxMatches.counts(pictures, threshold);
        double sum = 0;
        int there = 0;
        for (int kind = 0; kind < KINDS; kind++) {
            double each = BoxMatches.averagePrecision(pictures, kind, Averaging.EACH_TRUTH);
            values[4 + kind] = each;
            if (!Double.isNaN(each)) {
                sum += each;
                there++;
            }
        }
        values[0] = there == 0 ? Double.NaN : sum / there;
        values[1] = counts.f1();
        values[2] = counts.precision();
        values[3] = counts.recall();
        return values;
    }
}
