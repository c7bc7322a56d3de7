package io.baigong.gateway.proxy;

import io.baigong.compute.Priority;
import io.baigong.gateway.guard.Guard;
import io.baigong.gateway.guard.Refused;
import io.baigong.gateway.proxy.Routes.Target;
import io.baigong.journal.Journal;
import io.baigong.journal.Tenancy;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls of the suite itself, by the same routes as those of outside programs, and counted like them. Thread-safe. */
public final class OwnCalls implements AutoCloseable {
    /** What a server answers to a request that it will never answer, such as one too long for its model. */
    private static final Set<Integer> UNFIT = Set.of(400, 413, 422);

    private final Vertx vertx;
    private final ProxyConfig config;
    private final Routes routes;
    private final Consumer<Usage> ledger;
    private final InstantSource clock;
    private final boolean owned;

    public OwnCalls(Vertx vertx, ProxyConfig config, Routes routes, Consumer<Usage> ledger, InstantSource clock) {
        this(vertx, config, routes, ledger, clock, false);
    }

    private OwnCalls(
            Vertx vertx,
            ProxyConfig config,
            Routes routes,
            Consumer<Usage> ledger,
            InstantSource clock,
            boolean owned) {
        this.vertx = vertx;
        this.config = config;
        this.routes = routes;
        this.ledger = ledger;
        this.clock = clock;
        this.owned = owned;
    }

    /** Calls from where no server runs; what they use is counted by nobody. Close it. */
    public static OwnCalls withoutServer(ProxyConfig config) {
        Vertx vertx = Vertx.vertx();
        try {
            var clock = InstantSource.system();
            return new OwnCalls(vertx, config, new Routes(config, vertx, clock), usage -> {}, clock, true);
        } catch (IllegalArgumentException e) {
            vertx.close();
            throw e;
        }
    }

    /** The models that can be called. */
    public Collection<String> models() {
        return routes.names(Protocol.OPENAI);
    }

    /**
     * Waits for a whole answer.
     *
     * @param body of the request, JSON in UTF-8; never streamed
     * @throws ApiException that says why there is none
     */
    public String answer(Operation operation, String body, Duration timeout) throws ApiException, InterruptedException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        ModelCall call = ModelCall.read(operation, bytes);
        String tenant = Tenancy.current().flatMap(Tenancy::tenant).orElse(null);
        Guard guard = routes.guards().of(tenant);
        check(guard, bytes);
        List<Target> targets = TargetOrder.of(routes.of(call.model(), Protocol.OPENAI), call, guard.zones());
        var waiting = new Waiting(call, tenant, clock.instant());
        var context = vertx.getOrCreateContext();
        var forwarding = new Forwarding(vertx, config, call, Priority.current(), targets, null, guard, waiting);
        context.runOnContext(_ -> forwarding.begin());
        try {
            return waiting.answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw ApiException.timeout("The model " + call.model() + " took longer than " + timeout + ".");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ApiException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            boolean whole = waiting.answer.isDone();
            context.runOnContext(_ -> {
                forwarding.end(!whole);
                waiting.count(forwarding.queuedMillis());
            });
        }
    }

    private static void check(Guard guard, byte[] question) throws ApiException {
        if (guard.looksAtQuestions()) {
            try {
                guard.check(question);
            } catch (Refused e) {
                throw ApiException.refused(e, false);
            } catch (IOException e) {
                throw new UncheckedIOException("the question was read before", e);
            }
        }
    }

    /** A call and its answer. Lives on the call's event loop, but for {@link #answer}. */
    private final class Waiting implements Forwarding.Caller {
        private final CompletableFuture<String> answer = new CompletableFuture<>();
        private final ModelCall call;
        private final Instant at;
        private final long began = System.nanoTime();
        private final @Nullable String tenant;
        private @Nullable Target target;
        private int status = 499;
        private @Nullable AnswerScan scan;

        private Waiting(ModelCall call, @Nullable String tenant, Instant at) {
            this.call = call;
            this.tenant = tenant;
            this.at = at;
        }

        @Override
        public void answering(Target answers) {
            target = answers;
        }

        @Override
        public void used(AnswerScan seen) {
            scan = seen;
        }

        @Override
        public void whole(int code, Buffer body, AnswerScan seen) {
            status = code;
            scan = seen;
            String text = body.toString(StandardCharsets.UTF_8);
            if (code == 200) {
                answer.complete(text);
            } else {
                String why = "The server " + server() + " refused (status " + code + "): " + text;
                answer.completeExceptionally(
                        UNFIT.contains(code) ? ApiException.invalid(why, null) : ApiException.badGateway(why));
            }
        }

        @Override
        public void events(EventStream stream, Buffer events, Attempts source) {
            throw new IllegalStateException("no stream was asked for");
        }

        @Override
        public void ended() {
            throw new IllegalStateException("no stream was asked for");
        }

        @Override
        public void failed(ApiException failure) {
            status = failure.status();
            answer.completeExceptionally(failure);
        }

        private String server() {
            Target answered = target;
            return answered == null ? "" : answered.backend().name();
        }

        private void count(double queuedMillis) {
            AnswerScan seen = scan;
            Target answered = target;
            long inputTokens = seen == null ? 0 : seen.inputTokens();
            long outputTokens = seen == null ? 0 : seen.outputTokens();
            double millis = (System.nanoTime() - began) / 1e6;
            ledger.accept(new Usage(
                    Journal.newId(),
                    null,
                    tenant,
                    call.operation().path(),
                    call.model(),
                    server(),
                    status,
                    false,
                    false,
                    inputTokens,
                    outputTokens,
                    answered == null
                            ? 0
                            : answered.price().of(inputTokens, outputTokens).micros(),
                    at,
                    millis,
                    queuedMillis,
                    millis,
                    null));
        }
    }

    /** Ends what was started for calls without a server. */
    @Override
    public void close() {
        if (owned) {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
