package io.baigong.manufacturing.defect.tile;

import io.baigong.manufacturing.defect.anomaly.AnomalyMap;
import io.baigong.manufacturing.defect.anomaly.SoundMemory;
import io.baigong.manufacturing.defect.image.Regions;
import io.baigong.measures.Bootstrap;
import io.baigong.measures.ConfusionMatrix;
import io.baigong.measures.Counts;
import io.baigong.measures.Interval;
import io.baigong.measures.PixelScores;
import io.baigong.measures.Ranking;
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

/**
 * {@code magnetic-tile}: pictures told sound from defective, pixels told the same, and the kind of defect.
 */
public final class TileBenchmark implements Benchmark {
    static final String NAME = "magnetic-tile";

    private static final List<String> METRICS =
            List.of("image-auroc", "image-ap", "pixel-auroc", "pixel-pro-30", "class-accuracy", "class-macro-f1");

    private static final List<String> ANOMALY_METRICS =
            List.of("anomaly-image-auroc", "anomaly-image-ap", "anomaly-pixel-auroc", "anomaly-pixel-pro-30");

    /** Of the highest distance of a cell that is told from others; a multiple of what sound tiles come to. */
    private static final double MOST_UNUSUAL = 8;

    private record Case(double score, int truth, int said, PixelScores pixels) {}

    /** What a memory of sound tiles alone says. */
    private record AnomalyCase(double unusual, boolean defective, PixelScores pixels) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Evaluation evaluate(Path data, TaskContext context, Progress progress) throws IOException {
        List<TileSurface> surfaces = TileSurface.read(data);
        var cases = new ArrayList<Case>();
        var anomalies = new ArrayList<AnomalyCase>();
        boolean remembered = SoundMemory.known(context.models());
        for (TileSurface surface : surfaces) {
            var marks = TileNet.mark(context.models(), surface.picture());
            int width = surface.picture().width();
            int height = surface.picture().height();
            float[] scores = marks.map(width, height).values();
            for (int i = 0; i < scores.length; i++) {
                scores[i] = evenly(scores[i]);
            }
            double[] whole = TilePictures.probabilities(context.models(), surface.picture());
            cases.add(new Case(
                    1 - whole[TileNet.KINDS.size()],
                    surface.kind(),
                    likeliest(whole),
                    PixelScores.of(scores, Regions.labels(surface.mask(), width, height))));
            if (remembered) {
                anomalies.add(anomaly(context.models(), surface));
            }
            progress.at((double) cases.size() / surfaces.size(), "looking at surfaces");
        }
        List<Interval> intervals =
                Bootstrap.seeded(context.random().nextLong()).intervals(cases, TileBenchmark::statistics);
        var metrics = new LinkedHashMap<String, Metric>();
        for (int i = 0; i < METRICS.size(); i++) {
            Interval each = intervals.get(i);
            if (!Double.isNaN(each.value())) {
                metrics.put(METRICS.get(i), new Metric(each.value(), each.low(), each.high(), "ratio", each.draws()));
            }
        }
        if (remembered) {
            List<Interval> more = Bootstrap.seeded(context.random().nextLong())
                    .intervals(anomalies, TileBenchmark::anomalyStatistics);
            for (int i = 0; i < ANOMALY_METRICS.size(); i++) {
                Interval each = more.get(i);
                if (!Double.isNaN(each.value())) {
                    metrics.put(
                            ANOMALY_METRICS.get(i),
                            new Metric(each.value(), each.low(), each.high(), "ratio", each.draws()));
                }
            }
        }
        return new Evaluation(cases.size(), metrics);
    }

    private static AnomalyCase anomaly(Models models, TileSurface surface) {
        AnomalyMap map = SoundMemory.map(models, surface.picture());
        int width = surface.picture().width();
        int height = surface.picture().height();
        float[] unusual = map.pixels(width, height).values();
        for (int i = 0; i < unusual.length; i++) {
            unusual[i] = (float) Math.min(1, unusual[i] / MOST_UNUSUAL);
        }
        return new AnomalyCase(
                map.highest(),
                surface.kind() >= 0,
                PixelScores.of(unusual, Regions.labels(surface.mask(), width, height)));
    }

    private static double[] anomalyStatistics(List<AnomalyCase> cases) {
        double[] unusual = cases.stream().mapToDouble(AnomalyCase::unusual).toArray();
        boolean[] defective = new boolean[unusual.length];
        for (int i = 0; i < defective.length; i++) {
            defective[i] = cases.get(i).defective;
        }
        List<PixelScores> pixels = cases.stream().map(AnomalyCase::pixels).toList();
        return new double[] {
            Ranking.areaUnderRoc(unusual, defective),
            Ranking.averagePrecision(unusual, defective),
            PixelScores.areaUnderRoc(pixels),
            PixelScores.areaUnderOverlap(pixels, 0.3)
        };
    }

    /** The likeliest kind; -1 for sound. */
    private static int likeliest(double[] probabilities) {
        int best = TilePictures.likeliestDefect(probabilities);
        return probabilities[TileNet.KINDS.size()] >= probabilities[best] ? -1 : best;
    }

    /** Log-odds from -14 to 14 over [0, 1], so that the many probabilities near 0 are told apart. */
    private static float evenly(float probability) {
        double p = Math.clamp(probability, 1e-6, 1 - 1e-6);
        return (float) ((Math.log(p / (1 - p)) + 14) / 28);
    }

    private static double[] statistics(List<Case> cases) {
        double[] scores = cases.stream().mapToDouble(Case::score).toArray();
        boolean[] defective = new boolean[scores.length];
        for (int i = 0; i < defective.length; i++) {
            defective[i] = cases.get(i).truth >= 0;
        }
        List<PixelScores> pixels = cases.stream().map(Case::pixels).toList();
        var matrix = ConfusionMatrix.of(
                cases.stream().map(Case::truth).toList(),
                cases.stream().map(Case::said).toList());
        return new double[] {
            Ranking.areaUnderRoc(scores, defective),
            Ranking.averagePrecision(scores, defective),
            PixelScores.areaUnderRoc(pixels),
            PixelScores.areaUnderOverlap(pixels, 0.3),
            matrix.accuracy(),
            Counts.macroF1(matrix.counts().values())
        };
    }
}
