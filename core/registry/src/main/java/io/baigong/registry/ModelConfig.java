package io.baigong.registry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.util.Map;

/** {@code baigong.models."ROLE"=FOLDER}: models of the operator's own, in place of the shipped ones. */
@ConfigMapping(prefix = "baigong.models")
public interface ModelConfig {
    /** Artifact folder by role name. */
    @WithParentName
    Map<String, Path> folders();
}
