package io.baigong.host.openai;

import io.baigong.gateway.proxy.ModelProxy;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** {@code /v1/chat/completions} and {@code /v1/completions}: straight from the event loop into the gateway. */
@ApplicationScoped
class ProxyRoutes {
    private static final List<String> OPERATIONS = List.of("chat/completions", "completions");

    void register(@Observes Router router, ModelProxy proxy) {
        for (String operation : OPERATIONS) {
            router.post("/v1/" + operation).handler(context -> proxy.handle(context.request(), operation));
        }
    }
}
