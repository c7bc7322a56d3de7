package io.baigong.spi;

import java.util.List;

/**
 * How to tune a token classifier with independent labels (one sigmoid each).
 *
 * @param name the artifact's name
 * @param version the artifact's version
 * @param base a base encoder of the platform, such as {@code all-minilm-l6-v2}
 * @param labels columns of the classifier
 * @param layers how many layers of the base are kept, from the bottom
 * @param frozenLayers how many of these stay as they are, embeddings included
 * @param maxTokens window length, without the two marker tokens
 * @param negativeShare share of windows without any label that is learned from, in (0, 1]
 * @param learningRate peak rate of the tuned layers, after warm-up
 * @param headLearningRate peak rate of the classifier
 * @param adaptation what of the tuned blocks learns
 * @param stopping by texts that are held out, by their groups
 * @param seed makes the run repeatable
 */
public record TokenTaggerSpec(
        String name,
        String version,
        String base,
        List<String> labels,
        int layers,
        int frozenLayers,
        int maxTokens,
        double negativeShare,
        int epochs,
        int batchWindows,
        double learningRate,
        double headLearningRate,
        Adaptation adaptation,
        EarlyStopping stopping,
        long seed) {
    /** All weights of the tuned blocks learn, from all examples for all epochs. */
    public TokenTaggerSpec(
            String name,
            String version,
            String base,
            List<String> labels,
            int layers,
            int frozenLayers,
            int maxTokens,
            double negativeShare,
            int epochs,
            int batchWindows,
            double learningRate,
            double headLearningRate,
            long seed) {
        this(
                name,
                version,
                base,
                labels,
                layers,
                frozenLayers,
                maxTokens,
                negativeShare,
                epochs,
                batchWindows,
                learningRate,
                headLearningRate,
                new Adaptation.Full(),
                EarlyStopping.NEVER,
                seed);
    }

    /**
     * The same, but for what learns.
     *
     * @param rate by which the learning rate of the tuned blocks is multiplied
     */
    public TokenTaggerSpec with(Adaptation other, double rate) {
        return new TokenTaggerSpec(
                name,
                version,
                base,
                labels,
                layers,
                frozenLayers,
                maxTokens,
                negativeShare,
                epochs,
                batchWindows,
                rate * learningRate,
                headLearningRate,
                other,
                stopping,
                seed);
    }

    /** The same, but with the given number of blocks, which all learn. */
    public TokenTaggerSpec withBlocks(int blocks) {
        return new TokenTaggerSpec(
                name,
                version,
                base,
                labels,
                blocks,
                0,
                maxTokens,
                negativeShare,
                epochs,
                batchWindows,
                learningRate,
                headLearningRate,
                adaptation,
                stopping,
                seed);
    }
}
