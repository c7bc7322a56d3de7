package io.baigong.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;

/** A model that makes numbers from numbers. Thread-safe. Owns native memory: close it. */
public interface Predictor extends AutoCloseable {
    String name();

    String version();

    /** Lower-case hex digest over the artifact. */
    String sha256();

    /** How many trained numbers it has. */
    long parameters();

    /**
     * Answers each item of the input's first axis.
     *
     * <p>Throws {@link IllegalArgumentException} that names both shapes when the input does not fit.
     */
    Tensor predict(Tensor input);

    @Override
    void close();

    /** Opens an artifact of whichever format its description names. Throws {@link IOException} that says what is wrong. */
    static Predictor open(ModelFiles files) throws IOException {
        JsonNode description;
        try (InputStream in = files.open(ModelFiles.DESCRIPTION)) {
            description = new ObjectMapper().readTree(in);
        }
        String format = description.path("format").asText("");
        return switch (format) {
            case TreeArtifact.FORMAT -> TreeEnsemble.open(files);
            case NetArtifact.FORMAT -> Net.open(files);
            case MemoryArtifact.FORMAT -> Memory.open(files);
            default ->
                throw new IOException("its " + ModelFiles.DESCRIPTION + " names the format \"" + format
                        + "\", but only " + TreeArtifact.FORMAT + ", " + NetArtifact.FORMAT + " and "
                        + MemoryArtifact.FORMAT + " are known");
        };
    }
}
