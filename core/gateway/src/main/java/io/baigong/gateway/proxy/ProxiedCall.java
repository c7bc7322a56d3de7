package io.baigong.gateway.proxy;

import io.baigong.compute.Priority;
import io.baigong.gateway.guard.Guard;
import io.baigong.gateway.proxy.Routes.Route;
import io.baigong.gateway.proxy.Routes.Target;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that speaks OpenAI's API: routed to a server or answered in this process, out of a cache where one may.
 *
 * <p>Lives on one event loop.
 */
final class ProxiedCall extends Call implements Forwarding.Caller {
    private static final String HERE = "in process";
    private static final String BACKEND = "x-baigong-backend";

    private final ModelProxy proxy;
    private final Operation operation;

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

    ProxiedCall(ModelProxy proxy, Exchange exchange, Operation operation) {
        super(proxy, exchange);
        this.proxy = proxy;
        this.operation = operation;
    }

    /** Reads the call, and looks at its texts off the event loop if its tenant wants that. */
    @Override
    void asked(byte[] question) throws ApiException {
        priority = PriorityHeader.of(exchange);
        ModelCall call = ModelCall.read(operation, question);
        model = call.model();
        streamed = call.stream();
        Guard guard = proxy.routes.guards().of(permit().tenant());
        if (!guard.looksAtQuestions()) {
            route(call, guard);
            return;
        }
        proxy.vertx
                .executeBlocking(
                        () -> {
                            guard.check(question);
                            return true;
                        },
                        false)
                .onComplete(checked -> {
                    if (checked.failed()) {
                        fail(checked.cause());
                    } else if (!isOver()) {
                        tryToRoute(call, guard);
                    }
                });
    }

    private void tryToRoute(ModelCall call, Guard guard) {
        try {
            route(call, guard);
        } catch (ApiException e) {
            fail(e);
        }
    }

    private void route(ModelCall call, Guard guard) throws ApiException {
        if (proxy.local.names(operation).contains(model)) {
            reserve(call, 0, Price.NONE, () -> answerHere(call.body()));
            return;
        }
        Route route = proxy.routes.of(model, Protocol.OPENAI);
        List<Target> targets = TargetOrder.of(route, call, guard.zones());
        lookInCaches(call, route, guard, () -> reserve(call, route, targets, guard));
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
            send(new Hedge(
                    proxy.vertx,
                    route.hedgeAfter().get(),
                    caller -> forwarding(call, targets, guard, caller),
                    caller -> forwarding(call, others, guard, caller),
                    this));
        } else {
            send(forwarding(call, targets, guard, this));
        }
        ShadowCall.begin(proxy.vertx, proxy.config, route, call, guard, permit().tenant(), at(), proxy.ledger);
    }

    private Forwarding forwarding(ModelCall call, List<Target> targets, Guard guard, Forwarding.Caller caller) {
        return new Forwarding(proxy.vertx, proxy.config, call, priority, targets, cap, guard, caller);
    }

    /** Gives an answer that this caller got before, if one is kept; else goes on. */
    private void lookInCaches(ModelCall call, Route route, Guard guard, Runnable otherwise) {
        if (route.cache().isEmpty() && route.semanticCache().isEmpty()) {
            otherwise.run();
            return;
        }
        CacheWish wish = CacheWish.of(exchange.header("cache-control"));
        caches = new CallCaches(proxy, permit(), guard, call, route, wish);
        caches.find(proxy.vertx.getOrCreateContext(), found -> {
            if (!isOver()) {
                found.ifPresentOrElse(this::giveAgain, otherwise);
            }
        });
    }

    private void giveAgain(CallCaches.Found found) {
        backend = found.source();
        usageKnown = true;
        var headers = new HashMap<>(Map.of(BACKEND, backend));
        headers.put("age", String.valueOf(found.answer().age().toSeconds()));
        found.similarity()
                .ifPresent(cosine -> headers.put("x-baigong-similarity", String.format(Locale.ROOT, "%.4f", cosine)));
        answer(
                new Exchange.Head(200, found.answer().mediaType(), headers),
                found.answer().body());
    }

    /** Reserves what the call may use, if its caller has a budget, and goes on. */
    private void reserve(ModelCall call, int mostOfAnswer, Price mostOfPrices, Runnable then) {
        Admission.Permit leave = permit();
        if (!leave.hasBudget()) {
            then.run();
            return;
        }
        Cost most = call.most(mostOfAnswer, mostOfPrices);
        leave.reserve(most).onComplete(answer -> {
            if (answer.failed()) {
                fail(answer.cause());
            } else if (!isOver()) {
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
                LocalModels.Answer answer = priority.call(() -> proxy.local.answer(operation, model, body));
                context.runOnContext(done -> answeredHere(answer));
            } catch (ApiException | RuntimeException e) {
                context.runOnContext(failed -> fail(e));
            }
        });
    }

    private void answeredHere(LocalModels.Answer answer) {
        if (isOver()) {
            return;
        }
        backend = HERE;
        inputTokens = answer.inputTokens();
        usageKnown = true;
        answer(head(200, Forwarding.JSON), Buffer.buffer(answer.json()));
    }

    private Exchange.Head head(int status, String mediaType) {
        return new Exchange.Head(status, mediaType, Map.of(BACKEND, backend));
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
        answer(head(status, Forwarding.JSON), body);
    }

    @Override
    public void events(EventStream stream, Buffer events, Attempts source) {
        streaming = stream;
        if (events.length() == 0) {
            return;
        }
        answerBegins();
        if (caches != null) {
            caches.add(events);
        }
        exchange.events(head(200, Forwarding.EVENTS), events, source);
    }

    @Override
    public void ended() {
        if (caches != null) {
            caches.keep(Forwarding.EVENTS);
        }
        answered();
    }

    @Override
    public void failed(ApiException failure) {
        fail(failure);
    }

    @Override
    void settle(int status) {
        if (answering != null && status >= 300) {
            answering.interrupt();
        }
        if (streaming != null) {
            inputTokens = streaming.inputTokens();
            outputTokens = streaming.outputTokens();
            usageKnown = streaming.hasUsage();
        }
        Cost used = price.of(inputTokens, outputTokens);
        count(operation.path(), model, backend, status, streamed, inputTokens, outputTokens, used);
        // An answer that began and did not say what it used may have used all that was reserved.
        boolean unknown = !usageKnown && !backend.isEmpty();
        permit().release(unknown ? reserved : used);
    }
}
