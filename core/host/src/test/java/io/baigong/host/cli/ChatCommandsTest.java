package io.baigong.host.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.baigong.host.run.PlatformJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suite's chat model works on documents, by the gateway's routes and without a suite. */
class ChatCommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private volatile int status = 200;
    private HttpServer server;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", exchange -> {
            String asked = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            String said = asked.contains("json_schema")
                    ? "{\"marks\": [{\"label\": \"Law\", \"quote\": \"laws of Peru\"}]}"
                    : asked.contains("into English") ? "It is under Peruvian law" : "Es gilt das Recht von Peru";
            byte[] body = PlatformJson.mapper()
                    .writeValueAsBytes(Map.of(
                            "id",
                            "1",
                            "object",
                            "chat.completion",
                            "created",
                            1,
                            "model",
                            "tiny",
                            "choices",
                            new Object[] {
                                Map.of(
                                        "index",
                                        0,
                                        "finish_reason",
                                        "stop",
                                        "message",
                                        Map.of("role", "assistant", "content", said))
                            }));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        settings.put(
                "baigong.gateway.backends.there.url",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
        settings.put("baigong.gateway.models.house.targets[0].backend", "there");
        settings.put("baigong.gateway.models.house.targets[0].model", "tiny");
        settings.put("baigong.chat.model", "house");
        settings.forEach(System::setProperty);
        Files.writeString(folder.resolve("labels.tsv"), "Law\twhich law governs\n");
        Files.writeString(folder.resolve("in.jsonl"), """
                {"id": "a", "text": "This is under the laws of Peru"}
                {"id": "b", "text": "That is also under the laws of Peru"}
                """);
    }

    @AfterEach
    void stop() {
        settings.keySet().forEach(System::clearProperty);
        server.stop(0);
    }

    private int data(String verb, String... more) {
        String[] all = new String[more.length + 4];
        all[0] = "data";
        all[1] = verb;
        all[2] = folder.resolve("in.jsonl").toString();
        all[3] = "--out=" + folder.resolve("out.jsonl");
        System.arraycopy(more, 0, all, 4, more.length);
        return Baigong.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }

    @Test
    void passagesAreMarked() throws Exception {
        assertThat(data("label", "--labels=" + folder.resolve("labels.tsv")))
                .as(err.toString())
                .isZero();
        JsonNode document = PlatformJson.mapper()
                .readTree(Files.readAllLines(folder.resolve("out.jsonl")).getFirst());
        assertThat(document.at("/spans/0/label").asText()).isEqualTo("Law");
        assertThat(document.at("/spans/0/start").asInt()).isEqualTo(18);
        assertThat(document.path("labelled_by").asText()).isEqualTo("house");
        assertThat(out.toString()).contains("2 documents, 2 written", "2  marks");
    }

    @Test
    void textsGoThroughAnotherLanguage() throws Exception {
        assertThat(data("translate", "--through=German", "--json=" + folder.resolve("r.json")))
                .as(err.toString())
                .isZero();
        assertThat(Files.readString(folder.resolve("out.jsonl"))).contains("a#german", "It is under Peruvian law");
        assertThat(PlatformJson.mapper()
                        .readTree(folder.resolve("r.json").toFile())
                        .at("/counts/copies")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void aDocumentThatTheServerRefusesIsLeftAsItIs() throws Exception {
        status = 400;
        assertThat(data("label", "--labels=" + folder.resolve("labels.tsv")))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("2  documents that the chat model refused");
        assertThat(Files.readString(folder.resolve("out.jsonl"))).doesNotContain("spans");
    }

    @Test
    void whatIsMissingIsSaid() throws Exception {
        status = 500;
        assertThat(data("translate", "--through=German")).isEqualTo(1);
        assertThat(err.toString()).contains("in.jsonl:", "did not answer");
        assertThat(folder.resolve("out.jsonl")).doesNotExist();
        System.clearProperty("baigong.chat.model");
        assertThat(data("translate", "--through=German")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no chat model to ask", "baigong.gateway.models");
        assertThat(data("translate", "--through=1")).isEqualTo(2);
        assertThat(err.toString()).contains("such as German");
    }
}
