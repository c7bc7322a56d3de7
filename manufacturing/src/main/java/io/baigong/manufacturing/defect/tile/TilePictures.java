package io.baigong.manufacturing.defect.tile;

import io.baigong.manufacturing.TemporaryFolder;
import io.baigong.manufacturing.defect.data.Folds;
import io.baigong.manufacturing.defect.image.CellFeatures;
import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.manufacturing.defect.image.PictureFeatures;
import io.baigong.manufacturing.defect.quality.Condition;
import io.baigong.manufacturing.defect.quality.ConditionRange;
import io.baigong.manufacturing.defect.quality.Validation;
import io.baigong.spi.Models;
import io.baigong.spi.NetSpec;
import io.baigong.spi.NetSpec.Layer;
import io.baigong.spi.Progress;
import io.baigong.spi.Tensor;
import io.baigong.spi.TensorExamples;
import io.baigong.spi.TrainingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Tells a whole surface sound from each kind of defect, by what its cells have in mean, in spread and at their extremes. */
final class TilePictures {
    /** The role of the net: {@code [pictures, 2880]} to {@code [pictures, 6]}, sound last. */
    static final String ROLE = "manufacturing.tile-picture-net";

    /** A surface is looked at as it is, and mirrored each way. */
    private static final int TURNS = 4;

    private static final int WAYS = 2 * TURNS;

    /** Cells of each end that count as extreme. */
    private static final int EXTREME = 3;

    /** Mean and deviation of a picture in the even light, for one tile comes in several. */
    private static final double LIGHT = 0.45;

    private static final double CONTRAST = 0.18;

    private static final int HIDDEN = 128;

    private static final int FOLDS = 3;

    private TilePictures() {}

    /** Features of each way to look at a surface: mirrored each way, in its own light and in an even one; {@code [8, 2880]}. */
    static float[][] features(Models models, Picture picture) {
        Picture grey = picture.grey();
        float[][] features = new float[WAYS][];
        for (int way = 0; way < WAYS; way++) {
            Picture lit = way < TURNS ? grey : grey.evened(LIGHT, CONTRAST);
            Picture seen = CellFeatures.padded(lit).turned(way % TURNS);
            features[way] = features(models.imageFeatures(PictureFeatures.ROLE, PictureFeatures.tensor(seen)));
        }
        return features;
    }

    /** Of each channel: mean, deviation, and the means of its highest and of its lowest cells. */
    private static float[] features(List<Tensor> maps) {
        float[] features = new float[4 * CellFeatures.CHANNELS];
        int at = 0;
        for (Tensor map : maps) {
            int cells = map.shape()[2] * map.shape()[3];
            for (int channel = 0; channel < map.shape()[1]; channel++) {
                float[] values = Arrays.copyOfRange(map.values(), channel * cells, (channel + 1) * cells);
                Arrays.sort(values);
                double sum = 0;
                double squares = 0;
                for (float value : values) {
                    sum += value;
                    squares += value * value;
                }
                double mean = sum / cells;
                int taken = Math.min(EXTREME, cells);
                float high = 0;
                float low = 0;
                for (int i = 0; i < taken; i++) {
                    high += values[cells - 1 - i] / taken;
                    low += values[i] / taken;
                }
                features[at++] = (float) mean;
                features[at++] = (float) Math.sqrt(Math.max(0, squares / cells - mean * mean));
                features[at++] = high;
                features[at++] = low;
            }
        }
        return features;
    }

    /** Probability of each kind, and of sound last; mean over the ways. */
    static double[] probabilities(Models models, Picture picture) {
        return mean(models, features(models, picture));
    }

    /** Probability that there is a defect of any kind. */
    static double score(double[] probabilities) {
        return Math.clamp(1 - probabilities[TileNet.KINDS.size()], 0, 1);
    }

    private static double[] mean(Models models, float[][] features) {
        Tensor answers = models.predict(ROLE, Tensor.ofRows(features, features[0].length));
        double[] mean = new double[TileNet.KINDS.size() + 1];
        for (int way = 0; way < WAYS; way++) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += answers.at(way, i) / WAYS;
            }
        }
        return mean;
    }

    /** The likeliest kind of defect, sound left aside. */
    static int likeliestDefect(double[] probabilities) {
        int best = 0;
        for (int kind = 1; kind < TileNet.KINDS.size(); kind++) {
            best = probabilities[kind] > probabilities[best] ? kind : best;
        }
        return best;
    }

    /**
     * Learns from surfaces, and writes the net into its role's folder, with what nets of three folds say of the pictures that they did not
     * learn from; pictures of one tile are on one side.
     */
    static void train(List<TileSurface> surfaces, Path out, TrainingContext context, Progress progress)
            throws IOException {
        Models models = context.models();
        var features = new ArrayList<float[][]>();
        for (TileSurface surface : surfaces) {
            features.add(features(models, surface.picture()));
            progress.at(0.7 * features.size() / surfaces.size(), "looking at surfaces");
        }
        int[] folds = folds(surfaces);
        double[] scores = new double[surfaces.size()];
        for (int fold = 0; fold < FOLDS; fold++) {
            int now = fold;
            int[] others = indices(folds, each -> each != now);
            int[] held = indices(folds, each -> each == now);
            if (others.length == 0 || held.length == 0) {
                continue;
            }
            try (var folder = new TemporaryFolder()) {
                learn(surfaces, features, others, folder.path(), context, part(progress, fold));
                Models own = context.modelsWith(ROLE, folder.path());
                for (int i : held) {
                    scores[i] = score(mean(own, features.get(i)));
                }
            }
        }
        int[] all = IntStream.range(0, surfaces.size()).toArray();
        Path own = Files.createDirectories(out.resolve(ROLE));
        learn(surfaces, features, all, own, context, part(progress, FOLDS));
        new Validation(
                        Arrays.stream(all)
                                .filter(i -> surfaces.get(i).kind() < 0)
                                .mapToDouble(i -> scores[i])
                                .toArray(),
                        Arrays.stream(all)
                                .filter(i -> surfaces.get(i).kind() >= 0)
                                .mapToDouble(i -> scores[i])
                                .toArray())
                .write(own);
        List<Condition> sound = surfaces.stream()
                .filter(surface -> surface.kind() < 0)
                .map(surface -> Condition.of(surface.picture()))
                .toList();
        if (!sound.isEmpty()) {
            ConditionRange.of(sound).write(own);
        }
    }

    private static int[] folds(List<TileSurface> surfaces) {
        int[] groups = TileGroups.of(surfaces.stream().map(TileSurface::name).toList());
        return Arrays.stream(groups)
                .map(first -> Folds.of(surfaces.get(first).name(), FOLDS))
                .toArray();
    }

    private static int[] indices(int[] folds, IntPredicate kept) {
        return IntStream.range(0, folds.length).filter(i -> kept.test(folds[i])).toArray();
    }

    private static Progress part(Progress progress, int step) {
        double share = 0.3 / (FOLDS + 1);
        return progress.part(0.7 + share * step, 0.7 + share * (step + 1));
    }

    private static void learn(
            List<TileSurface> surfaces,
            List<float[][]> features,
            int[] from,
            Path out,
            TrainingContext context,
            Progress progress)
            throws IOException {
        int classes = TileNet.KINDS.size() + 1;
        var spec = new NetSpec(
                "tile-pictures",
                "1",
                List.of(4 * CellFeatures.CHANNELS),
                List.of(
                        new Layer.Standardise(),
                        new Layer.Dropout(0.5),
                        new Layer.Dense(HIDDEN),
                        new Layer.Relu(),
                        new Layer.Dense(classes)),
                new NetSpec.Objective.Classes(),
                60,
                32,
                1e-3,
                0.05,
                context.seed());
        context.trainNet(
                spec,
                new TensorExamples() {
                    @Override
                    public int size() {
                        return from.length;
                    }

                    @Override
                    public Example example(int index, RandomGenerator random) {
                        int kind = surfaces.get(from[index]).kind();
                        float[] target = new float[classes];
                        target[kind < 0 ? classes - 1 : kind] = 1;
                        return new Example(features.get(from[index])[random.nextInt(WAYS)], target);
                    }
                },
                out,
                progress);
    }
}
