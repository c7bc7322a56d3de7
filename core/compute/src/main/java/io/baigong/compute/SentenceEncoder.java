package io.baigong.compute;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Sentence embeddings: the mean of a base encoder's token vectors, of length one.
 *
 * <p>Thread-safe. Owns native memory: close it. Source: Reimers and Gurevych 2019 (arXiv 1908.10084), section 3.
 */
public final class SentenceEncoder implements TextEncoder {
    private static final int BATCH_TOKENS = 512;

    private final BaseEncoder base;
    private final String sha256;
    private final long parameters;
    private final HuggingFaceTokenizer tokenizer;
    private final EncoderSession session;

    private SentenceEncoder(BaseEncoder base, Map<String, Tensor> weights, EncoderGraph.Precision precision)
            throws IOException {
        this.base = base;
        this.sha256 = base.sha256();
        this.parameters = weights.values().stream()
                .mapToLong(tensor -> tensor.values().length)
                .sum();
        this.tokenizer = base.tokenizer();
        this.session = new EncoderSession(
                EncoderGraph.encoder(base, weights, base.layers(), precision),
                Device.current().batchTokens(BATCH_TOKENS));
    }

    private SentenceEncoder(BaseEncoder base, Path model) throws IOException {
        this.base = base;
        this.sha256 = base.sha256();
        this.parameters = 0;
        this.tokenizer = base.tokenizer();
        this.session = new EncoderSession(model, Device.current().batchTokens(BATCH_TOKENS));
    }

    /**
     * The base encoder as an ONNX model in 32 bits, whose variants {@link #open(String, Path)} opens: input {@code input_ids}, 32-bit
     * {@code [sequences, tokens]}, output {@code hidden}, {@code [sequences, tokens, width]}.
     */
    public static byte[] plainModel(String base) throws IOException {
        BaseEncoder encoder = BaseEncoder.of(base);
        return EncoderGraph.plain(encoder, encoder.weights());
    }

    /** What {@link #plainModel} reads for each text: {@code [1, tokens]}, the marker tokens among them, and no more than it can read. */
    public static List<Tensor> plainInputs(String base, List<String> texts) throws IOException {
        BaseEncoder encoder = BaseEncoder.of(base);
        try (var tokenizer = encoder.tokenizer()) {
            return TokenizedText.all(texts, tokenizer).stream()
                    .map(text -> EncoderSession.marked(text.ids(), encoder.maxTokens()))
                    .toList();
        }
    }

    /**
     * Opens a variant of {@link #plainModel} with the base's tokenizer. Its {@link #parameters()} are not counted and its {@link
     * #sha256()} is the base's. Throws {@link IOException} that says why the file is none.
     */
    public static SentenceEncoder open(String base, Path model) throws IOException {
        SentenceEncoder encoder;
        try {
            encoder = new SentenceEncoder(BaseEncoder.of(base), model);
        } catch (IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
        try {
            encoder.session.check(encoder.base.width());
            return encoder;
        } catch (IllegalArgumentException | IllegalStateException e) {
            encoder.close();
            throw new IOException(model + " is no variant of " + base + ": " + e.getMessage(), e);
        }
    }

    /** Opens a base encoder, such as {@code all-minilm-l6-v2}. */
    public static SentenceEncoder open(String base) throws IOException {
        return open(base, Device.current().precision());
    }

    static SentenceEncoder open(String name, EncoderGraph.Precision precision) throws IOException {
        BaseEncoder base = BaseEncoder.of(name);
        return new SentenceEncoder(base, base.weights(), precision);
    }

    @Override
    public String name() {
        return base.name();
    }

    /** The base's own version; a base encoder has one only. */
    @Override
    public String version() {
        return "1";
    }

    /** Lower-case hex digest over the base's file. */
    @Override
    public String sha256() {
        return sha256;
    }

    @Override
    public long parameters() {
        return parameters;
    }

    /** Embeds each text, {@code [texts, width]}. Of a text longer than the base can read, only the beginning counts. */
    @Override
    public float[][] embed(List<String> texts) {
        return embedTokens(TokenizedText.all(texts, tokenizer));
    }

    /** Embeds each text whole. Throws {@link IllegalArgumentException} that names a text longer than the base can read. */
    public Embeddings embedWhole(List<String> texts) {
        List<TokenizedText> tokenized = TokenizedText.all(texts, tokenizer);
        int[] tokens = tokenized.stream().mapToInt(each -> each.length() + 2).toArray();
        for (int i = 0; i < tokens.length; i++) {
            if (tokens[i] > base.maxTokens()) {
                throw new IllegalArgumentException("This model's maximum context length is %d tokens; text %d has %d."
                        .formatted(base.maxTokens(), i, tokens[i]));
            }
        }
        return new Embeddings(embedTokens(tokenized), tokens);
    }

    private float[][] embedTokens(List<TokenizedText> texts) {
        float[][] vectors = new float[texts.size()][];
        var sequences = new ArrayList<EncoderSession.Sequence>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            TokenizedText tokens = texts.get(i);
            int at = i;
            sequences.add(new EncoderSession.Sequence(
                    tokens.ids(),
                    0,
                    Math.min(tokens.length(), base.maxTokens() - 2),
                    values -> vectors[at] = mean(values, base.width())));
        }
        if (!sequences.isEmpty()) {
            session.run(sequences);
        }
        return vectors;
    }

    private static float[] mean(FloatBuffer values, int width) {
        float[] mean = new float[width];
        for (int i = 0; i < values.remaining(); i++) {
            mean[i % width] += values.get(i);
        }
        double squares = 0;
        for (float value : mean) {
            squares += (double) value * value;
        }
        float length = (float) Math.sqrt(squares);
        for (int i = 0; i < width; i++) {
            mean[i] /= length;
        }
        return mean;
    }

    /** How it has been asked since it was opened. */
    public Batching batching() {
        return session.batching();
    }

    @Override
    public void close() {
        session.close();
        tokenizer.close();
    }
}
