package io.baigong.host.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** {@code baigong.retention.*}: how long runs are kept, with their texts, files and decisions. */
@ConfigMapping(prefix = "baigong.retention")
public interface RetentionConfig {
    /** For tenants that are not named; runs are kept for good unless it is given. */
    Optional<Duration> runs();

    /** By tenant, in place of {@link #runs}. */
    Map<String, Duration> tenant();

    /** How often what is older is looked for. */
    @WithDefault("PT1H")
    Duration every();

    /** How long runs of a tenant are kept; empty if for good. */
    default Optional<Duration> of(String tenant) {
        Duration own = tenant().get(tenant);
        return own == null ? runs() : Optional.of(own);
    }
}
