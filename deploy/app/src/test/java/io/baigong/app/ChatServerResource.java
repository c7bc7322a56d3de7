package io.baigong.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A chat model on an OpenAI-compatible server; callers know it as {@code house}. It says "Because." always, unless it is made to
 * call a tool or to fill a schema.
 */
public final class ChatServerResource implements QuarkusTestResourceLifecycleManager {
    private static final String HEAD = "{\"id\":\"c1\",\"created\":1,\"model\":\"tiny\",";
    private static final String USAGE = "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":3,\"total_tokens\":15}}";
    private static final Pattern TOOL = Pattern.compile("\"tool_choice\":\\{[^}]*\"name\":\"(\\w+)\"");
    private static final String MESSAGE =
            "{\"type\":\"message\",\"id\":\"m1\",\"role\":\"assistant\",\"status\":\"completed\","
                    + "\"content\":[{\"type\":\"output_text\",\"text\":\"Because.\",\"annotations\":[]}]}";
    private static final String RESPONSE = "{\"id\":\"r1\",\"object\":\"response\",\"created_at\":1,\"model\":\"tiny\","
            + "\"status\":\"completed\",\"output\":[" + MESSAGE + "],"
            + "\"usage\":{\"input_tokens\":12,\"output_tokens\":3,\"total_tokens\":15}}";

    private @Nullable HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/v1/chat/completions", ChatServerResource::chat);
        server.createContext("/v1/responses", ChatServerResource::respond);
        server.start();
        return Map.of(
                "baigong.gateway.secrets.trial.place",
                "file:" + secret(),
                "baigong.gateway.secrets.trial.hosts",
                "127.0.0.1",
                "baigong.gateway.backends.there.url",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/v1",
                "baigong.gateway.models.house.targets[0].backend",
                "there",
                "baigong.gateway.models.house.targets[0].model",
                "tiny",
                "baigong.gateway.models.house.targets[0].price.input",
                "2",
                "baigong.gateway.models.house.targets[0].price.output",
                "8",
                "baigong.chat.model",
                "house");
    }

    private static Path secret() {
        try {
            Path file = Files.createTempFile("secret", ".txt");
            file.toFile().deleteOnExit();
            return Files.writeString(file, "sk-trial\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void chat(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean stream = body.contains("\"stream\":true");
        Matcher tool = TOOL.matcher(body);
        String said = tool.find()
                ? "null,\"tool_calls\":[{\"id\":\"t1\",\"type\":\"function\",\"function\":{\"name\":\"" + tool.group(1)
                        + "\",\"arguments\":\"{\\\"value\\\":\\\"CANARY_OK\\\"}\"}}]"
                : body.contains("\"json_schema\"") ? "\"{\\\"status\\\":\\\"ok\\\"}\"" : "\"Because.\"";
        String answer = !stream
                ? HEAD
                        + "\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":"
                        + "{\"role\":\"assistant\",\"refusal\":null,\"content\":" + said + "},\"logprobs\":null}],"
                        + USAGE
                : event(delta("\"Be\"", "null")) + event(delta("\"cause.\"", "\"stop\""))
                        + event(HEAD + "\"object\":\"chat.completion.chunk\",\"choices\":[]," + USAGE)
                        + "data: [DONE]\n\n";
        send(exchange, stream, answer);
    }

    private static String delta(String content, String finish) {
        return HEAD + "\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":" + content
                + "},\"finish_reason\":" + finish + "}]}";
    }

    private static void respond(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean stream = body.contains("\"stream\":true");
        String place = ",\"item_id\":\"m1\",\"output_index\":0,\"content_index\":0,\"sequence_number\":1,";
        send(
                exchange,
                stream,
                stream
                        ? event("{\"type\":\"response.created\",\"sequence_number\":0,\"response\":{\"id\":\"r1\"}}")
                                + event("{\"type\":\"response.output_text.delta\"" + place + "\"delta\":\"Because.\"}")
                                + event("{\"type\":\"response.completed\",\"sequence_number\":2,\"response\":"
                                        + RESPONSE + "}")
                        : RESPONSE);
    }

    private static void send(HttpExchange exchange, boolean stream, String answer) throws IOException {
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", stream ? "text/event-stream" : "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String event(String data) {
        return "data: " + data + "\n\n";
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }
}
