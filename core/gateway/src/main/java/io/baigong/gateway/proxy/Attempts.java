package io.baigong.gateway.proxy;

import io.baigong.compute.Priority;
import io.baigong.gateway.guard.Refused;
import io.baigong.gateway.proxy.Routes.Target;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A call that tries the servers of its model one after the other, until one begins a proper answer: none that refuses, hangs, has no
 * capacity or fails. At each it takes a place first, or waits for one by its priority. What is behind a barred address gets nothing, redirects are not followed.
 *
 * <p>Lives on one event loop.
 */
abstract class Attempts implements Sending, Exchange.Source {
    private static final String BEARER = "Bearer ";

    private final Vertx vertx;
    private final long idleMillis;
    private final String model;
    private final Priority priority;
    private final List<Target> targets;

    private @Nullable HttpClientRequest upstream;
    private @Nullable HttpClientResponse answer;
    private @Nullable Backend working;
    private CallQueue.@Nullable Ticket place;
    private int current;
    private boolean over;
    private boolean paused;
    private long heard;
    private long idleTimer = -1;
    private long waitTimer = -1;
    private long waits;
    private long waited;

    /** @param targets in the order in which they are tried */
    Attempts(Vertx vertx, ProxyConfig config, String model, Priority priority, List<Target> targets) {
        this.vertx = vertx;
        this.idleMillis = config.idleTimeout().toMillis();
        this.model = model;
        this.priority = priority;
        this.targets = targets;
    }

    /** The method, the path and the headers of a request, but for the server's key. */
    abstract RequestOptions request(Target target);

    /** The body; empty for none. */
    abstract Future<Buffer> body(Target target);

    /** A server begins an answer of status 2xx, or 4xx for what the caller sent. */
    abstract void answer(Target target, HttpClientResponse answer);

    /** No server answers, or one must not be asked. */
    abstract void failed(ApiException failure);

    /** Whether nobody waits for an answer any more. */
    boolean isOver() {
        return over;
    }

    @Override
    public void begin() {
        attempt(0, ApiException.unavailable("No server for " + model + " answers."));
    }

    @Override
    public void end(boolean abandon) {
        over = true;
        vertx.cancelTimer(idleTimer);
        stopWaiting();
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
            failed(before);
            return;
        }
        current = number;
        Target target = targets.get(number);
        working = target.backend();
        working.outstanding().incrementAndGet();
        Context context = vertx.getOrCreateContext();
        var ticket = working.queue().enter(priority, () -> context.runOnContext(_ -> atTurn(number)));
        if (ticket.isEmpty()) {
            vacate();
            attempt(number + 1, busy(target.backend()));
            return;
        }
        place = ticket.get();
        if (place.holds()) {
            connect(number);
        } else {
            waits = System.nanoTime();
            waitTimer = vertx.setTimer(idleMillis, _ -> waitedTooLong(number));
        }
    }

    /** A call that waited has a place now, unless it waits no longer. */
    private void atTurn(int number) {
        if (!over && current == number && waitTimer >= 0) {
            stopWaiting();
            connect(number);
        }
    }

    private void waitedTooLong(int number) {
        if (!over && current == number && waitTimer >= 0) {
            stopWaiting();
            vacate();
            attempt(number + 1, busy(targets.get(number).backend()));
        }
    }

    private void stopWaiting() {
        if (waitTimer >= 0) {
            vertx.cancelTimer(waitTimer);
            waitTimer = -1;
            waited += System.nanoTime() - waits;
        }
    }

    @Override
    public double queuedMillis() {
        return waited / 1e6;
    }

    private void connect(int number) {
        Target target = targets.get(number);
        target.backend()
                .client()
                .request(options(target))
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
                        failed(ApiException.refused(refused, false));
                    } else if (answered.failed()) {
                        if (!isBusy(answered.cause())) {
                            target.backend().breaker().failed();
                        }
                        vacate();
                        attempt(number + 1, failure(target.backend(), answered.cause()));
                    } else {
                        answered(target, answered.result());
                    }
                });
    }

    private RequestOptions options(Target target) {
        RequestOptions options = request(target)
                .setFollowRedirects(false)
                .setIdleTimeout(idleMillis); // until an answer begins; what comes after is watched here
        String key = target.backend().key();
        if (key != null) {
            options.putHeader(HttpHeaders.AUTHORIZATION, BEARER + key);
        }
        return options;
    }

    /** Whether all connections to the server are taken and as many calls wait for one as may. */
    private static boolean isBusy(Throwable cause) {
        return cause instanceof ConnectionPoolTooBusyException;
    }

    private static ApiException busy(Backend server) {
        return ApiException.rateLimited(
                "The server " + server.name() + " has more calls than it can take; try again later.");
    }

    private static ApiException failure(Backend server, Throwable cause) {
        if (isBusy(cause)) {
            return busy(server);
        }
        return cause instanceof TimeoutException
                ? ApiException.timeout("The server " + server.name() + " did not answer in time.")
                : ApiException.unavailable("The server " + server.name() + " can't be reached.");
    }

    private void answered(Target target, HttpClientResponse answer) {
        Backend server = target.backend();
        int status = answer.statusCode();
        if (status == 429 || status >= 500) {
            if (status != 429) {
                server.breaker().failed();
            }
            next(refused(server, status));
            return;
        }
        server.breaker().succeeded();
        answering(target);
        if (status == 401 || status == 403 || status < 200 || (status >= 300 && status < 400)) {
            failed(ApiException.badGateway("The server " + server.name()
                    + " does not take calls of this gateway (status " + status
                    + "); its operator must look at the key and the address."));
        } else {
            this.answer = answer;
            heard();
            watch(server, idleMillis);
            answer(target, answer);
        }
    }

    /** A part of the answer has come. */
    void heard() {
        heard = System.nanoTime();
    }

    /** Ends the call when no part of the answer comes for too long, unless it is the caller who takes none. */
    private void watch(Backend server, long millis) {
        idleTimer = vertx.setTimer(Math.max(1, millis), _ -> {
            long left = idleMillis - (System.nanoTime() - heard) / 1_000_000;
            if (over) {
                return;
            }
            if (paused || left > 0) {
                watch(server, paused ? idleMillis : left);
            } else {
                failed(ApiException.timeout("The server " + server.name() + " stopped in its answer."));
            }
        });
    }

    /** Takes no more of the answer until {@link #resume}. */
    @Override
    public void pause() {
        if (answer != null) {
            paused = true;
            answer.pause();
        }
    }

    @Override
    public void resume() {
        if (answer != null) {
            paused = false;
            heard();
            answer.resume();
        }
    }

    /** A server has begun to answer; told before the answer. */
    abstract void answering(Target target);

    /** The answer that has begun is none: the next server is tried. */
    void next(ApiException why) {
        vertx.cancelTimer(idleTimer);
        abandon();
        vacate();
        attempt(current + 1, why);
    }

    private static ApiException refused(Backend server, int status) {
        return status == 429
                ? ApiException.rateLimited("The server " + server.name() + " has no capacity left; try again later.")
                : ApiException.badGateway("The server " + server.name() + " failed (status " + status + ").");
    }

    /** That an answer broke off. */
    static ApiException broken(Backend server) {
        return ApiException.badGateway("The server " + server.name() + " broke off its answer.");
    }

    private void vacate() {
        if (place != null) {
            place.leave();
            place = null;
        }
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
