package io.baigong.gateway.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.Collection;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Answers calls that speak OpenAI's API: in this process, or by the servers that models run on. Thread-safe. */
public final class ModelProxy {
    final Vertx vertx;
    final ProxyConfig config;
    final Routes routes;
    final AnswerCache cache;
    final SemanticCache semantic;
    final LocalModels local;
    final Admission admission;
    final Consumer<Usage> ledger;
    final InstantSource clock;

    /**
     * Answers calls by these routes.
     *
     * @param ledger told of each call at its end; called on event loops, so it must not block
     */
    public ModelProxy(
            Vertx vertx,
            ProxyConfig config,
            Routes routes,
            LocalModels local,
            SemanticCache semantic,
            Admission admission,
            Consumer<Usage> ledger,
            InstantSource clock) {
        this.vertx = vertx;
        this.config = config;
        this.routes = routes;
        this.cache = new AnswerCache(config.cacheBytes());
        this.semantic = semantic;
        this.local = local;
        this.admission = admission;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Most bytes of an answer that is kept to be given again. */
    int mostKeptBytes() {
        return (int) Math.min(Math.max(config.cacheBytes(), config.semanticCacheBytes()) / 8, 16 << 20);
    }

    /** The models that callers may name, sorted. */
    public Collection<String> models() {
        var names = new TreeSet<>(routes.names(Protocol.OPENAI));
        names.addAll(local.names(Operation.EMBEDDINGS));
        return names;
    }

    /** Answers a call. */
    public void handle(HttpServerRequest request, Operation operation) {
        new ProxiedCall(this, request, operation).begin();
    }
}
