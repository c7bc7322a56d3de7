package io.baigong.gateway.trace;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** {@code baigong.traces.*}: where spans go. */
@ConfigMapping(prefix = "baigong.traces")
public interface TraceConfig {
    /** A receiver of OTLP over HTTP, such as {@code http://127.0.0.1:4318/v1/traces}; without, there are no spans. */
    Optional<URI> endpoint();
}
