package io.baigong.gateway.proxy;

import io.baigong.gateway.proxy.Routes.Target;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way through the gateway. Another server is tried only as long as the caller has seen no byte of an answer.
 *
 * <p>Lives on one event loop.
 */
final class ProxiedCall {
    private static final String BEARER = "Bearer ";
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";
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
    private @Nullable HttpClientRequest upstream;
    private @Nullable Backend working;
    private @Nullable Thread answering;
    private @Nullable EventStream events;
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
                reserve(call, mostOfAnswer, () -> attempt(call, targets, 0, null));
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
        begun(200, JSON);
        end(200);
        response.end(Buffer.buffer(answer.json()));
    }

    /** Tries the targets from that one on. */
    private void attempt(ModelCall call, List<Target> targets, int number, @Nullable ApiException before) {
        if (over) {
            return;
        }
        if (number == targets.size()) {
            fail(before == null ? ApiException.unavailable("No server for " + model + " answers.") : before);
            return;
        }
        Target target = targets.get(number);
        occupy(target.backend());
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(target.backend().address(operation.path()))
                .setFollowRedirects(false)
                .setIdleTimeout(config.idleTimeout().toMillis())
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .putHeader(HttpHeaders.ACCEPT, call.stream() ? EVENTS : JSON);
        String key = target.backend().key();
        if (key != null) {
            options.putHeader(HttpHeaders.AUTHORIZATION, BEARER + key);
        }
        target.backend()
                .client()
                .request(options)
                .compose(sending -> {
                    if (over) {
                        sending.reset();
                    }
                    upstream = sending;
                    return sending.send(Buffer.buffer(call.bodyFor(target.model(), cap)));
                })
                .onComplete(answered -> {
                    if (over) {
                        return;
                    }
                    if (answered.failed()) {
                        if (!isBusy(answered.cause())) {
                            target.backend().breaker().failed();
                        }
                        vacate();
                        attempt(call, targets, number + 1, failure(target, answered.cause()));
                    } else {
                        answer(call, targets, number, answered.result());
                    }
                });
    }

    /** Whether all connections to the server are taken and as many calls wait for one as may. */
    private static boolean isBusy(Throwable cause) {
        return cause instanceof ConnectionPoolTooBusyException;
    }

    private static ApiException failure(Target target, Throwable cause) {
        if (isBusy(cause)) {
            return ApiException.rateLimited(
                    "The server " + target.backend().name() + " has more calls than it can take; try again later.");
        }
        return cause instanceof TimeoutException
                ? ApiException.timeout("The server " + target.backend().name() + " did not answer in time.")
                : ApiException.unavailable("The server " + target.backend().name() + " can't be reached.");
    }

    private void answer(ModelCall call, List<Target> targets, int number, HttpClientResponse answer) {
        Backend server = targets.get(number).backend();
        int status = answer.statusCode();
        if (status == 429 || status >= 500) {
            if (status != 429) {
                server.breaker().failed();
            }
            abandon();
            attempt(call, targets, number + 1, refused(server, status));
            return;
        }
        server.breaker().succeeded();
        backend = server.name();
        if (status == 401 || status == 403 || status < 200 || (status >= 300 && status < 400)) {
            fail(ApiException.badGateway("The server " + backend + " does not take calls of this gateway (status "
                    + status + "); its operator must look at the key and the address."));
        } else if (status == 200 && call.stream()) {
            stream(answer, call.wantsUsage());
        } else {
            collect(answer);
        }
    }

    private static ApiException refused(Backend server, int status) {
        return status == 429
                ? ApiException.rateLimited("The server " + server.name() + " has no capacity left; try again later.")
                : ApiException.badGateway("The server " + server.name() + " failed (status " + status + ").");
    }

    /** A whole answer is held until its end, so that a broken one never begins. */
    private void collect(HttpClientResponse answer) {
        var body = Buffer.buffer();
        answer.handler(chunk -> {
            if (body.length() + (long) chunk.length() > config.maxAnswerBytes()) {
                fail(ApiException.badGateway("The answer of " + backend + " is too long."));
            } else if (!over) {
                body.appendBuffer(chunk);
            }
        });
        answer.exceptionHandler(broken -> fail(broken(broken)));
        answer.endHandler(all -> {
            if (over) {
                return;
            }
            byte[] bytes = body.getBytes();
            try {
                AnswerScan scan = AnswerScan.of(bytes, 0, bytes.length);
                usageKnown = scan.hasUsage() || answer.statusCode() >= 400;
                inputTokens = scan.inputTokens();
                outputTokens = scan.outputTokens();
            } catch (IOException e) {
                fail(ApiException.badGateway("The answer of " + backend + " is no JSON object."));
                return;
            }
            if (kept != null && answer.statusCode() == 200) {
                kept.add(body);
                kept.keep(JSON);
            }
            begun(answer.statusCode(), JSON);
            end(answer.statusCode());
            response.end(body);
        });
    }

    private ApiException broken(Throwable cause) {
        return cause instanceof TimeoutException
                ? ApiException.timeout("The server " + backend + " stopped in its answer.")
                : ApiException.badGateway("The server " + backend + " broke off its answer.");
    }

    private void begun(int status, String mediaType) {
        firstByte = System.nanoTime();
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
                .putHeader("x-baigong-backend", backend);
    }

    private void stream(HttpClientResponse answer, boolean wantsUsage) {
        var passing = new EventStream(wantsUsage);
        events = passing;
        long[] bytes = {0};
        answer.handler(chunk -> {
            if (over) {
                return;
            }
            bytes[0] += chunk.length();
            write(answer, passing.take(chunk));
            if (passing.isBroken() || bytes[0] > config.maxAnswerBytes()) {
                fail(ApiException.badGateway("The server " + backend + " sent a stream that can't be read."));
            }
        });
        answer.exceptionHandler(broken -> fail(broken(broken)));
        answer.endHandler(all -> {
            if (over) {
                return;
            }
            if (!passing.isDone()) {
                fail(ApiException.badGateway("The server " + backend + " ended its stream early."));
                return;
            }
            if (kept != null) {
                kept.keep(EVENTS);
            }
            end(200);
            response.end();
        });
    }

    private void write(HttpClientResponse answer, Buffer events) {
        if (events.length() == 0) {
            return;
        }
        if (!response.headWritten()) {
            begun(200, EVENTS);
            response.setChunked(true).putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        }
        if (kept != null) {
            kept.add(events);
        }
        response.write(events);
        if (response.writeQueueFull()) {
            answer.pause();
            response.drainHandler(drained -> answer.resume());
        }
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
        response.setStatusCode(failure.status()).putHeader(HttpHeaders.CONTENT_TYPE, JSON);
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

    private void occupy(Backend server) {
        working = server;
        server.outstanding().incrementAndGet();
    }

    private void vacate() {
        if (working != null) {
            working.outstanding().decrementAndGet();
            working = null;
        }
    }

    /** Ends the call to the server, if one is open. */
    private void abandon() {
        if (upstream != null) {
            upstream.reset();
            upstream = null;
        }
        vacate();
    }

    /** The call is over, with that status; the first end counts. To be told before the response ends, which closes it. */
    private void end(int status) {
        if (over) {
            return;
        }
        over = true;
        if (status >= 300) {
            abandon();
        }
        vacate();
        if (answering != null && status >= 300) {
            answering.interrupt();
        }
        vertx.cancelTimer(timer);
        if (permit != null) {
            if (events != null) {
                inputTokens = events.inputTokens();
                outputTokens = events.outputTokens();
                usageKnown = events.hasUsage();
            }
            long now = System.nanoTime();
            ledger.accept(new Usage(
                    UUID.randomUUID(),
                    permit.key(),
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
