package io.baigong.gateway.proxy;

import io.baigong.compute.Priority;
import io.baigong.gateway.guard.CallGuard;
import io.baigong.gateway.guard.Guard;
import io.baigong.gateway.guard.GuardedStream;
import io.baigong.gateway.guard.Refused;
import io.baigong.gateway.proxy.Routes.Target;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call for texts or vectors on its way to the servers of its model. Another server is tried only as long as the caller has seen no
 * byte of an answer.
 *
 * <p>Lives on one event loop.
 */
final class Forwarding extends Attempts {
    static final String JSON = "application/json";
    static final String EVENTS = "text/event-stream";

    private final Vertx vertx;
    private final ProxyConfig config;
    private final ModelCall call;
    private final @Nullable Integer cap;
    private final Guard guard;
    private final Caller caller;

    private @Nullable CallGuard guarded;

    /** Whom the answer is for. The first of {@code whole}, {@code ended} and {@code failed} ends the call. */
    interface Caller {
        /** The server of that target has begun to answer. */
        void answering(Target target);

        /** What a whole answer used, whatever becomes of it. */
        void used(AnswerScan scan);

        /** The answer, whole. */
        void whole(int status, Buffer body, AnswerScan scan);

        /** Events of a streamed answer; {@code source} may be paused. */
        void events(EventStream stream, Buffer events, Attempts source);

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
            Priority priority,
            List<Target> targets,
            @Nullable Integer cap,
            Guard guard,
            Caller caller) {
        super(vertx, config, call.model(), priority, targets);
        this.vertx = vertx;
        this.config = config;
        this.call = call;
        this.cap = cap;
        this.guard = guard;
        this.caller = caller;
    }

    /** What is sent; its texts are looked at off the event loop. */
    @Override
    Future<Buffer> body(Target target) {
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

    @Override
    RequestOptions request(Target target) {
        return target.backend()
                .to(call.operation().path())
                .setMethod(HttpMethod.POST)
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .putHeader(HttpHeaders.ACCEPT, call.stream() ? EVENTS : JSON);
    }

    @Override
    void failed(ApiException failure) {
        caller.failed(failure);
    }

    @Override
    void answering(Target target) {
        caller.answering(target);
    }

    @Override
    void answer(Target target, HttpClientResponse answer) {
        if (answer.statusCode() == 200 && call.stream()) {
            stream(target.backend(), answer);
        } else {
            collect(target.backend(), answer);
        }
    }

    /** A whole answer is held until its end, so that a broken one never begins. */
    private void collect(Backend server, HttpClientResponse answer) {
        var body = Buffer.buffer();
        answer.handler(chunk -> {
            heard();
            if (body.length() + (long) chunk.length() > config.maxAnswerBytes()) {
                caller.failed(ApiException.badGateway("The answer of " + server.name() + " is too long."));
            } else if (!isOver()) {
                body.appendBuffer(chunk);
            }
        });
        answer.exceptionHandler(_ -> caller.failed(broken(server)));
        answer.endHandler(all -> {
            if (isOver()) {
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
            if (isOver()) {
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
            if (isOver()) {
                return;
            }
            heard();
            bytes[0] += chunk.length();
            Buffer events = passing.take(chunk);
            try {
                caller.events(passing, texts == null ? events : guarded(texts, events), this);
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
        answer.exceptionHandler(_ -> caller.failed(broken(server)));
        answer.endHandler(all -> {
            if (!isOver() && passing.isDone()) {
                caller.ended();
            } else if (!isOver()) {
                caller.failed(ApiException.badGateway("The server " + server.name() + " ended its stream early."));
            }
        });
    }

    private static Buffer guarded(GuardedStream texts, Buffer events) throws IOException, Refused {
        return Buffer.buffer(texts.take(events.toString(StandardCharsets.UTF_8)));
    }
}
