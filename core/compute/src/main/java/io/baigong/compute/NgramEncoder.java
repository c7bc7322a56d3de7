package io.baigong.compute;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/**
 * Text embeddings: the sum of the vectors of a text's character n-grams, of length one.
 *
 * <p>A text without letters or digits is the first unit vector. Thread-safe; owns no native memory.
 */
public final class NgramEncoder implements TextEncoder {
    private final EmbeddingArtifact artifact;
    private final String sha256;
    private final TextNgrams ngrams;
    private final float[] vectors;
    private final int width;

    private NgramEncoder(EmbeddingArtifact artifact, String sha256, Tensor vectors) {
        this.artifact = artifact;
        this.sha256 = sha256;
        this.ngrams = new TextNgrams((int) vectors.shape()[0]);
        this.vectors = vectors.values();
        this.width = (int) vectors.shape()[1];
    }

    /** Opens an artifact. Throws {@link IOException} that says what is missing or does not fit. */
    public static NgramEncoder open(ModelFiles files) throws IOException {
        EmbeddingArtifact artifact = EmbeddingArtifact.read(files);
        Tensor vectors;
        try (InputStream in = files.open(ModelFiles.WEIGHTS)) {
            vectors = Safetensors.read(in).get(EmbeddingArtifact.VECTORS);
        }
        if (vectors == null
                || vectors.shape().length != 2
                || vectors.values().length == 0
                || vectors.shape()[1] != artifact.width()) {
            throw new IOException("the model %s %s can't be used: it needs %s of shape [buckets, %d], and has %s"
                    .formatted(
                            artifact.name(),
                            artifact.version(),
                            EmbeddingArtifact.VECTORS,
                            artifact.width(),
                            vectors == null ? "none" : Arrays.toString(vectors.shape())));
        }
        if (!EmbeddingArtifact.keeps(vectors.values())) {
            throw new IOException("the model %s %s can't be used: its %s hold a number that is not finite in 16 bits"
                    .formatted(artifact.name(), artifact.version(), EmbeddingArtifact.VECTORS));
        }
        return new NgramEncoder(artifact, files.sha256(), vectors);
    }

    @Override
    public String name() {
        return artifact.name();
    }

    @Override
    public String version() {
        return artifact.version();
    }

    @Override
    public String sha256() {
        return sha256;
    }

    @Override
    public long parameters() {
        return vectors.length;
    }

    @Override
    public float[][] embed(List<String> texts) {
        return texts.stream().map(this::embed).toArray(float[][]::new);
    }

    private float[] embed(String text) {
        float[] sum = new float[width];
        for (int bucket : ngrams.of(text)) {
            for (int i = 0; i < width; i++) {
                sum[i] += vectors[bucket * width + i];
            }
        }
        double squares = 0;
        for (float value : sum) {
            squares += (double) value * value;
        }
        if (squares == 0) {
            sum[0] = 1;
            return sum;
        }
        double length = Math.sqrt(squares);
        for (int i = 0; i < width; i++) {
            sum[i] = (float) (sum[i] / length);
        }
        return sum;
    }

    @Override
    public void close() {}
}
