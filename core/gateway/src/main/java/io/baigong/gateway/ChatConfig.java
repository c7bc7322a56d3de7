package io.baigong.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** {@code baigong.chat.*}: the chat model that tasks may ask. Without {@code model} there is none. */
@ConfigMapping(prefix = "baigong.chat")
public interface ChatConfig {
    /** One of {@code baigong.gateway.models}. */
    Optional<String> model();

    /** Longest time for one answer. */
    @WithDefault("PT60S")
    Duration timeout();
}
