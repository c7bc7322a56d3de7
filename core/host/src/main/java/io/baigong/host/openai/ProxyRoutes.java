package io.baigong.host.openai;

import io.baigong.gateway.proxy.ModelProxy;
import io.baigong.gateway.proxy.Operation;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * The operations of {@code /v1}: straight from the event loop into the gateway, before all that answers the suite's own requests. Who
 * calls is known by its key, so signing in has nothing to do there; and RESTEasy builds its table of all paths anew for each
 * request that passes it (Quarkus 3.33).
 */
@ApplicationScoped
class ProxyRoutes {
    /** Before every filter, whose order is the negative of its priority. */
    private static final int FIRST = -1_000_000;

    void register(@Observes Router router, ModelProxy proxy) {
        for (Operation operation : Operation.values()) {
            router.post("/v1/" + operation.path())
                    .order(FIRST)
                    .handler(context -> proxy.handle(context.request(), operation));
        }
    }
}
