package io.baigong.host.training;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Map;

/** {@code baigong.training.*}. */
@ConfigMapping(prefix = "baigong.training")
public interface TrainingConfig {
    /** How many trainings one instance of the suite runs at the same time; 0 for none. */
    @WithDefault("1")
    int workers();

    /** Most memory of a training's Java heap, as {@code -Xmx} takes it; nets need as much again outside of it. */
    @WithDefault("3g")
    String heap();

    /** Folder of the files that people send; shared by all replicas of the suite. */
    @WithDefault("${BAIGONG_HOME:.baigong}/training")
    Path files();

    /** Data that the operator has for a recipe, by its name: file or folder. */
    Map<String, Path> data();

    /** Most trainings of a tenant that wait or run. */
    @WithDefault("100")
    int waiting();
}
