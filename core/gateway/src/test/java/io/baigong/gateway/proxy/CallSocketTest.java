package io.baigong.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls over a WebSocket, as the JDK's client sees them. */
class CallSocketTest extends BetweenClientAndServer {
    private static final long PATIENCE_SECONDS = 20;

    private final ObjectMapper json = new ObjectMapper();
    private final Semaphore go = new Semaphore(0);

    /** What came over a connection, and how it was closed. Takes only as many messages as it may. */
    private static final class Heard implements WebSocket.Listener {
        final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
        final BlockingQueue<Integer> closes = new LinkedBlockingQueue<>();
        private final StringBuilder parts = new StringBuilder();
        private final boolean takes;

        Heard(boolean takes) {
            this.takes = takes;
        }

        @Override
        public void onOpen(WebSocket socket) {
            if (takes) {
                socket.request(Long.MAX_VALUE);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                try {
                    messages.add(new ObjectMapper().readTree(parts.toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                parts.setLength(0);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closes.add(status);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closes.add(-1);
        }

        JsonNode next() throws InterruptedException {
            JsonNode message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(message).as("a message; closed with " + closes).isNotNull();
            return message;
        }

        int closed() throws InterruptedException {
            Integer status = closes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(status).as("a close").isNotNull();
            return status;
        }
    }

    private WebSocket open(String gateway, String key, Heard heard) {
        return client.newWebSocketBuilder()
                .header("Authorization", "Bearer " + key)
                .buildAsync(URI.create(gateway.replace("http:", "ws:") + "/chat/completions"), heard)
                .join();
    }

    private void ask(WebSocket socket, String id, String members) {
        String question = QUESTION.replace("\"model\":\"house\"", "\"model\":\"house\"" + members);
        say(socket, "{\"correlationId\":\"" + id + "\",\"request\":" + question + "}");
    }

    private static void say(WebSocket socket, String message) {
        socket.sendText(message, true).join();
    }

    private static String id(JsonNode message) {
        return message.path("correlationId").asText();
    }

    @Test
    void aWholeAnswerIsAMessage() throws Exception {
        FakeServer server = server(FakeServer.json(200, ANSWER));
        var heard = new Heard(true);
        WebSocket socket = open(gateway(Map.of(), server.url()), "bg-good", heard);
        ask(socket, "order \\\"7\\\"", "");
        JsonNode answer = heard.next();
        assertThat(id(answer)).isEqualTo("order \"7\"");
        assertThat(answer.path("status").asInt()).isEqualTo(200);
        assertThat(answer.path("answer")).isEqualTo(json.readTree(ANSWER));
        assertThat(answer.at("/headers/x-baigong-backend").asText()).isEqualTo("b0");
        assertThat(server.calls()).singleElement().asString().contains("你好 \\\"model\\\"");
        Usage usage = usage();
        assertThat(usage.key()).isEqualTo(KEY);
        assertThat(usage.status()).isEqualTo(200);
        assertThat(usage.inputTokens()).isEqualTo(5);
    }

    @Test
    void aStreamIsAMessageForEachEventAndOneThatEndsIt() throws Exception {
        FakeServer server = server(stream(delta("Good"), delta(" day."), USAGE));
        var heard = new Heard(true);
        WebSocket socket = open(gateway(Map.of(), server.url()), "bg-good", heard);
        say(socket, "{\"request\":" + QUESTION.replace("{\"model\"", "{\"stream\":true,\"model\"") + "}");
        assertThat(heard.next().path("event")).isEqualTo(json.readTree(delta("Good")));
        assertThat(heard.next().path("event")).isEqualTo(json.readTree(delta(" day.")));
        JsonNode end = heard.next();
        assertThat(end.path("status").asInt()).isEqualTo(200);
        assertThat(end.has("answer") || end.has("event") || end.has("correlationId"))
                .isFalse();
        Usage usage = usage();
        assertThat(usage.streamed()).isTrue();
        assertThat(usage.outputTokens()).isEqualTo(2);
    }

    @Test
    void aStreamThatBreaksEndsWithWhy() throws Exception {
        FakeServer server = server(out -> FakeServer.events(out, delta("Good")));
        var heard = new Heard(true);
        WebSocket socket = open(gateway(Map.of(), server.url()), "bg-good", heard);
        ask(socket, "a", ",\"stream\":true");
        assertThat(heard.next().path("event")).isEqualTo(json.readTree(delta("Good")));
        JsonNode end = heard.next();
        assertThat(end.path("status").asInt()).isEqualTo(502);
        assertThat(end.at("/answer/error/message").asText()).contains("ended its stream early");
    }

    @Test
    void anErrorOfTheServerIsItsAnswer() throws Exception {
        FakeServer server = server(FakeServer.json(400, "{\"error\":{\"message\":\"no\"}}"));
        var heard = new Heard(true);
        WebSocket socket = open(gateway(Map.of(), server.url()), "bg-good", heard);
        ask(socket, "a", "");
        JsonNode answer = heard.next();
        assertThat(answer.path("status").asInt()).isEqualTo(400);
        assertThat(answer.at("/answer/error/message").asText()).isEqualTo("no");
    }

    @Test
    void requestsAreAnsweredSideBySideAndMoreThanMayBeUnansweredAreRefused() throws Exception {
        FakeServer server = server(out -> {
            go.acquire();
            FakeServer.json(200, ANSWER).to(out);
        });
        var heard = new Heard(true);
        WebSocket socket = open(gateway(Map.of(), server.url()), "bg-good", heard);
        ask(socket, "a", "");
        ask(socket, "b", "");
        ask(socket, "c", "");
        JsonNode refused = heard.next();
        assertThat(id(refused)).isEqualTo("c");
        assertThat(refused.path("status").asInt()).isEqualTo(429);
        ask(socket, "a", "");
        assertThat(heard.next().at("/answer/error/param").asText()).isEqualTo("correlationId");
        go.release(2);
        JsonNode one = heard.next();
        JsonNode two = heard.next();
        assertThat(Set.of(id(one), id(two))).containsExactlyInAnyOrder("a", "b");
        go.release();
        ask(socket, "a", "");
        assertThat(heard.next().path("status").asInt()).isEqualTo(200);
    }

    @Test
    void aRequestThatIsGivenUpEndsTheCallToItsServer() throws Exception {
        FakeServer server = server(out -> {
            FakeServer.events(out, delta("Good"));
            while (true) {
                FakeServer.event(out, delta("on"));
                Thread.sleep(10);
            }
        });
        var heard = new Heard(true);
        WebSocket socket = open(gateway(Map.of(), server.url()), "bg-good", heard);
        ask(socket, "a", ",\"stream\":true");
        heard.next();
        say(socket, "{\"correlationId\":\"a\",\"cancel\":true}");
        say(socket, "{\"correlationId\":\"never asked\",\"cancel\":true}");
        JsonNode last = heard.next();
        while (last.has("event")) {
            last = heard.next();
        }
        assertThat(last.path("status").asInt()).isEqualTo(499);
        assertThat(server.callerGone().await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isTrue();
        assertThat(usage().status()).isEqualTo(499);
    }

    @Test
    void whoGoesAwayEndsItsCalls() throws Exception {
        FakeServer server = server(out -> {
            FakeServer.events(out, delta("Good"));
            while (true) {
                FakeServer.event(out, delta("on"));
                Thread.sleep(10);
            }
        });
        var heard = new Heard(true);
        WebSocket socket = open(gateway(Map.of(), server.url()), "bg-good", heard);
        ask(socket, "a", ",\"stream\":true");
        heard.next();
        socket.abort();
        assertThat(server.callerGone().await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isTrue();
        assertThat(usage().status()).isEqualTo(499);
        assertThat(socketsEnded.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("/v1/chat/completions");
    }

    @Test
    void whoTakesNothingIsSentNoMoreThanFitsOnTheWay() throws Exception {
        var sent = new AtomicLong();
        String event = delta("x".repeat(1_000));
        int events = 50_000;
        FakeServer server = server(out -> {
            FakeServer.events(out);
            for (int i = 0; i < events; i++) {
                FakeServer.event(out, event);
                sent.addAndGet(event.length());
            }
            FakeServer.event(out, "[DONE]");
        });
        var heard = new Heard(false);
        WebSocket socket =
                open(gateway(Map.of("baigong.gateway.max-answer-bytes", "100000000"), server.url()), "bg-good", heard);
        ask(socket, "a", ",\"stream\":true");
        long before = -1;
        while (sent.get() != before || before == 0) { // until the server can send no more
            before = sent.get();
            Thread.sleep(300);
        }
        assertThat(before).isLessThan((long) events * event.length() / 2);
        socket.request(Long.MAX_VALUE);
        for (int i = 0; i < events; i++) {
            assertThat(heard.next().has("event")).isTrue();
        }
        assertThat(heard.next().path("status").asInt()).isEqualTo(200);
    }

    @Test
    void onlyWhoHasAKeyOpensAConnectionAndNoMessageBringsAnother() throws Exception {
        FakeServer server = server(FakeServer.json(200, ANSWER));
        String gateway = gateway(Map.of(), server.url());
        assertThatThrownBy(() -> open(gateway, "bg-bad", new Heard(true)))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(401));
        var heard = new Heard(true);
        WebSocket socket = open(gateway, "bg-good", heard);
        say(
                socket,
                "{\"headers\":{\"Authorization\":\"Bearer bg-other\",\"x-baigong-priority\":\"batch\"},\"request\":"
                        + QUESTION + "}");
        assertThat(heard.next().path("status").asInt()).isEqualTo(200);
        assertThat(usage().key()).isEqualTo(KEY);
        say(socket, "{\"headers\":{\"X-Baigong-Priority\":\"now\"},\"request\":" + QUESTION + "}");
        assertThat(heard.next().path("status").asInt()).isEqualTo(400);
    }

    @Test
    void aKeyThatIsRevokedClosesTheConnectionAtTheNextRequest() throws Exception {
        FakeServer server = server(FakeServer.json(200, ANSWER));
        var heard = new Heard(true);
        WebSocket socket = open(gateway(Map.of(), server.url()), "bg-good", heard);
        ask(socket, "a", "");
        assertThat(heard.next().path("status").asInt()).isEqualTo(200);
        keys.remove("bg-good");
        ask(socket, "b", "");
        assertThat(heard.next().path("status").asInt()).isEqualTo(401);
        assertThat(heard.closed()).isEqualTo(1008);
        assertThat(socketsEnded.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("/v1/chat/completions");
    }

    @Test
    void aKeptStreamIsGivenAgainAsEvents() throws Exception {
        FakeServer server = server(stream(delta("Good"), delta(" day."), USAGE));
        var heard = new Heard(true);
        WebSocket socket =
                open(gateway(Map.of("baigong.gateway.models.house.cache", "PT1H"), server.url()), "bg-good", heard);
        for (String from : List.of("b0", "cache")) {
            ask(socket, "a", ",\"stream\":true");
            assertThat(heard.next().path("event")).isEqualTo(json.readTree(delta("Good")));
            assertThat(heard.next().path("event")).isEqualTo(json.readTree(delta(" day.")));
            assertThat(heard.next().at("/headers/x-baigong-backend").asText()).isEqualTo(from);
        }
        assertThat(server.calls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "null",
                "{\"request\":[]}",
                "{\"request\":{}",
                "{\"request\":{}} {}",
                "{\"request\":{},\"cancel\":true}",
                "{\"request\":{},\"headers\":{\"a\":1}}",
                "{\"request\":{},\"correlationId\":7}",
                "{\"request\":{\"model\":7}}"
            })
    void whatIsNoRequestIsToldSoAndTheConnectionGoesOn(String message) throws Exception {
        FakeServer server = server(FakeServer.json(200, ANSWER));
        var heard = new Heard(true);
        WebSocket socket = open(gateway(Map.of(), server.url()), "bg-good", heard);
        say(socket, message);
        JsonNode refused = heard.next();
        assertThat(refused.path("status").asInt()).isEqualTo(400);
        assertThat(refused.at("/answer/error/message").asText()).isNotBlank();
        ask(socket, "a", "");
        assertThat(heard.next().path("status").asInt()).isEqualTo(200);
    }

    @Test
    void aMessageThatIsTooLargeOrBinaryEndsTheConnection() throws Exception {
        FakeServer server = server(FakeServer.json(200, ANSWER));
        String gateway = gateway(Map.of(), server.url());
        var large = new Heard(true);
        try {
            say(open(gateway, "bg-good", large), " ".repeat(10 << 20));
        } catch (CompletionException closed) {
            assertThat(closed).hasCauseInstanceOf(IOException.class);
        }
        assertThat(large.closed()).isIn(1009, -1); // -1: the client was still sending
        var binary = new Heard(true);
        open(gateway, "bg-good", binary)
                .sendBinary(ByteBuffer.wrap(new byte[10]), true)
                .join();
        assertThat(binary.closed()).isEqualTo(1003);
    }
}
