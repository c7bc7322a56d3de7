package io.baigong.gateway.proxy;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/**
 * An answer as it was given.
 *
 * @param given when, by {@link System#nanoTime}
 */
record KeptAnswer(Buffer body, String mediaType, long given) {
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - given);
    }
}
