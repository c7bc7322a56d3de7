package io.baigong.gateway.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server, with connections of its own, so that a dead one holds up no other. Thread-safe. */
final class Backend {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final String name;
    private final BackendSettings settings;
    private final @Nullable String key;
    private final boolean ssl;
    private final int port;
    private final String path;
    private final HttpClient client;
    private final Breaker breaker;
    private final CallQueue queue;
    private final AtomicInteger outstanding = new AtomicInteger();

    /** Throws {@link IllegalArgumentException} when its settings can't be used here. */
    Backend(String name, BackendSettings settings, Secrets secrets, Vertx vertx, InstantSource clock) {
        this.name = name;
        this.settings = settings;
        this.key = settings.secret()
                .map(reference -> secrets.read(reference, settings.url()))
                .orElse(null);
        this.ssl = "https".equals(settings.url().getScheme());
        this.port = settings.url().getPort() >= 0 ? settings.url().getPort() : ssl ? HTTPS : HTTP;
        String base = settings.url().getRawPath();
        this.path = base.endsWith("/") ? base : base + '/';
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setTcpNoDelay(true)
                        .setMaxChunkSize(64 * 1024)
                        .setDecompressionSupported(false))
                .with(new PoolOptions().setHttp1MaxSize(settings.connections()).setMaxWaitQueueSize(settings.queue()))
                .build();
        this.breaker = new Breaker(clock);
        this.queue = new CallQueue(settings.connections(), settings.queue());
    }

    BackendSettings settings() {
        return settings;
    }

    String name() {
        return name;
    }

    Protocol protocol() {
        return settings.protocol();
    }

    /** Where it is, in the operator's words. */
    String zone() {
        return settings.zone();
    }

    HttpClient client() {
        return client;
    }

    Breaker breaker() {
        return breaker;
    }

    /** The places for calls to it. Who has one finds a connection, or makes it. */
    CallQueue queue() {
        return queue;
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
        return settings.maskPersonalData();
    }

    /** Where a call goes, such as {@code chat/completions} under the server's address. */
    RequestOptions to(String under) {
        return new RequestOptions()
                .setHost(settings.url().getHost())
                .setPort(port)
                .setSsl(ssl)
                .setURI(path + under);
    }

    /** Whether a connection leads to where no call may go. */
    static boolean isBarred(SocketAddress remote) {
        String literal = remote.hostAddress();
        return literal == null || Addresses.isBarred(InetAddress.ofLiteral(literal));
    }

    /** Ends its connections. */
    void close() {
        client.close();
    }
}
