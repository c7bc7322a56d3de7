package io.baigong.spi;

import java.util.List;

/** Makes vectors of texts, near for texts that mean the same. Thread-safe. */
@FunctionalInterface
public interface TextEncoder {
    /** {@code [texts, width]}, each of length one. */
    float[][] embed(List<String> texts);
}
