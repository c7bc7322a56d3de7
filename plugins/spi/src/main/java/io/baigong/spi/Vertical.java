package io.baigong.spi;

import java.util.List;

/** One trade on the platform, such as finance. Found by {@link java.util.ServiceLoader}; stateless and thread-safe. */
public interface Vertical {
    /** Short lower-case name, the first part of each of its {@link TaskId}s. */
    String name();

    /** The jobs that this vertical does, each with its own input, output and metrics. */
    List<? extends Task<?, ?>> tasks();

    /** What reference data it can import. */
    default List<? extends ReferenceFormat> references() {
        return List.of();
    }
}
