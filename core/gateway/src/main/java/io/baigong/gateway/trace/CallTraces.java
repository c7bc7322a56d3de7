package io.baigong.gateway.trace;

import io.baigong.gateway.proxy.Usage;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A span for each call that was answered or failed, named and described as OpenTelemetry's semantic conventions for generative AI
 * have it, as a child of the caller's if that sent {@code traceparent} (W3C Trace Context). No text of a question or an answer is in
 * it. Thread-safe. Close it to send what still waits.
 */
public final class CallTraces implements Consumer<Usage>, AutoCloseable {
    private static final long CLOSING_SECONDS = 5;

    private final @Nullable SdkTracerProvider provider;
    private final @Nullable Tracer tracer;

    private CallTraces(@Nullable SpanExporter to) {
        this.provider = to == null ? null : provider(to);
        this.tracer = provider == null ? null : provider.get("io.baigong.gateway");
    }

    private static SdkTracerProvider provider(SpanExporter to) {
        Resource suite = Resource.getDefault()
                .merge(Resource.create(
                        Attributes.builder().put("service.name", "baigong").build()));
        return SdkTracerProvider.builder()
                .setResource(suite)
                .addSpanProcessor(BatchSpanProcessor.builder(to).build())
                .build();
    }

    /** Sends spans where the configuration says; without a place, does nothing and starts nothing. */
    public static CallTraces of(TraceConfig config) {
        return new CallTraces(config.endpoint()
                .map(place -> {
                    if (place.getHost() == null || !List.of("http", "https").contains(place.getScheme())) {
                        throw new IllegalArgumentException("baigong.traces.endpoint is an http or https address such as"
                                + " http://127.0.0.1:4318/v1/traces, not " + place);
                    }
                    return OtlpHttpSpanExporter.builder()
                            .setEndpoint(place.toString())
                            .build();
                })
                .orElse(null));
    }

    static CallTraces to(SpanExporter exporter) {
        return new CallTraces(exporter);
    }

    @Override
    public void accept(Usage usage) {
        if (tracer == null) {
            return;
        }
        String operation = operation(usage.operation());
        SpanBuilder begun = tracer.spanBuilder(operation + " " + usage.model())
                .setParent(parent(usage.traceParent()))
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(usage.at())
                .setAttribute("gen_ai.operation.name", operation)
                .setAttribute("gen_ai.provider.name", "baigong")
                .setAttribute("gen_ai.request.model", usage.model())
                .setAttribute("http.response.status_code", usage.status())
                .setAttribute("baigong.call.id", usage.id().toString());
        put(begun, "server.address", usage.backend().isEmpty() ? null : usage.backend());
        put(begun, "baigong.tenant", usage.tenant());
        put(begun, "baigong.key.id", usage.key() == null ? null : usage.key().toString());
        if (usage.inputTokens() > 0) {
            begun.setAttribute("gen_ai.usage.input_tokens", usage.inputTokens());
        }
        if (usage.outputTokens() > 0) {
            begun.setAttribute("gen_ai.usage.output_tokens", usage.outputTokens());
        }
        if (usage.streamed()) {
            begun.setAttribute("gen_ai.server.time_to_first_token", usage.firstByteMillis() / 1_000);
        }
        if (usage.shadow()) {
            begun.setAttribute("baigong.shadow", true);
        }
        Span span = begun.startSpan();
        if (usage.status() >= 400) {
            span.setAttribute("error.type", String.valueOf(usage.status()));
            span.setStatus(StatusCode.ERROR);
        }
        Instant end = usage.at().plus(Duration.ofNanos((long) (usage.millis() * 1e6)));
        span.end(end);
    }

    private static void put(SpanBuilder span, String name, @Nullable String value) {
        if (value != null) {
            span.setAttribute(name, value);
        }
    }

    /** The conventions' name for an operation, where they have one. */
    private static String operation(String path) {
        return switch (path) {
            case "chat/completions", "responses" -> "chat";
            case "completions" -> "text_completion";
            default -> path;
        };
    }

    private static Context parent(@Nullable String traceParent) {
        return traceParent == null
                ? Context.root()
                : W3CTraceContextPropagator.getInstance().extract(Context.root(), traceParent, Header.TRACE_PARENT);
    }

    /** A single header as those that a propagator reads. */
    private enum Header implements TextMapGetter<String> {
        TRACE_PARENT;

        @Override
        public Iterable<String> keys(String value) {
            return List.of("traceparent");
        }

        @Override
        public @Nullable String get(@Nullable String value, String key) {
            return Optional.of(key)
                    .filter("traceparent"::equals)
                    .map(_ -> value)
                    .orElse(null);
        }
    }

    /** Sends what waits now. */
    void flush() {
        if (provider != null) {
            provider.forceFlush().join(CLOSING_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        if (provider != null) {
            provider.shutdown().join(CLOSING_SECONDS, TimeUnit.SECONDS);
        }
    }
}
