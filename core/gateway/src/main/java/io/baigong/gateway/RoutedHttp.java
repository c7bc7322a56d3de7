package io.baigong.gateway;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.baigong.gateway.proxy.ApiException;
import io.baigong.gateway.proxy.Operation;
import io.baigong.gateway.proxy.OwnCalls;
import java.time.Duration;

/** LangChain4j's requests by the gateway's own routes, in place of a connection to one server. Thread-safe. */
final class RoutedHttp implements HttpClient, HttpClientBuilder {
    private final OwnCalls calls;
    private final Duration timeout;

    RoutedHttp(OwnCalls calls, Duration timeout) {
        this.calls = calls;
        this.timeout = timeout;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        try {
            return SuccessfulHttpResponse.builder()
                    .statusCode(200)
                    .body(calls.answer(Operation.CHAT, request.body(), timeout))
                    .build();
        } catch (ApiException e) {
            var failure = new HttpException(e.status(), e.getMessage());
            failure.initCause(e);
            throw failure;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a model answered", e);
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException("the suite's own calls are not streamed");
    }

    @Override
    public Duration connectTimeout() {
        return timeout;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration unused) {
        return this;
    }

    @Override
    public Duration readTimeout() {
        return timeout;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration unused) {
        return this;
    }

    @Override
    public HttpClient build() {
        return this;
    }
}
