package io.baigong.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.baigong.gateway.proxy.OwnCalls;
import io.baigong.gateway.proxy.ProxyConfig;
import io.baigong.registry.Registry;
import io.baigong.registry.language.LanguageModel;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.LocalText;
import io.baigong.spi.ModelException;
import io.baigong.spi.ModelRole;
import io.baigong.spi.ModelVersion;
import io.baigong.spi.Models;
import io.baigong.spi.Outcome;
import io.baigong.spi.Prompt;
import io.baigong.spi.Task;
import io.baigong.spi.TaskContext;
import io.baigong.spi.TaskId;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A language model that fills a role is asked by the name under which the gateway has it, and answers as the version that it is. */
class RegisteredChatTest {
    private static final ModelRole COUNSEL = ModelRole.of("t.counsel", ModelRole.Kind.CHAT);
    private static final Prompt PROMPT = new Prompt("Be brief.", "Why?", Optional.empty(), 50);

    @TempDir
    Path folder;

    private final AtomicReference<String> asked = new AtomicReference<>("");
    private HttpServer server;

    private record Empty() {}

    private static final class Asking implements Task<Empty, Empty> {
        @Override
        public TaskId id() {
            return new TaskId("t", "asking");
        }

        @Override
        public LocalText title() {
            return new LocalText("Asking", "提问");
        }

        @Override
        public Class<Empty> inputType() {
            return Empty.class;
        }

        @Override
        public Class<Empty> outputType() {
            return Empty.class;
        }

        @Override
        public Outcome<Empty> run(Empty input, TaskContext context) {
            return new Outcome.Abstained<>("never run");
        }

        @Override
        public List<ModelRole> roles() {
            return List.of(COUNSEL);
        }
    }

    private record Chat(Optional<String> model, Duration timeout) implements ChatConfig {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", exchange -> {
            asked.set(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            byte[] body = """
                    {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [{"index": 0,
                     "finish_reason": "stop", "message": {"role": "assistant", "content": "Because."}}]}""".getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private OwnCalls calls() {
        return OwnCalls.withoutServer(new SmallRyeConfigBuilder()
                .withMapping(ProxyConfig.class)
                .withDefaultValues(Map.of(
                        "baigong.gateway.backends.there.url",
                        "http://127.0.0.1:" + server.getAddress().getPort() + "/v1",
                        "baigong.gateway.models.house.targets[0].backend",
                        "there",
                        "baigong.gateway.models.house.targets[0].model",
                        "tiny",
                        "baigong.gateway.models.legal.targets[0].backend",
                        "there",
                        "baigong.gateway.models.legal.targets[0].model",
                        "tiny-legal"))
                .build()
                .getConfigMapping(ProxyConfig.class));
    }

    private Gateway gateway(Optional<String> usual, Map<String, Path> folders) {
        return new Gateway(
                Registry.of(List.of(new Asking()), folders), new Chat(usual, Duration.ofSeconds(10)), this::calls);
    }

    private Path described(String served) throws IOException {
        var files = new TreeMap<>(Map.of("legal.gguf", new LanguageModel.Part(9, "0a".repeat(32))));
        var model = new LanguageModel(
                LanguageModel.FORMAT,
                LanguageModel.Kind.GGUF,
                "Legal",
                "7",
                served,
                "qwen2",
                42,
                4096,
                "Q4_K",
                null,
                files);
        Files.write(folder.resolve("model.json"), model.json());
        return folder;
    }

    @Test
    void whatFillsTheRoleIsAskedInPlaceOfTheUsualOne() throws Exception {
        for (Optional<String> usual : List.of(Optional.of("house"), Optional.<String>empty())) {
            try (Gateway gateway = gateway(usual, Map.of("t.counsel", described("legal")))) {
                Models models = gateway.forRun();
                assertThat(models.complete("t.counsel", PROMPT).orElseThrow().text())
                        .isEqualTo("Because.");
                assertThat(asked.get()).contains("\"tiny-legal\"");
                ModelVersion used = models.used().getFirst();
                assertThat(used.name()).isEqualTo("Legal");
                assertThat(used.version()).isEqualTo("7");
                assertThat(used.parameters()).isEqualTo(42);
                assertThat(used.sha256()).matches("[0-9a-f]{64}");
                assertThat(gateway.version(COUNSEL)).contains(used);
                assertThat(gateway.serves(used)).isTrue();
                assertThat(gateway.serves(new ModelVersion("t.counsel", "Legal", "7", "0b".repeat(32), 42)))
                        .isFalse();
            }
        }
    }

    @Test
    void theUsualOneIsAskedWhereNothingFillsTheRole() {
        try (Gateway gateway = gateway(Optional.of("house"), Map.of())) {
            Models models = gateway.forRun();
            assertThat(models.complete("t.counsel", PROMPT)).isPresent();
            assertThat(asked.get()).contains("\"tiny\"");
            assertThat(models.used()).containsExactly(new ModelVersion("t.counsel", "house", "", "", 0));
        }
        try (Gateway gateway = gateway(Optional.empty(), Map.of())) {
            assertThat(gateway.forRun().complete("t.counsel", PROMPT)).isEmpty();
            assertThat(gateway.version(COUNSEL)).isEmpty();
        }
    }

    @Test
    void whatTheGatewayHasNoRouteToOrCantReadIsUnavailable() throws Exception {
        try (Gateway gateway = gateway(Optional.empty(), Map.of("t.counsel", described("gone")))) {
            assertThatThrownBy(() -> gateway.forRun().complete("t.counsel", PROMPT))
                    .isInstanceOfSatisfying(
                            ModelException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.Model.UNAVAILABLE))
                    .hasMessageContaining("served as gone")
                    .hasMessageContaining("house");
        }
        Path broken = Files.createDirectory(folder.resolve("broken"));
        Files.writeString(broken.resolve("model.json"), "{}");
        try (Gateway gateway = gateway(Optional.empty(), Map.of("t.counsel", broken))) {
            assertThatThrownBy(() -> gateway.version(COUNSEL))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("t.counsel can't be opened");
        }
    }
}
