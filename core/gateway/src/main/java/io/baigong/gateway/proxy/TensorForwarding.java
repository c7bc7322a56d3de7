package io.baigong.gateway.proxy;

import io.baigong.compute.Priority;
import io.baigong.gateway.proxy.Routes.Target;
import io.baigong.gateway.proxy.TensorProxy.Question;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call for tensors on its way to the servers of its model. An answer is held until its end, so that a broken one never begins.
 *
 * <p>Lives on one event loop.
 */
final class TensorForwarding extends Attempts {
    private static final String JSON = "application/json";
    private static final String BYTES = "application/octet-stream";
    private static final int OK = 200;

    private final ProxyConfig config;
    private final Question question;
    private final Optional<String> version;
    private final @Nullable TensorRequest request;
    private final Caller caller;

    /** Whom the answer is for. The first of {@code whole} and {@code failed} ends the call. */
    interface Caller {
        /** The server has begun to answer. */
        void answering(Backend server);

        void whole(int status, TensorRequest answer);

        /** There is no answer, or it broke off. */
        void failed(ApiException failure);
    }

    /** @param request null for a question without tensors */
    TensorForwarding(
            Vertx vertx,
            ProxyConfig config,
            String model,
            Priority priority,
            Optional<String> version,
            Question question,
            @Nullable TensorRequest request,
            List<Target> targets,
            Caller caller) {
        super(vertx, config, model, priority, targets);
        this.config = config;
        this.version = version;
        this.question = question;
        this.request = request;
        this.caller = caller;
    }

    @Override
    RequestOptions request(Target target) {
        String path = "models/" + segment(target.model())
                + version.map(number -> "/versions/" + segment(number)).orElse("") + question.path();
        RequestOptions options = target.backend().to(path);
        if (request == null) {
            return options.setMethod(HttpMethod.GET);
        }
        options.setMethod(HttpMethod.POST).putHeader(HttpHeaders.CONTENT_TYPE, request.header() == null ? JSON : BYTES);
        if (request.header() != null) {
            options.putHeader(TensorRequest.HEADER_LENGTH, request.header());
        }
        return options;
    }

    private static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    Future<Buffer> body(Target target) {
        return Future.succeededFuture(request == null ? Buffer.buffer() : Buffer.buffer(request.body()));
    }

    @Override
    void answering(Target target) {
        caller.answering(target.backend());
    }

    @Override
    void answer(Target target, HttpClientResponse answer) {
        Backend server = target.backend();
        if (question == Question.READY && answer.statusCode() != OK) {
            next(ApiException.unavailable("The server " + server.name() + " has the model, but it is not ready."));
            return;
        }
        var body = Buffer.buffer();
        answer.handler(chunk -> {
            if (isOver()) {
                return;
            }
            heard();
            if (body.length() + (long) chunk.length() > config.maxAnswerBytes()) {
                failed(ApiException.badGateway("The answer of " + server.name() + " is too long."));
            } else {
                body.appendBuffer(chunk);
            }
        });
        answer.exceptionHandler(_ -> failed(broken(server)));
        answer.endHandler(_ -> {
            if (!isOver()) {
                whole(server, answer, body.getBytes());
            }
        });
    }

    private void whole(Backend server, HttpClientResponse answer, byte[] body) {
        if (question == Question.READY) { // servers say it by the status, with or without a body
            caller.whole(OK, new TensorRequest(body, null, false));
            return;
        }
        try {
            caller.whole(answer.statusCode(), TensorRequest.of(body, answer.getHeader(TensorRequest.HEADER_LENGTH)));
        } catch (IOException e) {
            failed(ApiException.badGateway("The answer of " + server.name() + " can't be read."));
        }
    }

    @Override
    void failed(ApiException failure) {
        if (!isOver()) {
            caller.failed(failure);
        }
    }
}
