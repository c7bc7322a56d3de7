package io.baigong.gateway.proxy;

import io.baigong.compute.Priority;
import io.baigong.gateway.guard.Guard;
import io.baigong.gateway.proxy.Routes.Route;
import io.baigong.gateway.proxy.Routes.Shadow;
import io.baigong.journal.Journal;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * A copy of a call, sent to a server that is on trial. Its answer is for nobody; what became of it and what it used is written
 * down beside the call itself. The caller neither waits for it nor pays.
 *
 * <p>Lives on one event loop.
 */
final class ShadowCall implements Forwarding.Caller {
    private final Vertx vertx;
    private final ModelCall call;
    private final String tenant;
    private final Routes.Target target;
    private final Instant at;
    private final Consumer<Usage> ledger;
    private final long began = System.nanoTime();
    private final Forwarding forwarding;
    private final long timer;

    private long firstByte;
    private long inputTokens;
    private long outputTokens;
    private boolean over;

    private ShadowCall(
            Vertx vertx,
            ProxyConfig config,
            ModelCall call,
            Routes.Target target,
            Guard guard,
            String tenant,
            Instant at,
            Consumer<Usage> ledger) {
        this.vertx = vertx;
        this.call = call;
        this.tenant = tenant;
        this.target = target;
        this.at = at;
        this.ledger = ledger;
        this.forwarding = new Forwarding(vertx, config, call, Priority.BATCH, List.of(target), null, guard, this);
        this.timer = vertx.setTimer(config.deadline().toMillis(), late -> end(504));
    }

    /** Sends a copy if the route has a shadow, the call is one of its share, and its texts may go there. */
    static void begin(
            Vertx vertx,
            ProxyConfig config,
            Route route,
            ModelCall call,
            Guard guard,
            String tenant,
            Instant at,
            Consumer<Usage> ledger) {
        if (route.shadow().isEmpty()) {
            return;
        }
        Shadow shadow = route.shadow().get();
        Routes.Target target = shadow.target();
        boolean allowed = guard.zones().isEmpty()
                || guard.zones().contains(target.backend().zone());
        if (allowed
                && ThreadLocalRandom.current().nextDouble() < shadow.share()
                && target.backend().breaker().allows()
                && target.lacks(call).isEmpty()) {
            new ShadowCall(vertx, config, call, target, guard, tenant, at, ledger).forwarding.begin();
        }
    }

    @Override
    public void answering(Routes.Target answers) {
        firstByte = System.nanoTime();
    }

    @Override
    public void used(AnswerScan scan) {
        inputTokens = scan.inputTokens();
        outputTokens = scan.outputTokens();
    }

    @Override
    public void whole(int status, Buffer body, AnswerScan scan) {
        used(scan);
        end(status);
    }

    @Override
    public void events(EventStream stream, Buffer events, Attempts source) {
        inputTokens = stream.inputTokens();
        outputTokens = stream.outputTokens();
    }

    @Override
    public void ended() {
        end(200);
    }

    @Override
    public void failed(ApiException failure) {
        end(failure.status());
    }

    private void end(int status) {
        if (over) {
            return;
        }
        over = true;
        vertx.cancelTimer(timer);
        forwarding.end(status >= 300);
        double millis = (System.nanoTime() - began) / 1e6;
        ledger.accept(new Usage(
                Journal.newId(),
                null,
                tenant,
                call.operation().path(),
                call.model(),
                target.backend().name(),
                status,
                call.stream(),
                true,
                inputTokens,
                outputTokens,
                target.price().of(inputTokens, outputTokens).micros(),
                at,
                firstByte == 0 ? millis : (firstByte - began) / 1e6,
                forwarding.queuedMillis(),
                millis,
                null));
    }
}
