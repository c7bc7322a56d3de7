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
 * What {@code model.json} says of a memory of rows. Its weights are {@value #PROJECTION} {@code [features, dimensions]} and
 * {@value #SHIFT} {@code [dimensions]}, by which a row is projected, and {@value #ROWS} {@code [rows, dimensions]}, those kept.
 *
 * @param format {@value #FORMAT}
 * @param features numbers of a row that is asked about
 */
public record MemoryArtifact(String format, String name, String version, int features) {
    /** What tells such an artifact from others. */
    public static final String FORMAT = "memory";

    /** Weights' names. */
    public static final String PROJECTION = "projection";

    public static final String SHIFT = "shift";
    public static final String ROWS = "rows";

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    public MemoryArtifact {
        if (!FORMAT.equals(format) || features < 1) {
            throw new IllegalArgumentException(
                    "a memory has the format %s and features, not %s and %d".formatted(FORMAT, format, features));
        }
    }

    /** Reads the description. Throws {@link IOException} when it is missing or is not one. */
    public static MemoryArtifact read(ModelFiles files) throws IOException {
        try (InputStream in = files.open(ModelFiles.DESCRIPTION)) {
            return MAPPER.readValue(in, MemoryArtifact.class);
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
