package io.baigong.gateway.proxy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request over HTTP and its response. */
final class HttpExchange implements Exchange {
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Function<ApiException, String> errors;
    private @Nullable Runnable gone;

    /** @param errors how the protocol says what went wrong, in JSON */
    HttpExchange(HttpServerRequest request, Function<ApiException, String> errors) {
        this.request = request;
        this.response = request.response();
        this.errors = errors;
    }

    @Override
    public @Nullable String header(String name) {
        return request.getHeader(name);
    }

    @Override
    public void whenGone(Runnable then) {
        gone = then;
        request.pause();
        response.closeHandler(_ -> then.run());
        response.exceptionHandler(_ -> then.run());
    }

    @Override
    public void read(int most, Consumer<byte[]> question, Consumer<Throwable> failed) {
        var body = Buffer.buffer();
        var tooLarge = new boolean[1];
        request.handler(chunk -> {
            if (tooLarge[0]) {
                return;
            }
            if (body.length() + chunk.length() > most) {
                tooLarge[0] = true;
                failed.accept(ApiException.tooLarge(most));
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(_ -> {
            if (gone != null) {
                gone.run();
            }
        });
        request.endHandler(_ -> {
            if (!tooLarge[0]) {
                question.accept(body.getBytes());
            }
        });
        request.resume();
    }

    @Override
    public boolean hasBegun() {
        return response.headWritten();
    }

    @Override
    public void whole(Head head, Buffer body) {
        begin(head);
        response.end(body);
    }

    private void begin(Head head) {
        response.setStatusCode(head.status()).putHeader(HttpHeaders.CONTENT_TYPE, head.mediaType());
        head.headers().forEach(response::putHeader);
    }

    @Override
    public void events(Head head, Buffer events, Source source) {
        if (!response.headWritten()) {
            begin(head);
            response.setChunked(true).putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        }
        response.write(events);
        if (response.writeQueueFull()) {
            source.pause();
            response.drainHandler(_ -> source.resume());
        }
    }

    @Override
    public void ended() {
        response.end();
    }

    @Override
    public void failed(ApiException failure) {
        if (response.headWritten()) {
            response.end("data: " + errors.apply(failure) + "\n\n");
            return;
        }
        response.setStatusCode(failure.status()).putHeader(HttpHeaders.CONTENT_TYPE, Forwarding.JSON);
        if (failure.status() == 429 || failure.status() == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        if (!request.isEnded() && request.version() != HttpVersion.HTTP_2) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE); // the rest of the body is not read
        }
        response.end(errors.apply(failure));
    }
}
