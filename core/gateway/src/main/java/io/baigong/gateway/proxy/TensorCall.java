package io.baigong.gateway.proxy;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.baigong.compute.Priority;
import io.baigong.gateway.guard.Guard;
import io.baigong.gateway.proxy.Routes.Target;
import io.baigong.gateway.proxy.TensorProxy.Question;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call for tensors, routed to a server.
 *
 * <p>Lives on one event loop.
 */
final class TensorCall extends Call implements TensorForwarding.Caller {
    private static final String OPERATION = "infer";

    private final TensorProxy proxy;
    private final String model;
    private final Optional<String> version;
    private final Question question;

    private String backend = "";

    TensorCall(TensorProxy proxy, Exchange exchange, String model, Optional<String> version, Question question) {
        super(proxy, exchange);
        this.proxy = proxy;
        this.model = model;
        this.version = version;
        this.question = question;
    }

    /** What went wrong, as the protocol says it. */
    static String error(ApiException failure) {
        return "{\"error\":" + quoted(String.valueOf(failure.getMessage())) + "}";
    }

    @Override
    void asked(byte[] body) throws ApiException {
        Guard guard = proxy.routes.guards().of(permit().tenant());
        TensorRequest tensors = question == Question.INFER ? read(body, guard) : null;
        List<Target> targets = TargetOrder.of(proxy.routes.of(model, Protocol.KSERVE), model, guard.zones());
        Priority priority = PriorityHeader.of(exchange);
        send(new TensorForwarding(
                proxy.vertx, proxy.config, model, priority, version, question, tensors, targets, this));
    }

    private TensorRequest read(byte[] body, Guard guard) throws ApiException {
        if (exchange.header("content-encoding") != null) {
            throw ApiException.invalid("Send the body without Content-Encoding.", null);
        }
        TensorRequest tensors;
        try {
            tensors = TensorRequest.of(body, exchange.header(TensorRequest.HEADER_LENGTH));
        } catch (IOException e) {
            throw ApiException.invalid("The body can't be read: " + ModelCall.brief(e) + ".", null);
        }
        if (tensors.hasTexts() && guard.looksAtTexts()) {
            throw ApiException.forbidden(
                    "texts_not_looked_at",
                    "What this tenant's guard looks for in texts can't be looked for in tensors: send no BYTES to the model "
                            + model + ".");
        }
        return tensors;
    }

    @Override
    public void answering(Backend server) {
        backend = server.name();
    }

    @Override
    public void whole(int status, TensorRequest answer) {
        byte[] body = answer.body();
        if (question == Question.READY) {
            body = ("{\"name\":" + quoted(model) + ",\"ready\":true}").getBytes(StandardCharsets.UTF_8);
        }
        var headers = new HashMap<>(Map.of("x-baigong-backend", backend));
        if (answer.header() != null) {
            headers.put(TensorRequest.HEADER_LENGTH, answer.header());
        }
        answer(
                new Exchange.Head(
                        status, answer.header() == null ? Forwarding.JSON : "application/octet-stream", headers),
                Buffer.buffer(body));
    }

    @Override
    public void failed(ApiException failure) {
        fail(failure);
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    @Override
    void settle(int status) {
        if (question == Question.INFER) {
            count(OPERATION, model, backend, status, false, 0, 0, Cost.NOTHING);
        }
        permit().release(Cost.NOTHING);
    }
}
