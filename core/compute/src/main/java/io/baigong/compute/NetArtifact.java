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
 * What {@code model.json} says of a net: layers one after the other. Layer {@code i} has the weights {@code i.weight} and
 * {@code i.bias}, or {@code i.scale} and {@code i.shift}.
 *
 * @param format {@value #FORMAT}
 * @param input shape of one example: {@code [features]} or {@code [channels, rows, columns]}
 */
public record NetArtifact(String format, String name, String version, List<Integer> input, List<NetLayer> layers) {
    /** What tells such an artifact from others. */
    public static final String FORMAT = "net";

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    public NetArtifact {
        if (!FORMAT.equals(format) || input == null || layers == null) {
            throw new IllegalArgumentException("a net has the format " + FORMAT + ", an input and layers");
        }
        input = List.copyOf(input);
        layers = List.copyOf(layers);
        if ((input.size() != 1 && input.size() != 3) || layers.isEmpty()) {
            throw new IllegalArgumentException(
                    "a net takes [features] or [channels, rows, columns] and has layers, not " + input);
        }
    }

    /** Reads the description. Throws {@link IOException} when it is missing or is not one. */
    public static NetArtifact read(ModelFiles files) throws IOException {
        try (InputStream in = files.open(ModelFiles.DESCRIPTION)) {
            return MAPPER.readValue(in, NetArtifact.class);
        }
    }

    /** Writes description and weights to a folder, the weights first, so that a description means a whole artifact. */
    public void write(Path folder, Map<String, Tensor> weights) throws IOException {
        Files.createDirectories(folder);
        try (var out = Files.newOutputStream(folder.resolve(ModelFiles.WEIGHTS))) {
            Safetensors.write(weights, out);
        }
        MAPPER.writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve(ModelFiles.DESCRIPTION).toFile(), this);
    }
}
