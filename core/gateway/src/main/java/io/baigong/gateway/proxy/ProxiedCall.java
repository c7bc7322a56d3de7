package io.baigong.gateway.proxy;

import io.baigong.gateway.proxy.Routes.Target;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call, from its coming to the end of its answer: admitted, read, routed, answered and counted.
 *
 * <p>Lives on one event loop.
 */
final class ProxiedCall implements Forwarding.Caller {
    private static final String HERE = "in process";
    private static final String CACHE = "cache";
    private static final int CLIENT_GONE = 499;

    private final Vertx vertx;
    private final ProxyConfig config;
    private final Routes routes;
    private final AnswerCache cache;
    private final LocalModels local;
    private final Admission admission;
    private final Consumer<Usage> ledger;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Operation operation;
    private final Instant at;
    private final long began = System.nanoTime();

    private Admission.@Nullable Permit permit;
    private @Nullable Forwarding forwarding;
    private @Nullable Thread answering;
    private @Nullable EventStream streaming;
    private AnswerCache.@Nullable Place kept;
    private @Nullable Integer cap;
    private long reserved;
    private boolean usageKnown;
    private String model = "";
    private String backend = "";
    private boolean streamed;
    private long inputTokens;
    private long outputTokens;
    private long firstByte;
    private long timer = -1;
    private boolean over;

    ProxiedCall(
            Vertx vertx,
            ProxyConfig config,
            Routes routes,
            AnswerCache cache,
            LocalModels local,
            Admission admission,
            Consumer<Usage> ledger,
            InstantSource clock,
            HttpServerRequest request,
            Operation operation) {
        this.vertx = vertx;
        this.config = config;
        this.routes = routes;
        this.cache = cache;
        this.local = local;
        this.admission = admission;
        this.ledger = ledger;
        this.request = request;
        this.response = request.response();
        this.operation = operation;
        this.at = clock.instant();
    }

    void begin() {
        request.pause();
        response.closeHandler(closed -> end(CLIENT_GONE));
        response.exceptionHandler(broken -> end(CLIENT_GONE));
        String secret = Admission.secret(request.getHeader(HttpHeaders.AUTHORIZATION));
        admission.admit(secret).onComplete(admitted -> {
            if (admitted.failed()) {
                fail(admitted.cause());
            } else if (over) {
                admitted.result().release(0);
            } else {
                permit = admitted.result();
                timer = vertx.setTimer(
                        config.deadline().toMillis(),
                        late -> fail(ApiException.timeout("The answer took longer than " + config.deadline() + ".")));
                readBody();
            }
        });
    }

    private void readBody() {
        var body = Buffer.buffer();
        request.handler(chunk -> {
            if (over) {
                return;
            }
            if (body.length() + chunk.length() > config.maxRequestBytes()) {
                fail(ApiException.tooLarge(config.maxRequestBytes()));
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(broken -> end(CLIENT_GONE));
        request.endHandler(all -> {
            if (!over) {
                route(body.getBytes());
            }
        });
        request.resume();
    }

    private void route(byte[] body) {
        try {
            ModelCall call = ModelCall.read(operation, body);
            model = call.model();
            streamed = call.stream();
            if (local.names(operation).contains(model)) {
                reserve(call, 0, () -> answerHere(body));
            } else {
                List<Target> targets = routes.of(model);
                if (isAnsweredBefore(call, targets.getFirst())) {
                    return;
                }
                int mostOfAnswer =
                        operation.limit().isEmpty() ? 0 : targets.getFirst().maxAnswerTokens();
                reserve(call, mostOfAnswer, () -> {
                    forwarding = new Forwarding(vertx, config, call, targets, cap, this);
                    forwarding.begin();
                });
            }
        } catch (ApiException e) {
            fail(e);
        }
    }

    /** Gives the answer that this caller got for this call before, if it is kept. */
    private boolean isAnsweredBefore(ModelCall call, Target target) {
        if (target.cache().isEmpty()) {
            return false;
        }
        kept = cache.place(
                Objects.requireNonNull(permit).key(),
                call,
                target.cache().get(),
                request.getHeader(HttpHeaders.CACHE_CONTROL));
        Optional<AnswerCache.Answer> before = kept == null ? Optional.empty() : kept.answer();
        before.ifPresent(answer -> {
            backend = CACHE;
            usageKnown = true;
            begun(200, answer.mediaType());
            response.putHeader(HttpHeaders.AGE, String.valueOf(answer.age().toSeconds()));
            end(200);
            response.end(answer.body());
        });
        return before.isPresent();
    }

    /** Reserves what the call may use, if its caller has a budget, and goes on. */
    private void reserve(ModelCall call, int mostOfAnswer, Runnable then) {
        Admission.Permit leave = Objects.requireNonNull(permit);
        if (!leave.hasBudget()) {
            then.run();
            return;
        }
        long tokens = call.mostTokens(mostOfAnswer);
        leave.reserve(tokens).onComplete(answer -> {
            if (answer.failed()) {
                fail(answer.cause());
            } else if (!over) {
                reserved = tokens;
                cap = mostOfAnswer == 0 ? null : mostOfAnswer;
                then.run();
            }
        });
    }

    private void answerHere(byte[] body) {
        Context context = vertx.getOrCreateContext();
        answering = Thread.ofVirtual().start(() -> {
            try {
                LocalModels.Answer answer = local.answer(operation, model, body);
                context.runOnContext(done -> answeredHere(answer));
            } catch (ApiException | RuntimeException e) {
                context.runOnContext(failed -> fail(e));
            }
        });
    }

    private void answeredHere(LocalModels.Answer answer) {
        if (over) {
            return;
        }
        backend = HERE;
        inputTokens = answer.inputTokens();
        usageKnown = true;
        begun(200, Forwarding.JSON);
        end(200);
        response.end(Buffer.buffer(answer.json()));
    }

    @Override
    public void answering(String server) {
        backend = server;
    }

    @Override
    public void whole(int status, Buffer body, AnswerScan scan) {
        usageKnown = scan.hasUsage() || status >= 400;
        inputTokens = scan.inputTokens();
        outputTokens = scan.outputTokens();
        if (kept != null && status == 200) {
            kept.add(body);
            kept.keep(Forwarding.JSON);
        }
        begun(status, Forwarding.JSON);
        end(status);
        response.end(body);
    }

    private void begun(int status, String mediaType) {
        firstByte = System.nanoTime();
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
                .putHeader("x-baigong-backend", backend);
    }

    @Override
    public void events(EventStream stream, Buffer events, HttpClientResponse source) {
        streaming = stream;
        if (events.length() == 0) {
            return;
        }
        if (!response.headWritten()) {
            begun(200, Forwarding.EVENTS);
            response.setChunked(true).putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        }
        if (kept != null) {
            kept.add(events);
        }
        response.write(events);
        if (response.writeQueueFull()) {
            source.pause();
            response.drainHandler(drained -> source.resume());
        }
    }

    @Override
    public void ended() {
        if (kept != null) {
            kept.keep(Forwarding.EVENTS);
        }
        end(200);
        response.end();
    }

    @Override
    public void failed(ApiException failure) {
        fail(failure);
    }

    private void fail(Throwable cause) {
        if (over) {
            return;
        }
        ApiException failure = cause instanceof ApiException api ? api : unexpected(cause);
        boolean begun = response.headWritten();
        firstByte = begun ? firstByte : System.nanoTime();
        end(failure.status());
        if (begun) {
            response.end("data: " + failure.json() + "\n\n");
            return;
        }
        response.setStatusCode(failure.status()).putHeader(HttpHeaders.CONTENT_TYPE, Forwarding.JSON);
        if (failure.status() == 429 || failure.status() == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        if (!request.isEnded() && request.version() != HttpVersion.HTTP_2) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE); // the rest of the body is not read
        }
        response.end(Buffer.buffer(failure.json().getBytes(StandardCharsets.UTF_8)));
    }

    private static ApiException unexpected(Throwable cause) {
        UUID incident = UUID.randomUUID();
        System.getLogger(ProxiedCall.class.getName()).log(System.Logger.Level.ERROR, "incident " + incident, cause);
        return new ApiException(
                500, "server_error", null, null, "The gateway failed; this is incident " + incident + ".");
    }

    /** The call is over, with that status; the first end counts. To be told before the response ends, which closes it. */
    private void end(int status) {
        if (over) {
            return;
        }
        over = true;
        if (forwarding != null) {
            forwarding.end(status >= 300);
        }
        if (answering != null && status >= 300) {
            answering.interrupt();
        }
        vertx.cancelTimer(timer);
        if (permit != null) {
            if (streaming != null) {
                inputTokens = streaming.inputTokens();
                outputTokens = streaming.outputTokens();
                usageKnown = streaming.hasUsage();
            }
            long now = System.nanoTime();
            ledger.accept(new Usage(
                    UUID.randomUUID(),
                    permit.key(),
                    null,
                    operation.path(),
                    model,
                    backend,
                    status,
                    streamed,
                    inputTokens,
                    outputTokens,
                    at,
                    firstByte == 0 ? (now - began) / 1e6 : (firstByte - began) / 1e6,
                    (now - began) / 1e6));
            // An answer that began and did not say what it used may have used all that was reserved.
            boolean unknown = !usageKnown && !backend.isEmpty();
            permit.release(unknown ? reserved : inputTokens + outputTokens);
        }
    }
}
