package io.baigong.gateway.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** Answers calls of the Open Inference Protocol for models on servers that speak it. Thread-safe. */
public final class TensorProxy {
    final Vertx vertx;
    final ProxyConfig config;
    final Routes routes;
    final Admission admission;
    final Consumer<Usage> ledger;
    final InstantSource clock;

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
        this.vertx = vertx;
        this.config = config;
        this.routes = routes;
        this.admission = admission;
        this.ledger = ledger;
        this.clock = clock;
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

    /**
     * Answers a call.
     *
     * @param version of the model; empty for the one that its server chooses
     */
    public void handle(HttpServerRequest request, String model, Optional<String> version, Question question) {
        new TensorCall(this, request, model, version, question).begin();
    }
}
