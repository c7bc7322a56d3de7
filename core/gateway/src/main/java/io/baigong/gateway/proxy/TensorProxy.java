package io.baigong.gateway.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** Answers calls of the Open Inference Protocol for models on servers that speak it. Thread-safe. */
public final class TensorProxy extends Proxy {
    /**
     * Answers calls by these routes.
     *
     * @param ledger told of each inference at its end; called on event loops, so it must not block
     */
    public TensorProxy(
            Vertx vertx,
            ProxyConfig config,
            Routes routes,
            Admission admission,
            Consumer<Usage> ledger,
            InstantSource clock) {
        super(vertx, config, routes, admission, ledger, clock);
    }

    /** What a model is asked. */
    public enum Question {
        /** Whether it can be asked. */
        READY("/ready"),
        /** What it takes and gives. */
        METADATA(""),
        INFER("/infer");

        private final String path;

        Question(String path) {
            this.path = path;
        }

        /** Behind the model's own path. */
        public String path() {
            return path;
        }
    }

    /** Whether a model is on such servers; others are not answered here. */
    public boolean knows(String model) {
        return routes.has(model, Protocol.KSERVE);
    }

    /** Answers a request over HTTP. */
    public void handle(HttpServerRequest request, String model, Optional<String> version, Question question) {
        handle(new HttpExchange(request, TensorCall::error), model, version, question);
    }

    /**
     * Answers a call.
     *
     * @param version of the model; empty for the one that its server chooses
     */
    public void handle(Exchange exchange, String model, Optional<String> version, Question question) {
        new TensorCall(this, exchange, model, version, question).begin();
    }
}
