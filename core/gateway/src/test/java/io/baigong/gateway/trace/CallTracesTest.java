package io.baigong.gateway.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.baigong.gateway.proxy.Usage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallTracesTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final String CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private record Config(Optional<URI> endpoint) implements TraceConfig {}

    private static Usage usage(String operation, int status, @Nullable String traceParent) {
        return new Usage(
                new UUID(0, 1),
                new UUID(0, 2),
                "acme",
                operation,
                "house",
                status == 404 ? "" : "north",
                status,
                true,
                false,
                12,
                3,
                0,
                AT,
                250,
                0,
                1_500,
                traceParent);
    }

    private static List<SpanData> spans(Usage... usages) {
        var kept = InMemorySpanExporter.create();
        try (var traces = CallTraces.to(kept)) {
            for (Usage each : usages) {
                traces.accept(each);
            }
            traces.flush();
            return kept.getFinishedSpanItems();
        }
    }

    @Test
    void aCallIsASpanAsTheConventionsHaveIt() {
        SpanData span = spans(usage("chat/completions", 200, CALLER)).getFirst();
        assertThat(span.getName()).isEqualTo("chat house");
        assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(span.getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(span.getParentSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(span.getStartEpochNanos()).isEqualTo(AT.getEpochSecond() * 1_000_000_000L);
        assertThat(span.getEndEpochNanos() - span.getStartEpochNanos()).isEqualTo(1_500_000_000L);
        var attributes = span.getAttributes();
        assertThat(attributes.get(AttributeKey.stringKey("gen_ai.operation.name")))
                .isEqualTo("chat");
        assertThat(attributes.get(AttributeKey.stringKey("gen_ai.request.model")))
                .isEqualTo("house");
        assertThat(attributes.get(AttributeKey.longKey("gen_ai.usage.input_tokens")))
                .isEqualTo(12);
        assertThat(attributes.get(AttributeKey.longKey("gen_ai.usage.output_tokens")))
                .isEqualTo(3);
        assertThat(attributes.get(AttributeKey.doubleKey("gen_ai.server.time_to_first_token")))
                .isEqualTo(0.25);
        assertThat(attributes.get(AttributeKey.stringKey("server.address"))).isEqualTo("north");
        assertThat(attributes.get(AttributeKey.stringKey("baigong.tenant"))).isEqualTo("acme");
        assertThat(attributes.get(AttributeKey.stringKey("error.type"))).isNull();
        assertThat(span.getResource().getAttribute(AttributeKey.stringKey("service.name")))
                .isEqualTo("baigong");
    }

    @Test
    void aFailureIsAnErrorAndOthersHaveTheirNames() {
        List<SpanData> spans =
                spans(usage("embeddings", 404, null), usage("completions", 200, "nonsense"), usage("infer", 200, null));
        assertThat(spans)
                .extracting(SpanData::getName)
                .containsExactly("embeddings house", "text_completion house", "infer house");
        assertThat(spans.getFirst().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(spans.getFirst().getAttributes().get(AttributeKey.stringKey("error.type")))
                .isEqualTo("404");
        assertThat(spans.getFirst().getAttributes().get(AttributeKey.stringKey("server.address")))
                .isNull();
        assertThat(spans).allMatch(span -> !span.getParentSpanContext().isValid());
    }

    @Test
    void spansGoToAReceiverOfOtlp() throws Exception {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        var receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/v1/traces", exchange -> {
            received.add(exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
        var place = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/v1/traces");
        try (var traces = CallTraces.of(new Config(Optional.of(place)))) {
            traces.accept(usage("chat/completions", 200, null));
        }
        assertThat(received.poll(10, TimeUnit.SECONDS))
                .startsWith("application/x-protobuf ")
                .contains("chat house", "gen_ai.usage.input_tokens", "baigong");
        receiver.stop(0);
    }

    @Test
    void withoutAPlaceNothingIsStartedAndAWrongOneIsRefused() {
        long before = threads();
        try (var traces = CallTraces.of(new Config(Optional.empty()))) {
            traces.accept(usage("chat/completions", 200, CALLER));
            assertThat(threads()).isEqualTo(before);
        }
        assertThatThrownBy(() -> CallTraces.of(new Config(Optional.of(URI.create("file:///tmp/x")))))
                .hasMessageContaining("baigong.traces.endpoint");
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("BatchSpanProcessor"))
                .count();
    }
}
