package io.baigong.gateway.proxy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code baigong.gateway.*}: servers that models run on, and the models that callers may name. */
@ConfigMapping(prefix = "baigong.gateway")
public interface ProxyConfig {
    /** OpenAI-compatible servers by a name of the operator's choice. */
    Map<String, BackendConfig> backends();

    /** Models by the name that callers use. */
    Map<String, ModelConfig> models();

    /** Longest time until a server begins its answer, and longest pause in it. */
    @WithDefault("PT60S")
    Duration idleTimeout();

    /** Longest time for a whole answer. */
    @WithDefault("PT10M")
    Duration deadline();

    /** Most bytes of a request. */
    @WithDefault("10485760")
    int maxRequestBytes();

    /** Most bytes of an answer. */
    @WithDefault("67108864")
    long maxAnswerBytes();

    /** Most bytes of all answers that are kept to be given again; on each instance. */
    @WithDefault("67108864")
    long cacheBytes();

    /** A file of names to be masked too, one a line, for servers with {@code mask-personal-data}. */
    Optional<Path> maskedNames();

    /** A server. */
    interface BackendConfig {
        /** Where its API is, such as {@code http://127.0.0.1:8000/v1}. */
        URI url();

        /** Where its key is: {@code env:NAME} or {@code file:PATH}. The key itself is never written here. */
        Optional<String> secret();

        /** Whether personal data is taken out of what it is asked, and put back into what it answers. */
        @WithDefault("false")
        boolean maskPersonalData();

        /** Most calls to it at one time. */
        @WithDefault("256")
        int connections();

        /** Most calls that wait for one of these; more are refused. */
        @WithDefault("1024")
        int queue();
    }

    /** A model that callers may name. */
    interface ModelConfig {
        /** Where it runs; without {@code model}, under the same name. */
        List<TargetConfig> targets();

        /** Most tokens of an answer for a caller with a budget who does not say how many it may have. */
        @WithDefault("4096")
        int maxAnswerTokens();

        /** How long an answer is given again to the same key for the same request. Without, none is. */
        Optional<Duration> cache();
    }

    /** A model on a server. */
    interface TargetConfig {
        /** The server, by its name in {@code backends}. */
        String backend();

        /** The model's name there. */
        Optional<String> model();

        /** Share of the calls, against those of the other targets. */
        @WithDefault("1")
        double weight();
    }
}
