package io.baigong.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** {@code baigong.chat.*}: the chat model, behind any OpenAI-compatible server. Without {@code base-url} there is none. */
@ConfigMapping(prefix = "baigong.chat")
public interface ChatConfig {
    /** For example {@code http://127.0.0.1:8000/v1}. */
    Optional<URI> baseUrl();

    /** The model's name on that server. */
    Optional<String> model();

    /** Sent as a bearer token, if given. */
    Optional<String> apiKey();

    /** Longest time for one answer. */
    @WithDefault("PT60S")
    Duration timeout();
}
