package io.baigong.spi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What the platform lends a recipe. */
public interface TrainingContext {
    long seed();

    Progress progress();

    /**
     * Tunes a token classifier on a shared base encoder, and writes its artifact to {@code out}.
     *
     * @return the specification by which it was tuned: what was asked of the training in place of the recipe's choice is in it
     */
    TokenTaggerSpec tuneTokenTagger(TokenTaggerSpec spec, List<LabelledText> examples, Path out, Progress progress)
            throws IOException;

    /**
     * Grows boosted trees, and writes their artifact to {@code out}.
     *
     * @param stopping examples by which to stop early, of other groups than {@code examples}; may be empty
     */
    void growTrees(TreeSpec spec, LabelledRows examples, LabelledRows stopping, Path out, Progress progress)
            throws IOException;

    /** Trains a net, and writes its artifact to {@code out}. */
    void trainNet(NetSpec spec, TensorExamples examples, Path out, Progress progress) throws IOException;

    /**
     * Remembers rows of what is usual, and writes the artifact to {@code out}.
     *
     * @param rows {@code [rows, features]}
     */
    void remember(MemorySpec spec, Tensor rows, Path out, Progress progress) throws IOException;

    /**
     * Tunes text embeddings on pairs that mean the same, and writes their artifact, for a role of kind {@code EMBEDDING}, to {@code out}.
     *
     * @param pairs those that stand beside each other are learned together, and told apart: put near meanings side by side
     */
    void tuneEmbeddings(EmbeddingSpec spec, List<TextPair> pairs, Path out, Progress progress) throws IOException;

    /**
     * The same for an encoder that lies beside a model of another kind, which is or will be written to {@code folder}: {@link Models#embed} of the
     * model's role asks it.
     *
     * @return the encoder, to learn the rest of the model with
     */
    TextEncoder tuneEncoderBeside(EmbeddingSpec spec, List<TextPair> pairs, Path folder, Progress progress)
            throws IOException;

    /** Models as usual, of roles that the platform fills or whose model is shipped. */
    Models models();

    /** Models as usual, but with {@code role} filled by the artifact in {@code folder}. */
    Models modelsWith(String role, Path folder);
}
