package io.baigong.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.baigong.gateway.proxy.OwnCalls;
import io.baigong.gateway.proxy.ProxyConfig;
import io.baigong.spi.Completion;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import io.baigong.spi.Prompt;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The chat model's door against a server that speaks as OpenAI's API reference says. */
class ChatDoorTest {
    private static final Prompt PROMPT = new Prompt("Be brief.", "Why?", Optional.empty(), 50);

    private final AtomicReference<String> asked = new AtomicReference<>("");
    private HttpServer server;
    private int status = 200;
    private long delayMillis;
    private String answer = """
            {"id": "1", "object": "chat.completion", "created": 1, "model": "tiny", "choices": [{"index": 0,
             "finish_reason": "stop", "message": {"role": "assistant", "content": "Because."}}],
             "usage": {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15}}""";

    private final List<OwnCalls> opened = new ArrayList<>();

    private record Config(Optional<String> model, Duration timeout) implements ChatConfig {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", exchange -> {
            asked.set(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            try {
                Thread.sleep(delayMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            byte[] body = answer.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        opened.forEach(OwnCalls::close);
        server.stop(0);
    }

    /** The routes to the server, as the model {@code house}. */
    private OwnCalls calls() {
        ProxyConfig config = new SmallRyeConfigBuilder()
                .withMapping(ProxyConfig.class)
                .withDefaultValues(Map.of(
                        "baigong.gateway.backends.there.url",
                        "http://127.0.0.1:" + server.getAddress().getPort() + "/v1",
                        "baigong.gateway.models.house.targets[0].backend",
                        "there",
                        "baigong.gateway.models.house.targets[0].model",
                        "tiny"))
                .build()
                .getConfigMapping(ProxyConfig.class);
        OwnCalls calls = OwnCalls.withoutServer(config);
        opened.add(calls);
        return calls;
    }

    private ChatDoor door(Duration timeout) {
        return new ChatDoors(new Config(Optional.of("house"), timeout), this::calls)
                .usual()
                .orElseThrow();
    }

    @Test
    void anAnswerComesWithItsTokenCounts() {
        assertThat(door(Duration.ofSeconds(10)).complete(PROMPT)).isEqualTo(new Completion("Because.", 12, 3));
        assertThat(asked.get()).contains("\"tiny\"", "Be brief.", "Why?");
    }

    @Test
    void aSchemaIsSentAlong() {
        door(Duration.ofSeconds(10))
                .complete(new Prompt("s", "u", Optional.of("{\"type\": \"object\", \"title\": \"Mark\"}"), 50));

        assertThat(asked.get()).contains("json_schema", "\"Mark\"");
    }

    @Test
    void aServerInTroubleIsAModelThatIsUnavailable() {
        status = 500;
        answer = "{\"error\": {\"message\": \"out of memory\"}}";

        assertThatThrownBy(() -> door(Duration.ofSeconds(10)).complete(PROMPT))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.Model.UNAVAILABLE))
                .hasMessageContaining("The server there failed (status 500)");
    }

    @Test
    void aSlowServerIsATimeout() {
        delayMillis = 3000;

        assertThatThrownBy(() -> door(Duration.ofMillis(200)).complete(PROMPT))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.Resource.TIMEOUT));
    }

    @Test
    void aServerThatIsNotThereIsAModelThatIsUnavailable() {
        var door = door(Duration.ofSeconds(2));
        server.stop(0);

        assertThatThrownBy(() -> door.complete(PROMPT))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.Model.UNAVAILABLE));
    }

    @Test
    void aRequestThatTheServerRefusesSaysWhy() {
        status = 400;
        answer = "{\"error\": {\"message\": \"context too long\"}}";

        assertThatThrownBy(() -> door(Duration.ofSeconds(10)).complete(PROMPT))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("context too long");
    }

    @Test
    void withoutAModelThereIsNone() {
        assertThat(new ChatDoors(new Config(Optional.empty(), Duration.ZERO), this::calls).usual())
                .isEmpty();
        assertThat(opened).isEmpty();
    }

    @Test
    void aModelThatTheGatewayHasNotIsRefused() {
        assertThatThrownBy(() -> new ChatDoors(new Config(Optional.of("other"), Duration.ZERO), this::calls))
                .hasMessageContaining("baigong.chat.model is other")
                .hasMessageContaining("[house]");
    }
}
