package io.baigong.gateway.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An OpenAI-compatible server, with connections of its own, so that a dead one holds up no other. Thread-safe. */
final class Backend {
    private static final int CONNECT_MILLIS = 2_000;

    private final String name;
    private final URI url;
    private final String zone;
    private final @Nullable String key;
    private final boolean masks;
    private final HttpClient client;
    private final Breaker breaker;
    private final AtomicInteger outstanding = new AtomicInteger();

    /** Throws {@link IllegalArgumentException} when its settings can't be used. */
    Backend(String name, ProxyConfig.BackendConfig config, Vertx vertx, InstantSource clock) {
        this.name = name;
        this.url = config.url();
        String scheme = String.valueOf(url.getScheme());
        if ((!scheme.equals("http") && !scheme.equals("https")) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "baigong.gateway.backends." + name + ".url must be an http or https address, not " + url);
        }
        this.zone = config.zone();
        this.key = config.secret().map(secret -> secret(name, secret)).orElse(null);
        this.masks = config.maskPersonalData();
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setTcpNoDelay(true)
                        .setMaxChunkSize(64 * 1024)
                        .setDecompressionSupported(false))
                .with(new PoolOptions().setHttp1MaxSize(config.connections()).setMaxWaitQueueSize(config.queue()))
                .build();
        this.breaker = new Breaker(clock);
    }

    /** Reads a secret where the reference says. The message of a failure never holds the secret. */
    private static String secret(String backend, String reference) {
        String where = "baigong.gateway.backends." + backend + ".secret";
        if (reference.startsWith("env:")) {
            String value = System.getenv(reference.substring(4));
            if (value == null || value.isBlank()) {
                throw new IllegalArgumentException(
                        where + " names the environment variable " + reference.substring(4) + ", which is not set");
            }
            return value;
        }
        if (reference.startsWith("file:")) {
            try {
                return Files.readString(Path.of(reference.substring(5))).strip();
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        where + " names a file that can't be read: " + reference.substring(5), e);
            }
        }
        throw new IllegalArgumentException(where + " must be a reference, env:NAME or file:PATH");
    }

    String name() {
        return name;
    }

    /** Where it is, in the operator's words. */
    String zone() {
        return zone;
    }

    HttpClient client() {
        return client;
    }

    Breaker breaker() {
        return breaker;
    }

    AtomicInteger outstanding() {
        return outstanding;
    }

    @Nullable
    String key() {
        return key;
    }

    /** Whether personal data is kept from this server. */
    boolean masks() {
        return masks;
    }

    /** The address of an operation, such as {@code chat/completions}. */
    String address(String operation) {
        String base = url.toString();
        return (base.endsWith("/") ? base : base + '/') + operation;
    }
}
