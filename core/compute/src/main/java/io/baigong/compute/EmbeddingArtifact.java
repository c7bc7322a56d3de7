package io.baigong.compute;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What {@code model.json} says of embeddings by n-grams. Its weights are {@value #VECTORS} {@code [buckets, width]}, a vector for
 * each bucket that {@link TextNgrams} hashes to, in 16 bits.
 *
 * @param format {@value #FORMAT}
 * @param width numbers of an embedding
 */
public record EmbeddingArtifact(String format, String name, String version, int width) {
    /** What tells such an artifact from others. */
    public static final String FORMAT = "ngram-embeddings";

    static final String VECTORS = "vectors";

    /** The largest number of 16 bits. */
    private static final float LARGEST = 65_504;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    public EmbeddingArtifact {
        if (!FORMAT.equals(format) || width < 1) {
            throw new IllegalArgumentException(
                    "embeddings have the format %s and a width, not %s and %d".formatted(FORMAT, format, width));
        }
    }

    /** Reads the description. Throws {@link IOException} when it is missing or is not one. */
    public static EmbeddingArtifact read(ModelFiles files) throws IOException {
        try (InputStream in = files.open(ModelFiles.DESCRIPTION)) {
            return MAPPER.readValue(in, EmbeddingArtifact.class);
        }
    }

    /** Whether all numbers are finite, also once they are kept in 16 bits. */
    public static boolean keeps(float[] values) {
        for (float value : values) {
            if (!(Math.abs(value) <= LARGEST)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Writes description and weights to a folder, the weights first, so that a description means a whole artifact.
     *
     * @param vectors {@code [buckets, width]}
     */
    public void write(Path folder, Tensor vectors) throws IOException {
        Files.createDirectories(folder);
        try (var out = Files.newOutputStream(folder.resolve(ModelFiles.WEIGHTS))) {
            Safetensors.write(Map.of(VECTORS, vectors), out);
        }
        MAPPER.writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve(ModelFiles.DESCRIPTION).toFile(), this);
    }
}
