package io.baigong.host.reference;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** {@code baigong.references.*}. */
@ConfigMapping(prefix = "baigong.references")
public interface ReferenceConfig {
    /** Folder of the editions that were imported; shared by all replicas of the suite. */
    @WithDefault("${BAIGONG_HOME:.baigong}/references")
    Path folder();
}
