package io.baigong.host.model;

import io.baigong.gateway.ChatConfig;
import io.baigong.gateway.Gateway;
import io.baigong.gateway.key.UsageLedger;
import io.baigong.gateway.key.UsageMeters;
import io.baigong.gateway.proxy.OwnCalls;
import io.baigong.gateway.proxy.ProxyConfig;
import io.baigong.gateway.proxy.Routes;
import io.baigong.gateway.trace.CallTraces;
import io.baigong.registry.Registry;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/** Opens doors to models: the suite's own, and one for each model that is tried out beside it. */
@ApplicationScoped
public class Gateways {
    private final ChatConfig chat;
    private final Vertx vertx;
    private final ProxyConfig config;
    private final Routes routes;
    private final UsageLedger ledger;
    private final UsageMeters meters;
    private final CallTraces traces;

    Gateways(
            ChatConfig chat,
            Vertx vertx,
            ProxyConfig config,
            Routes routes,
            UsageLedger ledger,
            UsageMeters meters,
            CallTraces traces) {
        this.chat = chat;
        this.vertx = vertx;
        this.config = config;
        this.routes = routes;
        this.ledger = ledger;
        this.meters = meters;
        this.traces = traces;
    }

    /** A door to the models of a registry; close it. */
    public Gateway open(Registry registry) {
        return new Gateway(
                registry,
                chat,
                () -> new OwnCalls(
                        vertx, config, routes, ledger.andThen(meters).andThen(traces), InstantSource.system()));
    }
}
