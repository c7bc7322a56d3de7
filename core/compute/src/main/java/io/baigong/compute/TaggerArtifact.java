package io.baigong.compute;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What {@code model.json} says of a tuned token classifier. The weights beside it are only those that were tuned; the
 * others are the base encoder's.
 *
 * @param name the artifact's name
 * @param version the artifact's version
 * @param base name of the {@link BaseEncoder}
 * @param labels columns of the classifier
 * @param layers how many blocks of the base are used, from the bottom
 * @param maxTokens window length, without the two marker tokens
 */
public record TaggerArtifact(String name, String version, String base, List<String> labels, int layers, int maxTokens) {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    public TaggerArtifact {
        labels = List.copyOf(labels);
        if (labels.isEmpty() || layers < 1 || maxTokens < 1) {
            throw new IllegalArgumentException("a token classifier has labels, layers and a window, not %d, %d and %d"
                    .formatted(labels.size(), layers, maxTokens));
        }
    }

    /** Reads the description. Throws {@link IOException} when it is missing or is not one. */
    public static TaggerArtifact read(ModelFiles files) throws IOException {
        try (InputStream in = files.open(ModelFiles.DESCRIPTION)) {
            return MAPPER.readValue(in, TaggerArtifact.class);
        }
    }

    /**
     * Writes description and weights to a folder, the weights first, so that a description means a whole artifact. Those of the
     * blocks' dense layers are kept in 8 bits, as they are served.
     */
    public void write(Path folder, Map<String, Tensor> weights) throws IOException {
        Files.createDirectories(folder);
        try (var out = Files.newOutputStream(folder.resolve(ModelFiles.WEIGHTS))) {
            Safetensors.write(weights, TaggerArtifact::isDense, out);
        }
        MAPPER.writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve(ModelFiles.DESCRIPTION).toFile(), this);
    }

    private static boolean isDense(String name, Tensor weight) {
        return name.startsWith("encoder.layer.") && weight.shape().length == 2;
    }
}
