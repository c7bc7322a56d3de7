package io.baigong.registry.artifact;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a model.
 *
 * @param files by name, such as {@code model.json}; names are flat
 */
public record Artifact(SortedMap<String, Part> files) {
    /** What every artifact holds. */
    public static final String DESCRIPTION = "model.json";

    /** Its model card. */
    public static final String CARD = "README.md";

    public Artifact {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /**
     * A file.
     *
     * @param sha256 lower-case hex, by which the {@link ArtifactStore} keeps it
     */
    public record Part(String sha256, long bytes) {}

    /** Bytes of all files together. */
    public long bytes() {
        return files.values().stream().mapToLong(Part::bytes).sum();
    }

    /** The same files, if a file is added or replaced. */
    public Artifact with(String name, Part part) {
        var changed = new TreeMap<String, Part>(Map.copyOf(files));
        changed.put(name, part);
        return new Artifact(changed);
    }
}
