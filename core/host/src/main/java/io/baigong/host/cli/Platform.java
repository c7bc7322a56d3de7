package io.baigong.host.cli;

import io.baigong.gateway.ChatConfig;
import io.baigong.gateway.Gateway;
import io.baigong.gateway.proxy.OwnCalls;
import io.baigong.gateway.proxy.ProxyConfig;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.run.RunConfig;
import io.baigong.registry.ModelConfig;
import io.baigong.registry.Registry;
import io.baigong.spi.ModelRole;
import io.baigong.spi.Task;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The task that a verb is about, with the options that all such verbs share, and the platform under it. */
final class Platform {
    @Parameters(index = "0", paramLabel = "TASK", description = "A task, such as those that './baigong tasks' lists.")
    @SuppressWarnings("NullAway.Init")
    private String taskId;

    @Option(
            names = "--model",
            paramLabel = "[ROLE=]DIR",
            description =
                    "Fills a model role with the artifact in a folder, in place of the shipped one; without ROLE, a folder"
                            + " with a folder named for each role fills all of these.")
    private @Nullable String model;

    private final Catalogue catalogue = Catalogue.load();

    Task<?, ?> task() {
        return catalogue
                .find(taskId)
                .orElseThrow(() -> new WrongUsage("there is no task " + taskId + "; the tasks are "
                        + String.join(
                                ", ",
                                catalogue.tasks().stream()
                                        .map(task -> task.id().toString())
                                        .toList())));
    }

    Registry registry() {
        try {
            var registry = Registry.of(
                    catalogue.tasks(),
                    config().getConfigMapping(ModelConfig.class).folders());
            if (model == null) {
                return registry;
            }
            int equals = model.indexOf('=');
            if (equals >= 0) {
                return registry.with(model.substring(0, equals), Path.of(model.substring(equals + 1)));
            }
            Path folder = Path.of(model);
            List<String> within = rolesWithin(folder);
            if (within.isEmpty()) {
                return registry.with(shippedRole(), folder);
            }
            for (String role : within) {
                registry = registry.with(role, folder.resolve(role));
            }
            return registry;
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(String.valueOf(e.getMessage()));
        }
    }

    /** The roles of the task for which the folder has a folder, as recipes of several models write them. */
    private List<String> rolesWithin(Path folder) {
        return task().roles().stream()
                .map(ModelRole::name)
                .filter(role -> Files.isDirectory(folder.resolve(role)))
                .toList();
    }

    private String shippedRole() {
        List<String> roles = task().roles().stream()
                .filter(role -> role.shipped().isPresent())
                .map(ModelRole::name)
                .toList();
        if (roles.isEmpty() && task().roles().size() == 1) {
            // A model that may not be shipped, such as one learned from data for research.
            return task().roles().getFirst().name();
        }
        if (roles.size() != 1) {
            throw new WrongUsage("say which role the model is for: --model ROLE=DIR, where ROLE is one of "
                    + task().roles().stream().map(ModelRole::name).toList());
        }
        return roles.getFirst();
    }

    Gateway gateway(Registry registry) {
        try {
            SmallRyeConfig config = config();
            return new Gateway(
                    registry,
                    config.getConfigMapping(ChatConfig.class),
                    () -> OwnCalls.withoutServer(config.getConfigMapping(ProxyConfig.class)));
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(String.valueOf(e.getMessage()));
        }
    }

    RunConfig runs() {
        return config().getConfigMapping(RunConfig.class);
    }

    /** From system properties, environment and application.properties, as the suite has it. */
    private static SmallRyeConfig config() {
        return new SmallRyeConfigBuilder()
                .addDefaultSources()
                .addDefaultInterceptors()
                .withMapping(ChatConfig.class)
                .withMapping(ModelConfig.class)
                .withMapping(ProxyConfig.class)
                .withMapping(RunConfig.class)
                .withValidateUnknown(false)
                .build();
    }

    /** The path, which must exist. */
    static Path existing(Path path) {
        if (!Files.exists(path)) {
            throw new WrongUsage("there is no file or folder " + path);
        }
        return path;
    }
}
