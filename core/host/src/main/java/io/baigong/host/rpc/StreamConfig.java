package io.baigong.host.rpc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code baigong.streams.*}: how much one connection may ask for. */
@ConfigMapping(prefix = "baigong.streams")
public interface StreamConfig {
    /** How many runs, or calls of models, of one stream may be unanswered. */
    @WithDefault("8")
    int inFlight();
}
