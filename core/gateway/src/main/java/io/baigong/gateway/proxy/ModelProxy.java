package io.baigong.gateway.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.Collection;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Answers calls that speak OpenAI's API: in this process, or by the servers that models run on. Thread-safe. */
public final class ModelProxy extends Proxy {
    final AnswerCache cache;
    final SemanticCache semantic;
    final LocalModels local;

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
        super(vertx, config, routes, admission, ledger, clock);
        this.cache = new AnswerCache(config.cacheBytes());
        this.semantic = semantic;
        this.local = local;
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

    /** Answers a request over HTTP. */
    public void handle(HttpServerRequest request, Operation operation) {
        handle(new HttpExchange(request, ApiException::json), operation);
    }

    /**
     * Answers requests over a WebSocket, which this one becomes.
     *
     * @param inFlight how many of them may be unanswered
     * @param ended told when the connection has ended
     */
    public void open(HttpServerRequest handshake, Operation operation, int inFlight, Runnable ended) {
        CallSocket.open(this, handshake, operation, inFlight, ended);
    }

    /** Answers a call. */
    public void handle(Exchange exchange, Operation operation) {
        new ProxiedCall(this, exchange, operation).begin();
    }
}
