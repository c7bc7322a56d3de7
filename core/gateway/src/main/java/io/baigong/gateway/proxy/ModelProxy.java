package io.baigong.gateway.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.Collection;
import java.util.function.Consumer;

/** Passes calls that speak OpenAI's API on to the servers that models run on. Thread-safe. */
public final class ModelProxy {
    private final Vertx vertx;
    private final ProxyConfig config;
    private final Routes routes;
    private final Admission admission;
    private final Consumer<Usage> ledger;
    private final InstantSource clock;

    /**
     * Throws {@link IllegalArgumentException} that names the setting which can't be used.
     *
     * @param ledger told of each call at its end; called on event loops, so it must not block
     */
    public ModelProxy(
            Vertx vertx, ProxyConfig config, Admission admission, Consumer<Usage> ledger, InstantSource clock) {
        this.vertx = vertx;
        this.config = config;
        this.routes = new Routes(config, vertx, clock);
        this.admission = admission;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** The models that callers may name. */
    public Collection<String> models() {
        return routes.names();
    }

    /**
     * Answers a call.
     *
     * @param operation under the API's address, such as {@code chat/completions}
     */
    public void handle(HttpServerRequest request, String operation) {
        new ProxiedCall(vertx, config, routes, admission, ledger, clock, request, operation).begin();
    }
}
