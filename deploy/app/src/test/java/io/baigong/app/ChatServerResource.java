package io.baigong.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A chat model on an OpenAI-compatible server, which says the same always; callers know it as {@code house}. */
public final class ChatServerResource implements QuarkusTestResourceLifecycleManager {
    private static final String HEAD = "{\"id\":\"c1\",\"created\":1,\"model\":\"tiny\",";
    private static final String USAGE = "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":3,\"total_tokens\":15}}";

    private @Nullable HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/v1/chat/completions", ChatServerResource::chat);
        server.start();
        return Map.of(
                "baigong.gateway.backends.there.url",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/v1",
                "baigong.gateway.models.house.targets[0].backend",
                "there",
                "baigong.gateway.models.house.targets[0].model",
                "tiny");
    }

    private static void chat(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean stream = body.contains("\"stream\":true");
        String answer = !stream
                ? HEAD
                        + "\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":"
                        + "{\"role\":\"assistant\",\"content\":\"Because.\",\"refusal\":null},\"logprobs\":null}],"
                        + USAGE
                : event(delta("\"Be\"", "null")) + event(delta("\"cause.\"", "\"stop\""))
                        + event(HEAD + "\"object\":\"chat.completion.chunk\",\"choices\":[]," + USAGE)
                        + "data: [DONE]\n\n";
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", stream ? "text/event-stream" : "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String delta(String content, String finish) {
        return HEAD + "\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":" + content
                + "},\"finish_reason\":" + finish + "}]}";
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
