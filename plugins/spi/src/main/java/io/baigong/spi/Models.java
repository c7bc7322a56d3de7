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

    /** Sentence embeddings, {@code [texts, width]}, each of length one. */
    float[][] embed(String role, List<String> texts);

    /** Scores each token of each text, of any length, for each label. */
    List<TokenScores> tag(String role, List<String> texts);

    /** A file that lies beside the role's model, such as what calibrates its scores; empty when there is none. */
    Optional<byte[]> beside(String role, String file);

    /** Reads the words in a picture of a page, in reading order. */
    List<RecognisedWord> read(String role, BufferedImage image);
}
