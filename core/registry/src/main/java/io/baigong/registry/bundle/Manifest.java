package io.baigong.registry.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baigong.registry.artifact.Artifact;
import io.baigong.registry.history.GateResult;
import io.baigong.registry.history.Lineage;
import io.baigong.registry.history.RegistryEvent.Evaluated;
import io.baigong.registry.history.Signature;
import io.baigong.registry.history.VersionState;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle says of its version: {@code manifest.json}. It names no persons.
 *
 * @param format always {@value #FORMAT}
 * @param role that the version was registered for
 * @param number of the version in the suite that exported it
 * @param name and {@code label} as the model's own description has them
 * @param sha256 as journals name the model
 * @param parameters number of trained numbers
 * @param state in the suite that exported it
 * @param files by name, with their SHA-256 in lower-case hex and their length in bytes
 * @param evaluations by the suite that exported it, of each benchmark the latest; who imports measures anew
 * @param gates as they stood at the export
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Manifest(
        String format,
        String role,
        int number,
        String name,
        String label,
        String sha256,
        long parameters,
        VersionState state,
        SortedMap<String, Artifact.Part> files,
        Lineage lineage,
        @Nullable Signature signature,
        List<Evaluated> evaluations,
        List<GateResult> gates) {
    /** What tells a bundle from other zips. */
    public static final String FORMAT = "baigong-model-bundle/1";

    public Manifest {
        if (!FORMAT.equals(format) || role == null || sha256 == null || files == null) {
            throw new IllegalArgumentException("a manifest has the format " + FORMAT + ", a role, a SHA-256 and files");
        }
        files = Collections.unmodifiableSortedMap(new TreeMap<>(Map.copyOf(files)));
        lineage = lineage == null ? Lineage.UNKNOWN : lineage;
        evaluations = evaluations == null ? List.of() : List.copyOf(evaluations);
        gates = gates == null ? List.of() : List.copyOf(gates);
    }
}
