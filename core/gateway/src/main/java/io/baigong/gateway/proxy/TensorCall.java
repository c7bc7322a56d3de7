package io.baigong.gateway.proxy;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.baigong.gateway.guard.Guard;
import io.baigong.gateway.proxy.Routes.Target;
import io.baigong.gateway.proxy.TensorProxy.Question;
import io.baigong.journal.Journal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One call for tensors, from its coming to the end of its answer: admitted, read, routed, answered and counted.
 *
 * <p>Lives on one event loop.
 */
final class TensorCall implements TensorForwarding.Caller {
    private static final String OPERATION = "infer";
    private static final int CLIENT_GONE = 499;

    private final TensorProxy proxy;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final String model;
    private final Optional<String> version;
    private final Question question;
    private final Instant at;
    private final long began = System.nanoTime();

    private Admission.@Nullable Permit permit;
    private @Nullable Sending sending;
    private String backend = "";
    private long timer = -1;
    private boolean over;

    TensorCall(
            TensorProxy proxy, HttpServerRequest request, String model, Optional<String> version, Question question) {
        this.proxy = proxy;
        this.request = request;
        this.response = request.response();
        this.model = model;
        this.version = version;
        this.question = question;
        this.at = proxy.clock.instant();
    }

    void begin() {
        request.pause();
        response.closeHandler(_ -> end(CLIENT_GONE));
        response.exceptionHandler(_ -> end(CLIENT_GONE));
        proxy.admission
                .admit(Admission.secret(request.getHeader(HttpHeaders.AUTHORIZATION)))
                .onComplete(admitted -> {
                    if (admitted.failed()) {
                        fail(admitted.cause());
                    } else if (over) {
                        admitted.result().release(Cost.NOTHING);
                    } else {
                        permit = admitted.result();
                        timer = proxy.vertx.setTimer(
                                proxy.config.deadline().toMillis(),
                                _ -> fail(ApiException.timeout(
                                        "The answer took longer than " + proxy.config.deadline() + ".")));
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
        request.exceptionHandler(_ -> end(CLIENT_GONE));
        request.endHandler(_ -> {
            if (!over) {
                send(body.getBytes());
            }
        });
        request.resume();
    }

    private void send(byte[] body) {
        try {
            Guard guard =
                    proxy.routes.guards().of(Objects.requireNonNull(permit).tenant());
            TensorRequest tensors = question == Question.INFER ? read(body, guard) : null;
            List<Target> targets = TargetOrder.of(proxy.routes.of(model, Protocol.KSERVE), model, guard.zones());
            Priority priority = Priority.of(request.getHeader(Priority.HEADER));
            sending = new TensorForwarding(
                    proxy.vertx, proxy.config, model, priority, version, question, tensors, targets, this);
            sending.begin();
        } catch (ApiException e) {
            fail(e);
        }
    }

    private TensorRequest read(byte[] body, Guard guard) throws ApiException {
        if (request.getHeader(HttpHeaders.CONTENT_ENCODING) != null) {
            throw ApiException.invalid("Send the body without Content-Encoding.", null);
        }
        TensorRequest tensors;
        try {
            tensors = TensorRequest.of(body, request.getHeader(TensorRequest.HEADER_LENGTH));
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
        response.setStatusCode(status).putHeader("x-baigong-backend", backend);
        byte[] body = answer.body();
        if (question == Question.READY) {
            body = ("{\"name\":" + quoted(model) + ",\"ready\":true}").getBytes(StandardCharsets.UTF_8);
        }
        response.putHeader(
                HttpHeaders.CONTENT_TYPE, answer.header() == null ? Forwarding.JSON : "application/octet-stream");
        if (answer.header() != null) {
            response.putHeader(TensorRequest.HEADER_LENGTH, answer.header());
        }
        end(status);
        response.end(Buffer.buffer(body));
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
        end(failure.status());
        response.setStatusCode(failure.status()).putHeader(HttpHeaders.CONTENT_TYPE, Forwarding.JSON);
        if (failure.status() == 429 || failure.status() == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        if (!request.isEnded() && request.version() != HttpVersion.HTTP_2) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE); // the rest of the body is not read
        }
        response.end("{\"error\":" + quoted(String.valueOf(failure.getMessage())) + "}");
    }

    private static ApiException unexpected(Throwable cause) {
        UUID incident = UUID.randomUUID();
        System.getLogger(TensorCall.class.getName()).log(System.Logger.Level.ERROR, "incident " + incident, cause);
        return new ApiException(
                500, "server_error", null, null, "The gateway failed; this is incident " + incident + ".");
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
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
        proxy.vertx.cancelTimer(timer);
        if (permit == null) {
            return;
        }
        if (question == Question.INFER) {
            double millis = (System.nanoTime() - began) / 1e6;
            proxy.ledger.accept(new Usage(
                    Journal.newId(),
                    permit.key(),
                    permit.tenant(),
                    OPERATION,
                    model,
                    backend,
                    status,
                    false,
                    false,
                    0,
                    0,
                    0,
                    at,
                    millis,
                    millis,
                    request.getHeader("traceparent")));
        }
        permit.release(Cost.NOTHING);
    }
}
