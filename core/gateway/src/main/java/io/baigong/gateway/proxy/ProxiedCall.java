package io.baigong.gateway.proxy;

import io.baigong.gateway.guard.Guard;
import io.baigong.gateway.guard.Refused;
import io.baigong.gateway.proxy.Routes.Route;
import io.baigong.gateway.proxy.Routes.Target;
import io.baigong.journal.Journal;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One call, from its coming to the end of its answer: admitted, read, routed, answered and counted.
 *
 * <p>Lives on one event loop.
 */
final class ProxiedCall implements Forwarding.Caller {
    private static final String HERE = "in process";
    private static final int CLIENT_GONE = 499;

    private final ModelProxy proxy;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Operation operation;
    private final Instant at;
    private final long began = System.nanoTime();

    private Admission.@Nullable Permit permit;
    private @Nullable Sending sending;
    private @Nullable Thread answering;
    private @Nullable EventStream streaming;
    private @Nullable CallCaches caches;
    private @Nullable Integer cap;
    private Priority priority = Priority.INTERACTIVE;
    private Cost reserved = Cost.NOTHING;
    private Price price = Price.NONE;
    private boolean usageKnown;
    private String model = "";
    private String backend = "";
    private boolean streamed;
    private long inputTokens;
    private long outputTokens;
    private long firstByte;
    private long timer = -1;
    private boolean over;

    ProxiedCall(ModelProxy proxy, HttpServerRequest request, Operation operation) {
        this.proxy = proxy;
        this.request = request;
        this.response = request.response();
        this.operation = operation;
        this.at = proxy.clock.instant();
    }

    void begin() {
        request.pause();
        response.closeHandler(closed -> end(CLIENT_GONE));
        response.exceptionHandler(broken -> end(CLIENT_GONE));
        String secret = Admission.secret(request.getHeader(HttpHeaders.AUTHORIZATION));
        proxy.admission.admit(secret).onComplete(admitted -> {
            if (admitted.failed()) {
                fail(admitted.cause());
            } else if (over) {
                admitted.result().release(Cost.NOTHING);
            } else {
                permit = admitted.result();
                timer = proxy.vertx.setTimer(
                        proxy.config.deadline().toMillis(),
                        late -> fail(
                                ApiException.timeout("The answer took longer than " + proxy.config.deadline() + ".")));
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
            if (body.length() + chunk.length() > proxy.config.maxRequestBytes()) {
                fail(ApiException.tooLarge(proxy.config.maxRequestBytes()));
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(broken -> end(CLIENT_GONE));
        request.endHandler(all -> {
            if (!over) {
                read(body.getBytes());
            }
        });
        request.resume();
    }

    /** Reads the call, and looks at its texts off the event loop if its tenant wants that. */
    private void read(byte[] body) {
        try {
            priority = Priority.of(request.getHeader(Priority.HEADER));
            ModelCall call = ModelCall.read(operation, body);
            model = call.model();
            streamed = call.stream();
            Guard guard =
                    proxy.routes.guards().of(Objects.requireNonNull(permit).tenant());
            if (!guard.looksAtQuestions()) {
                route(call, guard);
                return;
            }
            proxy.vertx
                    .executeBlocking(
                            () -> {
                                guard.check(body);
                                return true;
                            },
                            false)
                    .onComplete(checked -> {
                        if (checked.failed()) {
                            fail(checked.cause());
                        } else if (!over) {
                            route(call, guard);
                        }
                    });
        } catch (ApiException e) {
            fail(e);
        }
    }

    private void route(ModelCall call, Guard guard) {
        try {
            if (proxy.local.names(operation).contains(model)) {
                reserve(call, 0, Price.NONE, () -> answerHere(call.body()));
                return;
            }
            Route route = proxy.routes.of(model, Protocol.OPENAI);
            List<Target> targets = TargetOrder.of(route, call, guard.zones());
            lookInCaches(call, route, () -> reserve(call, route, targets, guard));
        } catch (ApiException e) {
            fail(e);
        }
    }

    private void reserve(ModelCall call, Route route, List<Target> targets, Guard guard) {
        int mostOfAnswer = operation.limit().isEmpty() ? 0 : route.maxAnswerTokens();
        Price most = targets.stream().map(Target::price).reduce(Price.NONE, Price::orHigher);
        reserve(call, mostOfAnswer, most, () -> send(call, route, targets, guard));
    }

    private void send(ModelCall call, Route route, List<Target> targets, Guard guard) {
        if (operation == Operation.EMBEDDINGS
                && targets.size() > 1
                && route.hedgeAfter().isPresent()) {
            var others = new ArrayList<>(targets);
            Collections.rotate(others, -1);
            sending = new Hedge(
                    proxy.vertx,
                    route.hedgeAfter().get(),
                    caller -> forwarding(call, targets, guard, caller),
                    caller -> forwarding(call, others, guard, caller),
                    this);
        } else {
            sending = forwarding(call, targets, guard, this);
        }
        sending.begin();
        ShadowCall.begin(
                proxy.vertx,
                proxy.config,
                route,
                call,
                guard,
                Objects.requireNonNull(permit).tenant(),
                at,
                proxy.ledger);
    }

    private Forwarding forwarding(ModelCall call, List<Target> targets, Guard guard, Forwarding.Caller caller) {
        return new Forwarding(proxy.vertx, proxy.config, call, priority, targets, cap, guard, caller);
    }

    /** Gives an answer that this caller got before, if one is kept; else goes on. */
    private void lookInCaches(ModelCall call, Route route, Runnable otherwise) {
        if (route.cache().isEmpty() && route.semanticCache().isEmpty()) {
            otherwise.run();
            return;
        }
        Admission.Permit caller = Objects.requireNonNull(permit);
        CacheWish wish = CacheWish.of(request.getHeader(HttpHeaders.CACHE_CONTROL));
        caches = new CallCaches(proxy, caller, call, route, wish);
        caches.find(caller, proxy.vertx.getOrCreateContext(), found -> {
            if (over) {
                return;
            }
            found.ifPresentOrElse(this::giveAgain, otherwise);
        });
    }

    private void giveAgain(CallCaches.Found found) {
        backend = found.source();
        usageKnown = true;
        begun(200, found.answer().mediaType());
        response.putHeader(HttpHeaders.AGE, String.valueOf(found.answer().age().toSeconds()));
        found.similarity()
                .ifPresent(cosine ->
                        response.putHeader("x-baigong-similarity", String.format(Locale.ROOT, "%.4f", cosine)));
        end(200);
        response.end(found.answer().body());
    }

    /** Reserves what the call may use, if its caller has a budget, and goes on. */
    private void reserve(ModelCall call, int mostOfAnswer, Price mostOfPrices, Runnable then) {
        Admission.Permit leave = Objects.requireNonNull(permit);
        if (!leave.hasBudget()) {
            then.run();
            return;
        }
        Cost most = call.most(mostOfAnswer, mostOfPrices);
        leave.reserve(most).onComplete(answer -> {
            if (answer.failed()) {
                fail(answer.cause());
            } else if (!over) {
                reserved = most;
                cap = mostOfAnswer == 0 ? null : mostOfAnswer;
                then.run();
            }
        });
    }

    private void answerHere(byte[] body) {
        Context context = proxy.vertx.getOrCreateContext();
        answering = Thread.ofVirtual().start(() -> {
            try {
                LocalModels.Answer answer = proxy.local.answer(operation, model, body);
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
    public void answering(Target target) {
        backend = target.backend().name();
        price = target.price();
    }

    @Override
    public void used(AnswerScan scan) {
        usageKnown = scan.hasUsage();
        inputTokens = scan.inputTokens();
        outputTokens = scan.outputTokens();
    }

    @Override
    public void whole(int status, Buffer body, AnswerScan scan) {
        used(scan);
        usageKnown |= status >= 400;
        if (caches != null && status == 200) {
            caches.add(body);
            caches.keep(Forwarding.JSON);
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
    public void events(EventStream stream, Buffer events, Attempts source) {
        streaming = stream;
        if (events.length() == 0) {
            return;
        }
        if (!response.headWritten()) {
            begun(200, Forwarding.EVENTS);
            response.setChunked(true).putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        }
        if (caches != null) {
            caches.add(events);
        }
        response.write(events);
        if (response.writeQueueFull()) {
            source.pause();
            response.drainHandler(drained -> source.resume());
        }
    }

    @Override
    public void ended() {
        if (caches != null) {
            caches.keep(Forwarding.EVENTS);
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
        ApiException failure = switch (cause) {
            case ApiException api -> api;
            case Refused refused -> ApiException.refused(refused, false);
            default -> unexpected(cause);
        };
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
        if (sending != null) {
            sending.end(status >= 300);
        }
        if (answering != null && status >= 300) {
            answering.interrupt();
        }
        proxy.vertx.cancelTimer(timer);
        if (permit != null) {
            if (streaming != null) {
                inputTokens = streaming.inputTokens();
                outputTokens = streaming.outputTokens();
                usageKnown = streaming.hasUsage();
            }
            long now = System.nanoTime();
            Cost used = price.of(inputTokens, outputTokens);
            proxy.ledger.accept(new Usage(
                    Journal.newId(),
                    permit.key(),
                    permit.tenant(),
                    operation.path(),
                    model,
                    backend,
                    status,
                    streamed,
                    false,
                    inputTokens,
                    outputTokens,
                    used.micros(),
                    at,
                    firstByte == 0 ? (now - began) / 1e6 : (firstByte - began) / 1e6,
                    (now - began) / 1e6,
                    request.getHeader("traceparent")));
            // An answer that began and did not say what it used may have used all that was reserved.
            boolean unknown = !usageKnown && !backend.isEmpty();
            permit.release(unknown ? reserved : used);
        }
    }
}
