package io.baigong.registry;

import io.baigong.journal.objects.ObjectStoreConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Map;

/** {@code baigong.registry.*}: where models are kept, and what it takes to let one serve. */
@ConfigMapping(prefix = "baigong.registry")
public interface RegistryConfig {
    /** Folder of registered models; shared by all replicas of the suite, unless there is a bucket. */
    @WithDefault("${BAIGONG_HOME:.baigong}/models")
    Path artifacts();

    /**
     * {@code baigong.registry.object-store.*}: a bucket for registered models. With one, the folder only holds what was asked for last,
     * and need not be shared.
     */
    ObjectStoreConfig objectStore();

    /** MiB that the folder holds of what is in the bucket. */
    @WithDefault("10240")
    long keptMebibytes();

    /** Data that is kept back, by the benchmark whose format it has: what gates are measured on. */
    Map<String, Path> heldOut();

    /** Whether who registered a model may not approve it. */
    @WithDefault("true")
    boolean separationOfDuties();
}
