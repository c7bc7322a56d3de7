package io.baigong.manufacturing.defect.anomaly;

import io.baigong.manufacturing.defect.data.ClassFolders.Labelled;
import io.baigong.measures.Bootstrap;
import io.baigong.measures.Interval;
import io.baigong.measures.Ranking;
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

/** {@code sound-parts}: pictures of sound parts told from all others by a memory that knows sound ones only. */
public final class SoundPartsBenchmark implements Benchmark {
    private static final List<String> METRICS = List.of("image-auroc", "image-ap", "escape-rate", "overkill-rate");

    private record Case(double score, boolean defective) {}

    @Override
    public String name() {
        return SoundParts.NAME;
    }

    @Override
    public Evaluation evaluate(Path data, TaskContext context, Progress progress) throws IOException {
        SoundParts parts = SoundParts.read(data);
        var all = new ArrayList<Labelled>(parts.sound());
        all.addAll(parts.defective());
        var cases = new ArrayList<Case>();
        for (Labelled each : all) {
            double score = SoundMemory.inspect(context.models(), each.picture().grey())
                    .getFirst()
                    .score();
            cases.add(new Case(score, cases.size() >= parts.sound().size()));
            progress.at((double) cases.size() / all.size(), "looking at parts");
        }
        List<Interval> intervals =
                Bootstrap.seeded(context.random().nextLong()).intervals(cases, SoundPartsBenchmark::statistics);
        var metrics = new LinkedHashMap<String, Metric>();
        for (int i = 0; i < METRICS.size(); i++) {
            Interval each = intervals.get(i);
            if (!Double.isNaN(each.value())) {
                metrics.put(METRICS.get(i), new Metric(each.value(), each.low(), each.high(), "ratio", each.draws()));
            }
        }
        return new Evaluation(cases.size(), metrics);
    }

    private static double[] statistics(List<Case> cases) {
        double[] scores = cases.stream().mapToDouble(Case::score).toArray();
        boolean[] defective = new boolean[scores.length];
        int[] of = new int[2];
        int[] failed = new int[2];
        for (int i = 0; i < scores.length; i++) {
            defective[i] = cases.get(i).defective;
            int kind = defective[i] ? 1 : 0;
            of[kind]++;
            failed[kind] += scores[i] >= SoundMemory.THRESHOLD ? 1 : 0;
        }
        return new double[] {
            Ranking.areaUnderRoc(scores, defective),
            Ranking.averagePrecision(scores, defective),
            of[1] == 0 ? Double.NaN : 1 - (double) failed[1] / of[1],
            of[0] == 0 ? Double.NaN : (double) failed[0] / of[0]
        };
    }
}
