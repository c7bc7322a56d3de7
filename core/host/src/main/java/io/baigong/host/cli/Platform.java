package io.baigong.host.cli;

import io.baigong.gateway.ChatConfig;
import io.baigong.gateway.Gateway;
import io.baigong.gateway.proxy.OwnCalls;
import io.baigong.gateway.proxy.ProxyConfig;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.decay.DecayConfig;
import io.baigong.host.reference.ReferenceConfig;
import io.baigong.host.reference.ReferenceStore;
import io.baigong.host.run.RunConfig;
import io.baigong.host.training.TrainedRoles;
import io.baigong.registry.ModelConfig;
import io.baigong.registry.Registry;
import io.baigong.spi.Task;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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
        return registry(model);
    }

    /** Those that serve, with the artifacts of {@code model}, which is as {@code --model} takes it, in place of theirs. */
    Registry registry(@Nullable String model) {
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
            for (var one : TrainedRoles.of(task(), Path.of(model)).entrySet()) {
                registry = registry.with(one.getKey(), one.getValue());
            }
            return registry;
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(String.valueOf(e.getMessage()));
        }
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

    /** The chat model that the operator names, if any. */
    static Optional<String> chatModel() {
        return config().getConfigMapping(ChatConfig.class).model();
    }

    RunConfig runs() {
        return config().getConfigMapping(RunConfig.class);
    }

    /** What operators imported. */
    static ReferenceStore references() {
        return new ReferenceStore(
                config().getConfigMapping(ReferenceConfig.class).folder());
    }

    DecayConfig decay() {
        return config().getConfigMapping(DecayConfig.class);
    }

    /** From system properties, environment and application.properties, as the suite has it. */
    private static SmallRyeConfig config() {
        return new SmallRyeConfigBuilder()
                .addDefaultSources()
                .addDefaultInterceptors()
                .withMapping(ChatConfig.class)
                .withMapping(DecayConfig.class)
                .withMapping(ModelConfig.class)
                .withMapping(ProxyConfig.class)
                .withMapping(ReferenceConfig.class)
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
