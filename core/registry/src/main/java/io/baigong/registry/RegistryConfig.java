package io.baigong.registry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Map;

/** {@code baigong.registry.*}: where models are kept, and what it takes to let one serve. */
@ConfigMapping(prefix = "baigong.registry")
public interface RegistryConfig {
    /** Folder of registered models; shared by all replicas of the suite. */
    @WithDefault("${BAIGONG_HOME:.baigong}/models")
    Path artifacts();

    /** Data that is kept back, by the benchmark whose format it has: what gates are measured on. */
    Map<String, Path> heldOut();

    /** Whether who registered a model may not approve it. */
    @WithDefault("true")
    boolean separationOfDuties();
}
