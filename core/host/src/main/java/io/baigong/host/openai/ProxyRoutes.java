package io.baigong.host.openai;

import io.baigong.gateway.proxy.ModelProxy;
import io.baigong.gateway.proxy.Operation;
import io.baigong.host.rpc.StreamConfig;
import io.baigong.host.rpc.UpgradedRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * The operations of {@code /v1}, over HTTP and WebSockets: straight from the event loop into the gateway, before all that answers the
 * suite's own requests. Who calls is known by its key, so signing in has nothing to do there; and RESTEasy builds its table of all
 * paths anew for each request that passes it (Quarkus 3.33).
 */
@ApplicationScoped
class ProxyRoutes {
    /** Before every filter, whose order is the negative of its priority. */
    private static final int FIRST = -1_000_000;

    void register(@Observes Router router, ModelProxy proxy, StreamConfig streams) {
        for (Operation operation : Operation.values()) {
            String path = "/v1/" + operation.path();
            router.post(path).order(FIRST).handler(context -> proxy.handle(context.request(), operation));
            router.get(path).order(FIRST).handler(context -> {
                HttpServerRequest request = context.request();
                proxy.open(request, operation, streams.inFlight(), () -> UpgradedRequest.ended(request));
            });
        }
    }
}
