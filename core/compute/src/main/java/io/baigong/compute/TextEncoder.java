package io.baigong.compute;

import java.util.List;

/** A model that makes vectors of texts. Thread-safe. Owns native memory, as far as it has any: close it. */
public interface TextEncoder extends AutoCloseable {
    String name();

    String version();

    /** Lower-case hex digest over the artifact. */
    String sha256();

    /** How many trained numbers it has. */
    long parameters();

    /** Embeds each text, {@code [texts, width]}, each of length one. */
    float[][] embed(List<String> texts);

    @Override
    void close();
}
