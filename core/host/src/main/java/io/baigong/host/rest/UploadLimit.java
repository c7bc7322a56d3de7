package io.baigong.host.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.vertx.VertxInputStream;

/** Refuses a body by its announced length before any of it is read; one without a length is cut off while it is read. */
@ApplicationScoped
class UploadLimit {
    /** Ahead of Quarkus's own check, whose answer is empty. */
    private static final int BEFORE_QUARKUS = 1000;

    /** Behind it: Quarkus sets the limit for bodies without a length at order -2, and a filter's order is its priority negated. */
    private static final int AFTER_QUARKUS = 1;

    /** So much more than the limit may be read, so that the form's parser meets it first, whose answer is a problem. */
    private static final long SLACK = 1 << 16;

    /** How long a client may go on sending what nobody reads, so that it comes to read the answer. */
    private static final long DRAIN_MILLIS = 10_000;

    private final long maxBytes;
    private final ObjectMapper mapper;

    UploadLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize max, ObjectMapper mapper) {
        this.maxBytes = max.asLongValue();
        this.mapper = mapper;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_QUARKUS);
        filters.register(this::leaveToParser, AFTER_QUARKUS);
    }

    private void check(RoutingContext context) {
        var request = context.request();
        if (length(request.getHeader(HttpHeaders.CONTENT_LENGTH)) <= maxBytes) {
            context.next();
            return;
        }
        request.response()
                .setStatusCode(413)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(json());
        long timer = context.vertx()
                .setTimer(DRAIN_MILLIS, expired -> request.connection().close());
        request.handler(bytes -> {}).endHandler(end -> context.vertx().cancelTimer(timer));
        request.resume();
    }

    private void leaveToParser(RoutingContext context) {
        context.put(VertxInputStream.MAX_REQUEST_SIZE_KEY, maxBytes + SLACK);
        context.next();
    }

    private static long length(String header) {
        try {
            return header == null ? 0 : Long.parseLong(header);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private String json() {
        try {
            return mapper.writeValueAsString(problem());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Problem problem() {
        return Problem.of(
                413,
                "too-large",
                "the upload is larger than 50 MiB",
                "Send at most 50 MiB in all; split the file, or save its pictures at a lower resolution.");
    }
}
