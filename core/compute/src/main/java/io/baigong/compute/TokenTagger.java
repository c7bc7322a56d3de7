package io.baigong.compute;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores each token of texts of any length with a tuned token classifier.
 *
 * <p>Thread-safe. Owns native memory: close it.
 */
public final class TokenTagger implements AutoCloseable {
    /** Tokens that neighbouring windows share, so that each token sees words on both its sides. */
    private static final int OVERLAP = 32;

    /** A full window leaves alone; shorter ones share a batch. */
    private static final int BATCH_TOKENS = 512;

    private final TaggerArtifact artifact;
    private final String sha256;
    private final long parameters;
    private final HuggingFaceTokenizer tokenizer;
    private final EncoderSession session;
    private final Windows windows;

    private TokenTagger(
            TaggerArtifact artifact, String sha256, long parameters, HuggingFaceTokenizer tokenizer, byte[] model) {
        this.artifact = artifact;
        this.sha256 = sha256;
        this.parameters = parameters;
        this.tokenizer = tokenizer;
        this.session = new EncoderSession(model, Device.current().batchTokens(BATCH_TOKENS));
        this.windows = new Windows(artifact.maxTokens(), Math.min(OVERLAP, artifact.maxTokens() / 4));
    }

    /** Opens an artifact. Throws {@link IOException} that says what is missing or does not fit. */
    public static TokenTagger open(ModelFiles files) throws IOException {
        return open(files, Device.current().precision());
    }

    static TokenTagger open(ModelFiles files, EncoderGraph.Precision precision) throws IOException {
        TaggerArtifact artifact = TaggerArtifact.read(files);
        Map<String, Tensor> weights;
        byte[] model;
        BaseEncoder base;
        long parameters;
        try (InputStream in = files.open(ModelFiles.WEIGHTS)) {
            base = BaseEncoder.of(artifact.base());
            weights = merge(base.weights(), Safetensors.read(in), artifact);
            parameters = parameters(weights, artifact);
            model = EncoderGraph.tokenClassifier(base, weights, artifact.layers(), precision);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "the model %s %s can't be used: %s".formatted(artifact.name(), artifact.version(), e.getMessage()),
                    e);
        }
        return new TokenTagger(artifact, files.sha256(), parameters, base.tokenizer(), model);
    }

    private static Map<String, Tensor> merge(
            Map<String, Tensor> base, Map<String, Tensor> tuned, TaggerArtifact artifact) {
        var merged = new LinkedHashMap<>(base);
        tuned.forEach((name, tensor) -> {
            Tensor replaced = base.get(name);
            if (replaced == null ? !name.startsWith("classifier.") : !Arrays.equals(replaced.shape(), tensor.shape())) {
                throw new IllegalArgumentException("weight %s of shape %s has no place in %s"
                        .formatted(name, Arrays.toString(tensor.shape()), artifact.base()));
            }
            merged.put(name, tensor);
        });
        Tensor bias = tuned.get("classifier.bias");
        if (bias == null || bias.values().length != artifact.labels().size()) {
            throw new IllegalArgumentException("its classifier does not have the %d labels it names"
                    .formatted(artifact.labels().size()));
        }
        return merged;
    }

    private static long parameters(Map<String, Tensor> weights, TaggerArtifact artifact) {
        return weights.entrySet().stream()
                .filter(entry -> used(entry.getKey(), artifact.layers()))
                .mapToLong(entry -> entry.getValue().values().length)
                .sum();
    }

    private static boolean used(String name, int layers) {
        String block = "encoder.layer.";
        return !name.startsWith(block)
                || Integer.parseInt(name.substring(block.length(), name.indexOf('.', block.length()))) < layers;
    }

    public String name() {
        return artifact.name();
    }

    public String version() {
        return artifact.version();
    }

    /** Lower-case hex digest over the artifact. */
    public String sha256() {
        return sha256;
    }

    /** How many trained numbers are used, those of the base encoder included. */
    public long parameters() {
        return parameters;
    }

    public List<String> labels() {
        return artifact.labels();
    }

    /** Scores the tokens of each text, in order. */
    public List<TokenProbabilities> tag(List<String> texts) {
        var results = new ArrayList<TokenProbabilities>(texts.size());
        var sequences = new ArrayList<EncoderSession.Sequence>();
        int columns = artifact.labels().size();
        for (TokenizedText tokens : TokenizedText.all(texts, tokenizer)) {
            float[] scores = new float[tokens.length() * columns];
            results.add(new TokenProbabilities(artifact.labels(), tokens.starts(), tokens.ends(), scores));
            for (Windows.Window window : windows.over(tokens.length())) {
                sequences.add(new EncoderSession.Sequence(
                        tokens.ids(),
                        window.start(),
                        window.end(),
                        values -> values.get(
                                (1 + window.from() - window.start()) * columns,
                                scores,
                                window.from() * columns,
                                (window.to() - window.from()) * columns)));
            }
        }
        if (!sequences.isEmpty()) {
            session.run(sequences);
        }
        return results;
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
