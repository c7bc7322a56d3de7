package io.baigong.host.training;

import io.baigong.spi.ModelRole;
import io.baigong.spi.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which roles of a task the models in a folder are for, as a {@link io.baigong.spi.TrainingRecipe} wrote it. */
public final class TrainedRoles {
    private TrainedRoles() {}

    /**
     * The folder of each role: one that is named as the role, or the whole folder for the only role that it can be for.
     *
     * @throws IllegalArgumentException where it may be for several
     */
    public static Map<String, Path> of(Task<?, ?> task, Path folder) {
        var roles = new LinkedHashMap<String, Path>();
        for (ModelRole role : task.roles()) {
            if (Files.isDirectory(folder.resolve(role.name()))) {
                roles.put(role.name(), folder.resolve(role.name()));
            }
        }
        return roles.isEmpty() ? Map.of(only(task), folder) : roles;
    }

    private static String only(Task<?, ?> task) {
        List<String> all = task.roles().stream().map(ModelRole::name).toList();
        List<String> shipped = task.roles().stream()
                .filter(role -> role.shipped().isPresent())
                .map(ModelRole::name)
                .toList();
        if (shipped.isEmpty() && all.size() == 1) {
            return all.getFirst(); // a model that may not be shipped, such as one learned from data for research
        }
        if (shipped.size() != 1) {
            throw new IllegalArgumentException(
                    "say which role the model is for: --model ROLE=DIR, where ROLE is one of " + all);
        }
        return shipped.getFirst();
    }
}
