package io.baigong.gateway.proxy;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.function.Consumer;

/** What answers calls of one protocol, and whom it asks. Thread-safe. */
abstract sealed class Proxy permits ModelProxy, TensorProxy {
    final Vertx vertx;
    final ProxyConfig config;
    final Routes routes;
    final Admission admission;
    final Consumer<Usage> ledger;
    final InstantSource clock;

    Proxy(
            Vertx vertx,
            ProxyConfig config,
            Routes routes,
            Admission admission,
            Consumer<Usage> ledger,
            InstantSource clock) {
        this.vertx = vertx;
        this.config = config;
        this.routes = routes;
        this.admission = admission;
        this.ledger = ledger;
        this.clock = clock;
    }
}
