package io.baigong.host.batch;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record to run.
 *
 * @param name what its sender calls it
 * @param fields the input's components that are no files, as text
 * @param truth JSON of what is right, see {@link Truth}
 */
record BatchInput(
        String name,
        Map<String, String> fields,
        List<Content> files,
        @Nullable String truth) {
    BatchInput {
        fields = Map.copyOf(fields);
        files = List.copyOf(files);
    }

    /** A file for a component of the input. Never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    record Content(String component, String name, byte[] bytes) {}
}
