package io.baigong.host.kserve;

import io.baigong.gateway.proxy.TensorProxy;
import io.baigong.gateway.proxy.TensorProxy.Question;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code /v2/models} of models on servers that speak KServe V2: straight from the event loop to the server, as {@code /v1} goes. Other
 * models are {@link InferenceResource}'s.
 */
@ApplicationScoped
class TensorRoutes {
    /** Before every filter, whose order is the negative of its priority. */
    private static final int FIRST = -1_000_000;

    void register(@Observes Router router, TensorProxy proxy) {
        for (Question question : Question.values()) {
            for (String model : List.of("/v2/models/:model", "/v2/models/:model/versions/:version")) {
                router.route(question == Question.INFER ? HttpMethod.POST : HttpMethod.GET, model + question.path())
                        .order(FIRST)
                        .handler(context -> handle(proxy, context, question));
            }
        }
    }

    private static void handle(TensorProxy proxy, RoutingContext context, Question question) {
        String model = Objects.requireNonNull(context.pathParam("model"));
        Optional<String> version = Optional.ofNullable(context.pathParam("version"));
        if (version.isPresent() || proxy.knows(model)) { // models of this process have no versions
            proxy.handle(context.request(), model, version, question);
        } else {
            context.next();
        }
    }
}
