package io.baigong.host.openai;

import io.baigong.gateway.proxy.ModelProxy;
import io.baigong.gateway.proxy.Operation;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The operations of {@code /v1}: straight from the event loop into the gateway. */
@ApplicationScoped
class ProxyRoutes {
    void register(@Observes Router router, ModelProxy proxy) {
        for (Operation operation : Operation.values()) {
            router.post("/v1/" + operation.path()).handler(context -> proxy.handle(context.request(), operation));
        }
    }
}
