package io.baigong.host.openai;

import io.baigong.gateway.proxy.ModelProxy;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** The operations of {@code /v1}: straight from the event loop into the gateway. */
@ApplicationScoped
class ProxyRoutes {
    private static final List<String> OPERATIONS = List.of("chat/completions", "completions", "embeddings");

    void register(@Observes Router router, ModelProxy proxy) {
        for (String operation : OPERATIONS) {
            router.post("/v1/" + operation).handler(context -> proxy.handle(context.request(), operation));
        }
    }
}
