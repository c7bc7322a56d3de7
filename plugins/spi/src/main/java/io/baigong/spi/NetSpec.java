package io.baigong.spi;

import java.util.List;

/**
 * How to train a net: layers one after the other.
 *
 * @param name the artifact's name
 * @param version the artifact's version
 * @param input shape of one example: {@code [features]}, or {@code [channels, rows, columns]}; a net of convolutions alone
 *     takes other rows and columns later
 * @param epochs how often each example is seen
 * @param batch examples of a step
 * @param learningRate peak rate, after a warm-up over a twentieth of the steps; it falls to 0 on a half cosine
 * @param weightDecay of AdamW (Loshchilov and Hutter 2019, arXiv 1711.05101), on weights and not on biases
 * @param stopping by examples that are held out, each a group of its own
 * @param seed makes the run repeatable
 */
public record NetSpec(
        String name,
        String version,
        List<Integer> input,
        List<Layer> layers,
        Objective objective,
        int epochs,
        int batch,
        double learningRate,
        double weightDecay,
        EarlyStopping stopping,
        long seed) {
    public NetSpec {
        input = List.copyOf(input);
        layers = List.copyOf(layers);
    }

    /** Learns from all examples for all epochs. */
    public NetSpec(
            String name,
            String version,
            List<Integer> input,
            List<Layer> layers,
            Objective objective,
            int epochs,
            int batch,
            double learningRate,
            double weightDecay,
            long seed) {
        this(
                name,
                version,
                input,
                layers,
                objective,
                epochs,
                batch,
                learningRate,
                weightDecay,
                EarlyStopping.NEVER,
                seed);
    }

    /** One layer. */
    public sealed interface Layer {
        /** Each feature or channel less its mean, by its deviation, over a first look at up to 256 examples. */
        record Standardise() implements Layer {}

        /** All inputs to each output; flattens maps. */
        record Dense(int outputs) implements Layer {}

        /** A square kernel of odd size over maps, padded so that they keep their size. */
        record Convolution(int outputs, int kernel) implements Layer {}

        /** Nothing below zero. */
        record Relu() implements Layer {}

        /** Drops a share of the inputs in training, in [0, 1). */
        record Dropout(double share) implements Layer {}
    }

    /** What the last layer learns to answer. */
    public sealed interface Objective {
        /** One of several classes: softmax; a target is a probability a class. */
        record Classes() implements Objective {}

        /**
         * A yes or no a number: sigmoid; targets lie in [0, 1], and NaN where nothing is known.
         *
         * @param positiveWeight how much a yes counts against a no
         */
        record Marks(double positiveWeight) implements Objective {}

        /**
         * Boxes without anchors, as in FCOS (Tian et al. 2019, arXiv 1904.01355): at each cell a logit a class, then the logarithms
         * of the distances to the left, upper, right and lower edge.
         *
         * <p>A target has the same channels: for the classes 0 or 1, or NaN where nothing is asked; for the edges distances, or NaN
         * outside all boxes. Focal loss (Lin et al. 2017, arXiv 1708.02002) and generalised IoU (Rezatofighi et al. 2019, arXiv
         * 1902.09630). Its output is what the layers give: logits and logarithms.
         */
        record Boxes(int classes) implements Objective {}
    }
}
