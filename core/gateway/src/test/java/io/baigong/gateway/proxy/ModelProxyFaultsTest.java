package io.baigong.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers and callers that behave badly. */
class ModelProxyFaultsTest extends BetweenClientAndServer {
    @Test
    void aServerThatRefusesHangsOrFailsIsReplacedByTheNext() throws Exception {
        FakeServer good = server(FakeServer.json(200, ANSWER));
        String nobody;
        try (var socket = new ServerSocket(0)) {
            nobody = "http://127.0.0.1:" + socket.getLocalPort() + "/v1";
        }
        var settings = Map.of("baigong.gateway.idle-timeout", "PT0.5S");
        List<String> bad = List.of(
                nobody,
                server(FakeServer.json(500, "{}")).url(),
                server(FakeServer.json(503, "nonsense")).url(),
                server(FakeServer.json(429, "{}")).url(),
                server(out -> {}).url(),
                server(out -> TimeUnit.SECONDS.sleep(5)).url());
        for (String url : bad) {
            var answer = send(call(gateway(settings, url, good.url()), QUESTION));
            assertThat(answer.statusCode()).as(url).isEqualTo(200);
            assertThat(answer.headers().firstValue("x-baigong-backend")).hasValue("b1");
        }
    }

    @Test
    void whatNoServerAnswersIsAnErrorOfOpenAisForm() throws Exception {
        Map<FakeServer.Answer, Integer> answers = Map.of(
                FakeServer.json(500, "{\"secret\":\"stack trace\"}"),
                502,
                FakeServer.json(429, "{}"),
                429,
                FakeServer.json(401, "{\"error\":\"key sk-123 is wrong\"}"),
                502,
                FakeServer.json(302, ""),
                502,
                FakeServer.json(200, "<html>no JSON</html>"),
                502,
                FakeServer.json(200, ANSWER.substring(0, 60)),
                502,
                out -> out.write(
                        "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"half\":".getBytes(StandardCharsets.UTF_8)),
                502,
                out -> out.write("nonsense\r\n\r\n".getBytes(StandardCharsets.UTF_8)),
                503);
        for (var each : answers.entrySet()) {
            var answer = send(call(gateway(Map.of(), server(each.getKey()).url()), QUESTION));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(each.getValue());
            assertThat(answer.body())
                    .startsWith("{\"error\":{\"message\":\"The ")
                    .contains(" b0 ")
                    .doesNotContain("secret", "sk-123", "Exception");
            assertThat(usage().status()).isEqualTo(each.getValue());
        }
    }

    @Test
    void aFaultIsLoggedWithoutWhatItSays() throws Exception {
        var logged = new ConcurrentLinkedQueue<LogRecord>();
        var listening = new Handler() {
            @Override
            public void publish(LogRecord said) {
                logged.add(said);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(Call.class.getName());
        logger.addHandler(listening);
        try {
            var answer = send(embed(gateway(Map.of()), "{\"model\":\"bytes\",\"input\":\"fault: Quixalba\"}"));
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("incident").doesNotContain("Quixalba");
        } finally {
            logger.removeHandler(listening);
        }
        assertThat(logged).singleElement().satisfies(said -> {
            assertThat(said.getThrown()).hasMessage("java.lang.IllegalStateException");
            assertThat(said.getMessage()).contains("incident").doesNotContain("Quixalba");
        });
    }

    /** A caller whose question can't be read, or whose headers can't. */
    private static final class Broken extends MessageExchange {
        final CompletableFuture<Head> ended = new CompletableFuture<>();
        private final boolean question;

        Broken(boolean question) {
            this.question = question;
        }

        @Override
        public @Nullable String header(String name) {
            if (name.equals("authorization")) {
                return "Bearer bg-good";
            }
            if (name.equals("x-baigong-priority")) {
                throw new IllegalStateException("a header");
            }
            return null;
        }

        @Override
        public void read(int most, Consumer<byte[]> asked, Consumer<Throwable> failed) {
            if (question) {
                failed.accept(new IllegalStateException("a question"));
            } else {
                asked.accept(QUESTION.getBytes(StandardCharsets.UTF_8));
            }
        }

        @Override
        protected void event(String json) {}

        @Override
        protected void hold(Source source) {}

        @Override
        protected void end(Head head, Buffer answer) {
            ended.complete(head);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFaultInReadingEndsTheCall(boolean question) throws Exception {
        gateway(Map.of());
        var caller = new Broken(question);
        vertx.runOnContext(_ -> proxy.handle(caller, Operation.CHAT));
        assertThat(caller.ended.get(10, TimeUnit.SECONDS).status()).isEqualTo(500);
        assertThat(usage().status()).isEqualTo(500);
    }

    @Test
    void aRefusalOfTheQuestionIsPassedOn() throws Exception {
        String refusal = "{\"error\":{\"message\":\"messages is too short\",\"type\":\"invalid_request_error\"}}";
        var answer = send(call(
                gateway(Map.of(), server(FakeServer.json(400, refusal)).url()), QUESTION));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo(refusal);
    }

    @Test
    void aStreamThatDiesOrCantBeReadEndsWithAnErrorAndWithoutDone() throws Exception {
        String question = "{\"model\":\"house\",\"stream\":true}";
        List<FakeServer.Answer> answers = List.of(
                out -> FakeServer.events(out, delta("Good")),
                out -> FakeServer.events(out, delta("Good"), "{\"choices\":[{\"del"),
                out -> {
                    FakeServer.events(out, delta("Good"));
                    TimeUnit.SECONDS.sleep(5);
                });
        for (var each : answers) {
            var answer = send(call(
                    gateway(
                            Map.of("baigong.gateway.idle-timeout", "PT0.5S"),
                            server(each).url()),
                    question));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .startsWith("data: " + delta("Good") + "\n\ndata: {\"error\":{\"message\":\"The server b0 ")
                    .doesNotContain("[DONE]");
            assertThat(usage().status()).isGreaterThanOrEqualTo(500);
        }
    }

    @Test
    void aServerThatStopsInItsAnswerIsNotWaitedForUntilItCloses() throws Exception {
        var stops = List.<FakeServer.Answer>of(
                out -> {
                    FakeServer.events(out, delta("Good"));
                    TimeUnit.SECONDS.sleep(30);
                },
                out -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    TimeUnit.SECONDS.sleep(30);
                });
        for (int i = 0; i < stops.size(); i++) {
            String gateway = gateway(
                    Map.of("baigong.gateway.idle-timeout", "PT0.5S"),
                    server(stops.get(i)).url());
            var answer = send(call(gateway, "{\"model\":\"house\",\"stream\":" + (i == 0) + "}"));
            assertThat(answer.body()).contains("The server b0 stopped in its answer.");
            assertThat(usage().status()).isEqualTo(504);
        }
    }

    @Test
    void bytesThatComeOneByOneAreStillEvents() throws Exception {
        FakeServer slow = server(out -> {
            FakeServer.events(out);
            for (byte each : ("data: " + delta("你好") + "\r\n\r\ndata: [DONE]\n\n").getBytes(StandardCharsets.UTF_8)) {
                out.write(each);
                out.flush();
            }
        });
        var answer = send(call(gateway(Map.of(), slow.url()), "{\"model\":\"house\",\"stream\":true}"));
        assertThat(answer.body()).isEqualTo("data: " + delta("你好") + "\r\n\r\ndata: [DONE]\n\n");
    }

    @Test
    void anAnswerWithoutEndIsCutOff() throws Exception {
        FakeServer endless = server(out -> {
            FakeServer.events(out);
            while (true) {
                FakeServer.event(out, delta("more and more"));
            }
        });
        var answer = send(call(
                gateway(Map.of("baigong.gateway.max-answer-bytes", "100000"), endless.url()),
                "{\"model\":\"house\",\"stream\":true}"));
        assertThat(answer.body().length()).isLessThan(200_000);
        assertThat(answer.body()).endsWith("\"code\":\"bad_gateway\"}}\n\n");
        assertThat(endless.callerGone().await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aCallerWhoGoesAwayEndsTheCallToTheServer() throws Exception {
        FakeServer endless = server(out -> {
            FakeServer.events(out);
            while (true) {
                FakeServer.event(out, delta("tick"));
                Thread.sleep(5);
            }
        });
        URI gateway = URI.create(gateway(Map.of(), endless.url()));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.getPort())) {
            String body = "{\"model\":\"house\",\"stream\":true}";
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer bg-good\r\nContent-Length: "
                                    + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readNBytes(200), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 200 OK");
        }
        assertThat(endless.callerGone().await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(usage().status()).isEqualTo(499);
    }

    @Test
    void aHalfRequestHoldsNothingUp() throws Exception {
        FakeServer there = server(FakeServer.json(200, ANSWER));
        URI gateway = URI.create(gateway(Map.of(), there.url()));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.getPort())) {
            socket.getOutputStream()
                    .write(
                            "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer bg-good\r\nContent-Length: 500\r\n\r\n{\"mod"
                                    .getBytes(StandardCharsets.UTF_8));
        }
        assertThat(usage().status()).isEqualTo(499);
        assertThat(there.calls()).isEmpty();
    }

    @Test
    void whatCantBeReadIsRefusedBeforeAnyServerIsAsked() throws Exception {
        FakeServer there = server(FakeServer.json(200, ANSWER));
        String gateway = gateway(Map.of("baigong.gateway.max-request-bytes", "1000"), there.url());
        Map<String, String> bodies = Map.of(
                "",
                "must be a JSON object",
                "[]",
                "must be a JSON object",
                "{",
                "could not parse",
                "{\"model\":\"house\"} x",
                "could not parse",
                "{\"model\":7}",
                "must be a string",
                "{}",
                "you must provide a model",
                "{\"a\":".repeat(150) + "1",
                "could not parse",
                "\u0000",
                "could not parse");
        for (var each : bodies.entrySet()) {
            var answer = send(call(gateway, each.getKey()));
            assertThat(answer.statusCode()).as(each.getKey()).isEqualTo(400);
            assertThat(answer.body()).as(each.getKey()).contains(each.getValue(), "invalid_request_error");
        }
        for (byte[] body : List.of(
                QUESTION.getBytes(StandardCharsets.UTF_16),
                QUESTION.getBytes(StandardCharsets.UTF_16LE),
                ("{\"model\":\"" + "m".repeat(500) + "\"}").getBytes(StandardCharsets.UTF_8))) {
            var answer = send(call(gateway, "").POST(HttpRequest.BodyPublishers.ofByteArray(body)));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        }
        assertThat(send(call(gateway, QUESTION.replace("house", "unknown"))).statusCode())
                .isEqualTo(404);
        assertThat(send(call(gateway, QUESTION).setHeader("Authorization", "Bearer bg-bad"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(call(gateway, "{\"model\":\"house\",\"x\":\"" + "a".repeat(5000) + "\"}"))
                        .statusCode())
                .isEqualTo(413);
        assertThat(there.calls()).isEmpty();
    }

    @Test
    void aServerThatKeepsFailingIsLeftAloneForAWhile() throws Exception {
        FakeServer bad = server(FakeServer.json(500, "{}"));
        FakeServer good = server(FakeServer.json(200, ANSWER));
        String gateway = gateway(Map.of(), bad.url(), good.url());
        for (int i = 0; i < 3 * Breaker.FAILURES; i++) {
            assertThat(send(call(gateway, QUESTION)).statusCode()).isEqualTo(200);
        }
        assertThat(bad.calls()).hasSize(Breaker.FAILURES);
    }

    @Test
    void twiceWhatTheServerTakesIsAnsweredOrRefusedAndNoneIsLost() throws Exception {
        var most = new AtomicInteger();
        var now = new AtomicInteger();
        FakeServer slow = server(out -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.sleep(2);
            FakeServer.json(200, ANSWER).to(out);
            now.decrementAndGet();
        });
        String gateway = gateway(
                Map.of("baigong.gateway.backends.b0.connections", "8", "baigong.gateway.backends.b0.queue", "8"),
                slow.url());
        Map<Integer, Integer> answers = new ConcurrentHashMap<>();
        try (var callers = Executors.newFixedThreadPool(32)) {
            var waiting = new ArrayList<java.util.concurrent.Future<?>>();
            for (int caller = 0; caller < 32; caller++) {
                waiting.add(callers.submit(() -> {
                    for (int i = 0; i < 100; i++) {
                        answers.merge(send(call(gateway, QUESTION)).statusCode(), 1, Integer::sum);
                    }
                    return null;
                }));
            }
            for (var each : waiting) {
                each.get();
            }
        }
        assertThat(answers.keySet()).containsExactlyInAnyOrder(200, 429);
        assertThat(answers.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(3_200);
        assertThat(slow.calls()).hasSize(answers.getOrDefault(200, 0));
        assertThat(most.get()).isLessThanOrEqualTo(8);
        assertThat(send(call(gateway, QUESTION)).statusCode()).isEqualTo(200);
        assertThat(ledger).hasSize(3_201);
    }

    @Test
    void aModelInProcessStopsWhenItsCallerLeaves() throws Exception {
        URI gateway = URI.create(gateway(Map.of()));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.getPort())) {
            String body = "{\"model\":\"bytes\",\"input\":\"dream\"}";
            socket.getOutputStream()
                    .write(
                            ("POST /v1/embeddings HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer bg-good\r\nContent-Length: "
                                            + body.length() + "\r\n\r\n" + body)
                                    .getBytes(StandardCharsets.UTF_8));
            Thread.sleep(300);
        }
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(usage().status()).isEqualTo(499);
    }
}
