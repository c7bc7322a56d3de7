package io.baigong.spi;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;

/**
 * The models of the platform, named by role and never by model.
 *
 * <p>Thread-safe; calls of all runs are batched together. A role that resolves to no model throws
 * {@link ModelException}, except for {@link #complete}, since every task works without a chat model.
 */
public interface Models {
    /** Which model versions this run has used so far, for its journal entry. */
    List<ModelVersion> used();

    /** Asks a chat model; empty when none is configured for the role. */
    Optional<Completion> complete(String role, Prompt prompt);

    /** The trained numbers of an encoder that lies beside a model of another kind; what it is lies in {@code encoder.json}. */
    String ENCODER_WEIGHTS = "encoder.safetensors";

    /**
     * Text embeddings, {@code [texts, width]}, each of length one. A role of another kind than {@code EMBEDDING} has them of the encoder that
     * lies beside its model and is part of its version, see {@link TrainingContext#tuneEncoderBeside}.
     */
    float[][] embed(String role, List<String> texts);

    /** Scores each token of each text, of any length, for each label. */
    List<TokenScores> tag(String role, List<String> texts);

    /**
     * Answers each row or item of the input's first axis.
     *
     * @return {@code [rows, outputs]} for boosted trees; for a net, what its model card says, with the same first axis
     */
    Tensor predict(String role, Tensor input);

    /**
     * What each feature adds to the answers of boosted trees: exact TreeSHAP (Lundberg et al. 2020, doi 10.1038/s42256-019-0138-9).
     *
     * <p>In units of the raw score (log-odds for probabilities); each row's sum is the raw score itself. {@link ModelException} for
     * another kind of model.
     *
     * @param rows {@code [rows, features]}
     * @return {@code [rows, outputs, features + 1]}; the last is the score before any feature is known
     */
    Tensor contributions(String role, Tensor rows);

    /**
     * What the shared image encoder sees in pictures: maps of features at 1/4, 1/8, 1/16 and 1/32 of their size.
     *
     * @param images {@code [images, 1 or 3, rows, columns]}, grey or red, green and blue in [0, 1]; rows and columns are
     *     multiples of 32
     * @return a map a scale, {@code [images, channels, rows / scale, columns / scale]}
     */
    List<Tensor> imageFeatures(String role, Tensor images);

    /** A file that lies beside the role's model, such as what calibrates its scores; empty when there is none. */
    Optional<byte[]> beside(String role, String file);

    /** Reads the words in a picture of a page, in reading order. */
    List<RecognisedWord> read(String role, BufferedImage image);
}
