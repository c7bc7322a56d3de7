package io.baigong.host.decay;

import io.baigong.spi.ModelVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The runs of a task that the same versions answered, or all of the task.
 *
 * @param id its own within the task; empty for all runs
 * @param models by role
 * @param first when the first of its runs began, which is when its reference begins
 */
public record Series(String tenant, String task, String id, List<ModelVersion> models, Instant first) {
    /** Id of the series that has all runs of a task. */
    static final String ALL = "";

    /** The series of runs that those versions answered. */
    static String id(List<ModelVersion> models) {
        String versions = sorted(models).stream()
                .map(model -> String.join("\n", model.role(), model.name(), model.version(), model.sha256()))
                .collect(Collectors.joining("\n"));
        return UUID.nameUUIDFromBytes(versions.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** By role. */
    static List<ModelVersion> sorted(List<ModelVersion> models) {
        return models.stream()
                .sorted(Comparator.comparing(ModelVersion::role).thenComparing(ModelVersion::sha256))
                .toList();
    }
}
