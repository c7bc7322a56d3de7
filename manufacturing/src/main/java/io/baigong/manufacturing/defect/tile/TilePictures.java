package io.baigong.manufacturing.defect.tile;

import io.baigong.manufacturing.defect.image.CellFeatures;
import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.manufacturing.defect.image.PictureFeatures;
import io.baigong.spi.Models;
import io.baigong.spi.NetSpec;
import io.baigong.spi.NetSpec.Layer;
import io.baigong.spi.Progress;
import io.baigong.spi.Tensor;
import io.baigong.spi.TensorExamples;
import io.baigong.spi.TrainingContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

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
        float[][] features = features(models, picture);
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

    /** Learns from surfaces, and writes the net into its role's folder. */
    static void train(List<TileSurface> surfaces, Path out, TrainingContext context, Progress progress)
            throws IOException {
        Models models = context.models();
        var features = new ArrayList<float[][]>();
        for (TileSurface surface : surfaces) {
            features.add(features(models, surface.picture()));
            progress.at(0.8 * features.size() / surfaces.size(), "looking at surfaces");
        }
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
                        return surfaces.size();
                    }

                    @Override
                    public Example example(int index, RandomGenerator random) {
                        int kind = surfaces.get(index).kind();
                        float[] target = new float[classes];
                        target[kind < 0 ? classes - 1 : kind] = 1;
                        return new Example(features.get(index)[random.nextInt(WAYS)], target);
                    }
                },
                out.resolve(ROLE),
                progress.part(0.8, 1));
    }
}
