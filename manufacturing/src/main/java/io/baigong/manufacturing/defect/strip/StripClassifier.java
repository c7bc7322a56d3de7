package io.baigong.manufacturing.defect.strip;

import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.manufacturing.defect.image.PictureFeatures;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import io.baigong.spi.Models;
import io.baigong.spi.Tensor;
import java.util.List;

/** Tells the class of a picture of steel strip: a net over pooled features, asked for each way to lay the picture down. */
final class StripClassifier {
    /** The role of the net: {@code [pictures, 1440]} to {@code [pictures, classes]}. */
    static final String ROLE = "manufacturing.strip-defect-net";

    /** Ways to lay a picture down, see {@link Picture#turned}. */
    static final int TURNS = 8;

    /** Rows and columns of what the encoder sees. */
    private static final int SIDE = 224;

    private StripClassifier() {}

    /** Features of each way to lay a picture down, {@code [8, 1440]}. */
    static float[][] features(Models models, Picture picture) {
        Picture resized = picture.resized(SIDE, SIDE);
        float[][] features = new float[TURNS][];
        for (int turn = 0; turn < TURNS; turn++) {
            features[turn] = PictureFeatures.pooled(models, resized.turned(turn));
        }
        return features;
    }

    /** Mean over the ways of the probabilities that the net gives, {@code [classes]}, not yet calibrated. */
    static double[] probabilities(Models models, float[][] features) {
        Tensor answers = models.predict(ROLE, Tensor.ofRows(features, features[0].length));
        double[] mean = new double[answers.shape()[1]];
        for (int way = 0; way < features.length; way++) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += answers.at(way, i) / features.length;
            }
        }
        return mean;
    }

    /** Probabilities with logits divided by the temperature. */
    static double[] calibrated(double[] probabilities, double temperature) {
        double[] powered = new double[probabilities.length];
        double sum = 0;
        for (int i = 0; i < powered.length; i++) {
            powered[i] = Math.pow(Math.max(probabilities[i], 1e-9), 1 / temperature);
            sum += powered[i];
        }
        for (int i = 0; i < powered.length; i++) {
            powered[i] /= sum;
        }
        return powered;
    }

    /** The class of a picture. */
    static Judgement classify(Models models, StripClasses line, Picture picture) {
        double[] calibrated = calibrated(probabilities(models, features(models, picture)), line.temperature());
        if (calibrated.length != line.classes().size()) {
            throw new ModelException(
                    ErrorCode.Model.BROKEN_ANSWER,
                    "the model of role %s has %d outputs, but %s names %d classes"
                            .formatted(
                                    ROLE,
                                    calibrated.length,
                                    StripClasses.FILE,
                                    line.classes().size()));
        }
        int best = best(calibrated);
        return new Judgement(line.classes(), best, calibrated, line.sound());
    }

    static int best(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    /**
     * What a picture shows.
     *
     * @param best index of the likeliest class
     * @param probabilities of each class, calibrated
     * @param sound index of the class of sound pictures; -1 when there is none
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Judgement(List<String> classes, int best, double[] probabilities, int sound) {
        String label() {
            return classes.get(best);
        }

        double confidence() {
            return probabilities[best];
        }

        /** The likeliest class of defect. */
        String defect() {
            int defect = sound == 0 ? 1 : 0;
            for (int i = 0; i < probabilities.length; i++) {
                defect = i != sound && probabilities[i] > probabilities[defect] ? i : defect;
            }
            return classes.get(defect);
        }

        /** Probability that there is a defect; that it is the one named, where no sound picture was learned from. */
        double score() {
            return sound < 0 ? confidence() : 1 - probabilities[sound];
        }
    }
}
