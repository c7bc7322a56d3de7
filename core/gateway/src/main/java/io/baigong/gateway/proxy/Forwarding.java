package io.baigong.gateway.proxy;

import io.baigong.gateway.guard.CallGuard;
import io.baigong.gateway.guard.Guard;
import io.baigong.gateway.guard.GuardedStream;
import io.baigong.gateway.guard.Refused;
import io.baigong.gateway.proxy.Routes.Target;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A call on its way to the servers of its model. Another server is tried only as long as the caller has seen no byte of an answer.
 *
 * <p>Lives on one event loop.
 */
final class Forwarding implements Sending {
    static final String JSON = "application/json";
    static final String EVENTS = "text/event-stream";
    private static final String BEARER = "Bearer ";

    private final Vertx vertx;
    private final ProxyConfig config;
    private final ModelCall call;
    private final List<Target> targets;
    private final @Nullable Integer cap;
    private final Guard guard;
    private final Caller caller;

    private @Nullable CallGuard guarded;
    private @Nullable HttpClientRequest upstream;
    private @Nullable Backend working;
    private boolean over;

    /** Whom the answer is for. The first of {@code whole}, {@code ended} and {@code failed} ends the call. */
    interface Caller {
        /** The server of that target has begun to answer. */
        void answering(Target target);

        /** What a whole answer used, whatever becomes of it. */
        void used(AnswerScan scan);

        /** The answer, whole. */
        void whole(int status, Buffer body, AnswerScan scan);

        /** Events of a streamed answer; {@code source} may be paused. */
        void events(EventStream stream, Buffer events, HttpClientResponse source);

        /** The stream has come to its proper end. */
        void ended();

        /** There is no answer, or it broke off. */
        void failed(ApiException failure);
    }

    /**
     * A call that has not been sent.
     *
     * @param targets in the order in which they are tried
     * @param cap tokens that an answer may have if the call does not say; null for no limit
     * @param guard of the tenant
     */
    Forwarding(
            Vertx vertx,
            ProxyConfig config,
            ModelCall call,
            List<Target> targets,
            @Nullable Integer cap,
            Guard guard,
            Caller caller) {
        this.vertx = vertx;
        this.config = config;
        this.call = call;
        this.targets = targets;
        this.cap = cap;
        this.guard = guard;
        this.caller = caller;
    }

    @Override
    public void begin() {
        attempt(0, ApiException.unavailable("No server for " + call.model() + " answers."));
    }

    @Override
    public void end(boolean abandon) {
        over = true;
        if (abandon) {
            abandon();
        }
        vacate();
    }

    /** Tries the targets from that one on. */
    private void attempt(int number, ApiException before) {
        if (over) {
            return;
        }
        if (number == targets.size()) {
            caller.failed(before);
            return;
        }
        Target target = targets.get(number);
        working = target.backend();
        working.outstanding().incrementAndGet();
        target.backend()
                .client()
                .request(request(target.backend()))
                .compose(sending -> {
                    if (over) {
                        sending.reset();
                    }
                    upstream = sending;
                    if (Backend.isBarred(sending.connection().remoteAddress())) {
                        abandon();
                        return Future.failedFuture("its address is barred");
                    }
                    return body(target).compose(sending::send);
                })
                .onComplete(answered -> {
                    if (over) {
                        return;
                    }
                    if (answered.failed() && answered.cause() instanceof Refused refused) {
                        abandon();
                        caller.failed(ApiException.refused(refused, false));
                    } else if (answered.failed()) {
                        if (!isBusy(answered.cause())) {
                            target.backend().breaker().failed();
                        }
                        vacate();
                        attempt(number + 1, failure(target.backend(), answered.cause()));
                    } else {
                        answer(number, answered.result());
                    }
                });
    }

    /** What is sent; its texts are looked at off the event loop. */
    private Future<Buffer> body(Target target) {
        byte[] body = call.bodyFor(target.model(), cap);
        Optional<CallGuard> guards =
                guard.call(target.backend().masks(), call.operation().isText());
        guarded = guards.orElse(null);
        if (guards.isEmpty()) {
            return Future.succeededFuture(Buffer.buffer(body));
        }
        return vertx.executeBlocking(() -> Buffer.buffer(guards.get().question(body)), false)
                .compose(found -> Future.succeededFuture(Objects.requireNonNull(found)));
    }

    private RequestOptions request(Backend server) {
        RequestOptions options = server.to(call.operation())
                .setMethod(HttpMethod.POST)
                .setFollowRedirects(false)
                .setIdleTimeout(config.idleTimeout().toMillis())
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .putHeader(HttpHeaders.ACCEPT, call.stream() ? EVENTS : JSON);
        String key = server.key();
        if (key != null) {
            options.putHeader(HttpHeaders.AUTHORIZATION, BEARER + key);
        }
        return options;
    }

    /** Whether all connections to the server are taken and as many calls wait for one as may. */
    private static boolean isBusy(Throwable cause) {
        return cause instanceof ConnectionPoolTooBusyException;
    }

    private static ApiException failure(Backend server, Throwable cause) {
        if (isBusy(cause)) {
            return ApiException.rateLimited(
                    "The server " + server.name() + " has more calls than it can take; try again later.");
        }
        return cause instanceof TimeoutException
                ? ApiException.timeout("The server " + server.name() + " did not answer in time.")
                : ApiException.unavailable("The server " + server.name() + " can't be reached.");
    }

    private void answer(int number, HttpClientResponse answer) {
        Backend server = targets.get(number).backend();
        int status = answer.statusCode();
        if (status == 429 || status >= 500) {
            if (status != 429) {
                server.breaker().failed();
            }
            abandon();
            vacate();
            attempt(number + 1, refused(server, status));
            return;
        }
        server.breaker().succeeded();
        caller.answering(targets.get(number));
        if (status == 401 || status == 403 || status < 200 || (status >= 300 && status < 400)) {
            caller.failed(ApiException.badGateway(
                    "The server " + server.name() + " does not take calls of this gateway (status " + status
                            + "); its operator must look at the key and the address."));
        } else if (status == 200 && call.stream()) {
            stream(server, answer);
        } else {
            collect(server, answer);
        }
    }

    private static ApiException refused(Backend server, int status) {
        return status == 429
                ? ApiException.rateLimited("The server " + server.name() + " has no capacity left; try again later.")
                : ApiException.badGateway("The server " + server.name() + " failed (status " + status + ").");
    }

    /** A whole answer is held until its end, so that a broken one never begins. */
    private void collect(Backend server, HttpClientResponse answer) {
        var body = Buffer.buffer();
        answer.handler(chunk -> {
            if (body.length() + (long) chunk.length() > config.maxAnswerBytes()) {
                caller.failed(ApiException.badGateway("The answer of " + server.name() + " is too long."));
            } else if (!over) {
                body.appendBuffer(chunk);
            }
        });
        answer.exceptionHandler(broken -> caller.failed(broken(server, broken)));
        answer.endHandler(all -> {
            if (over) {
                return;
            }
            byte[] bytes = body.getBytes();
            try {
                AnswerScan scan = AnswerScan.of(bytes, 0, bytes.length);
                CallGuard guards = guarded;
                if (guards == null) {
                    caller.whole(answer.statusCode(), body, scan);
                } else {
                    guard(guards, answer.statusCode(), bytes, scan);
                }
            } catch (IOException e) {
                caller.failed(ApiException.badGateway("The answer of " + server.name() + " is no JSON object."));
            }
        });
    }

    /** Looks at a whole answer off the event loop, for it may be long. */
    private void guard(CallGuard guards, int status, byte[] bytes, AnswerScan scan) {
        caller.used(scan);
        vertx.executeBlocking(() -> Buffer.buffer(guards.answer(bytes)), false).onComplete(looked -> {
            if (over) {
                return;
            }
            if (looked.succeeded()) {
                caller.whole(status, Objects.requireNonNull(looked.result()), scan);
            } else if (looked.cause() instanceof Refused refused) {
                caller.failed(ApiException.refused(refused, true));
            } else {
                caller.failed(ApiException.badGateway("The answer can't be looked at."));
            }
        });
    }

    private void stream(Backend server, HttpClientResponse answer) {
        var passing = new EventStream(call.wantsUsage());
        GuardedStream texts = guarded == null ? null : guarded.stream();
        long[] bytes = {0};
        answer.handler(chunk -> {
            if (over) {
                return;
            }
            bytes[0] += chunk.length();
            Buffer events = passing.take(chunk);
            try {
                caller.events(passing, texts == null ? events : guarded(texts, events), answer);
            } catch (Refused e) {
                caller.failed(ApiException.refused(e, true));
                return;
            } catch (IOException e) {
                caller.failed(
                        ApiException.badGateway("The server " + server.name() + " sent a stream that can't be read."));
                return;
            }
            if (passing.isBroken() || bytes[0] > config.maxAnswerBytes()) {
                caller.failed(
                        ApiException.badGateway("The server " + server.name() + " sent a stream that can't be read."));
            }
        });
        answer.exceptionHandler(broken -> caller.failed(broken(server, broken)));
        answer.endHandler(all -> {
            if (!over && passing.isDone()) {
                caller.ended();
            } else if (!over) {
                caller.failed(ApiException.badGateway("The server " + server.name() + " ended its stream early."));
            }
        });
    }

    private static Buffer guarded(GuardedStream texts, Buffer events) throws IOException, Refused {
        return Buffer.buffer(texts.take(events.toString(StandardCharsets.UTF_8)));
    }

    private static ApiException broken(Backend server, Throwable cause) {
        return cause instanceof TimeoutException
                ? ApiException.timeout("The server " + server.name() + " stopped in its answer.")
                : ApiException.badGateway("The server " + server.name() + " broke off its answer.");
    }

    private void vacate() {
        if (working != null) {
            working.outstanding().decrementAndGet();
            working = null;
        }
    }

    private void abandon() {
        if (upstream != null) {
            upstream.reset();
            upstream = null;
        }
    }
}
