package io.baigong.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The gateway between real clients and servers that behave badly, over sockets. */
class ModelProxyTest {
    private static final String ANSWER =
            "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"there\",\"choices\":[{\"index\":0,"
                    + "\"message\":{\"role\":\"assistant\",\"content\":\"Good day.\"},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":3,\"total_tokens\":8}}";
    private static final String USAGE =
            "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"there\",\"choices\":[],"
                    + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2,\"total_tokens\":7}}";
    private static final String QUESTION =
            "{\"model\":\"house\",\"messages\":[{\"role\":\"user\",\"content\":\"你好 \\\"model\\\"\"}]}";
    private static final UUID KEY = UUID.fromString("00000000-0000-0000-0000-000000000001");

    private static Vertx vertx;

    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<Usage> ledger = new LinkedBlockingQueue<>();
    private final AtomicInteger permits = new AtomicInteger();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final BlockingQueue<Long> reserved = new LinkedBlockingQueue<>();
    private final BlockingQueue<Long> released = new LinkedBlockingQueue<>();
    private volatile long budget = -1;
    private final CountDownLatch interrupted = new CountDownLatch(1);

    /** A model in process: it counts bytes, and dreams until it is interrupted when asked to. */
    private final LocalModels here = new LocalModels() {
        @Override
        public Set<String> names(String operation) {
            return operation.equals("embeddings") ? Set.of("bytes") : Set.of();
        }

        @Override
        public Answer answer(String operation, String model, byte[] body) throws ApiException {
            if (new String(body, StandardCharsets.UTF_8).contains("dream")) {
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
            }
            if (new String(body, StandardCharsets.UTF_8).contains("wrong")) {
                throw ApiException.invalid("input is wrong", "input");
            }
            return new Answer("[1]".getBytes(StandardCharsets.UTF_8), 9);
        }
    };

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        assertThat(permits).hasValue(0);
    }

    private static String delta(String content) {
        return "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"there\",\"choices\":[{\"index\":0,"
                + "\"delta\":{\"content\":\"" + content + "\"},\"finish_reason\":null}]}";
    }

    private FakeServer server(FakeServer.Answer answer) throws Exception {
        var server = new FakeServer(answer);
        opened.add(server);
        return server;
    }

    private static FakeServer.Answer stream(String... data) {
        return out -> {
            FakeServer.events(out, data);
            FakeServer.event(out, "[DONE]");
        };
    }

    /** The gateway before these servers, the first by far the most preferred; its address. */
    private String gateway(Map<String, String> settings, String... urls) throws Exception {
        var values = new TreeMap<>(settings);
        for (int i = 0; i < urls.length; i++) {
            values.put("baigong.gateway.backends.b" + i + ".url", urls[i]);
            values.put("baigong.gateway.models.house.targets[" + i + "].backend", "b" + i);
            values.put("baigong.gateway.models.house.targets[" + i + "].model", "there");
            values.put("baigong.gateway.models.house.targets[" + i + "].weight", String.valueOf(Math.pow(1e-9, i)));
        }
        var config = new SmallRyeConfigBuilder()
                .withMapping(ProxyConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(ProxyConfig.class);
        var proxy = new ModelProxy(vertx, config, here, this::admit, ledger::add, InstantSource.system());
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> proxy.handle(request, request.path().substring("/v1/".length())))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        opened.add(
                () -> server.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS));
        return "http://127.0.0.1:" + server.actualPort() + "/v1";
    }

    private Future<Admission.Permit> admit(String secret) {
        if (!secret.equals("bg-good")) {
            return Future.failedFuture(ApiException.wrongKey());
        }
        permits.incrementAndGet();
        return Future.succeededFuture(new Admission.Permit() {
            @Override
            public UUID key() {
                return KEY;
            }

            @Override
            public boolean hasBudget() {
                return budget >= 0;
            }

            @Override
            public Future<Void> reserve(long tokens) {
                reserved.add(tokens);
                return tokens <= budget ? Future.succeededFuture() : Future.failedFuture(ApiException.budgetSpent());
            }

            @Override
            public void release(long used) {
                permits.decrementAndGet();
                released.add(used);
            }
        });
    }

    private HttpRequest.Builder call(String gateway, String body) {
        return HttpRequest.newBuilder(URI.create(gateway + "/chat/completions"))
                .header("Authorization", "Bearer bg-good")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private Usage usage() throws InterruptedException {
        Usage usage = ledger.poll(10, TimeUnit.SECONDS);
        assertThat(usage).isNotNull();
        return usage;
    }

    @Test
    void passesTheQuestionAndTheAnswerOnAsTheyCame() throws Exception {
        FakeServer there = server(FakeServer.json(200, ANSWER));
        var answer = send(call(gateway(Map.of(), there.url()), QUESTION));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(ANSWER);
        assertThat(there.calls().getFirst())
                .startsWith("POST /v1/chat/completions ")
                .endsWith(QUESTION.replace("house", "there"))
                .doesNotContain("bg-good");
        Usage usage = usage();
        assertThat(usage.key()).isEqualTo(KEY);
        assertThat(usage.status()).isEqualTo(200);
        assertThat(usage.inputTokens()).isEqualTo(5);
        assertThat(usage.outputTokens()).isEqualTo(3);
        assertThat(usage.backend()).isEqualTo("b0");
    }

    @Test
    void langChain4jTalksToItWithAndWithoutStreaming() throws Exception {
        FakeServer whole = server(FakeServer.json(200, ANSWER));
        var model = OpenAiChatModel.builder()
                .baseUrl(gateway(Map.of(), whole.url()))
                .apiKey("bg-good")
                .modelName("house")
                .build();
        assertThat(model.chat("Good day?")).isEqualTo("Good day.");

        FakeServer inParts = server(stream(delta("Good"), delta(" day."), USAGE));
        var streaming = OpenAiStreamingChatModel.builder()
                .baseUrl(gateway(Map.of(), inParts.url()))
                .apiKey("bg-good")
                .modelName("house")
                .build();
        var parts = new ArrayList<String>();
        var complete = new CompletableFuture<ChatResponse>();
        streaming.chat("Good day?", new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String part) {
                parts.add(part);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                complete.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                complete.completeExceptionally(error);
            }
        });
        ChatResponse response = complete.get(20, TimeUnit.SECONDS);
        assertThat(parts).containsExactly("Good", " day.");
        assertThat(response.aiMessage().text()).isEqualTo("Good day.");
        assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(5);
    }

    @Test
    void usageThatNobodyAskedForIsCountedButNotPassedOn() throws Exception {
        FakeServer there = server(stream(delta("Good"), USAGE));
        var answer =
                send(call(gateway(Map.of(), there.url()), "{\"stream\":true,\"model\":\"house\",\"messages\":[]}"));
        assertThat(answer.body()).isEqualTo("data: " + delta("Good") + "\n\ndata: [DONE]\n\n");
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/event-stream");
        assertThat(there.calls().getFirst()).contains("\"stream_options\":{\"include_usage\":true}");
        assertThat(usage().outputTokens()).isEqualTo(2);
    }

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
    void aCallerWithABudgetReservesTheMostAndPaysWhatWasUsed() throws Exception {
        budget = 10_000;
        FakeServer there = server(FakeServer.json(200, ANSWER));
        String gateway = gateway(Map.of(), there.url());
        assertThat(send(call(gateway, QUESTION)).statusCode()).isEqualTo(200);
        assertThat(reserved.take()).isEqualTo(QUESTION.getBytes(StandardCharsets.UTF_8).length + 4096L);
        assertThat(released.take()).isEqualTo(8);
        assertThat(there.calls().getFirst()).endsWith(",\"max_tokens\":4096}");

        String nothing = "{\"model\":\"house\",\"max_tokens\":null}";
        assertThat(send(call(gateway, nothing)).statusCode()).isEqualTo(200);
        assertThat(reserved.take()).isEqualTo(nothing.length() + 4096L);
        assertThat(there.calls().get(1)).endsWith("\"max_tokens\":null,\"max_tokens\":4096}");

        String many = "{\"model\":\"house\",\"max_tokens\":5,\"n\":2,\"prompt\":[\"a\",\"b\",[1,2]]}";
        assertThat(send(call(gateway, many)).statusCode()).isEqualTo(200);
        assertThat(reserved.take()).isEqualTo(many.length() + 30L);

        String own = "{\"model\":\"house\",\"max_completion_tokens\":7,\"n\":3}";
        assertThat(send(call(gateway, own)).statusCode()).isEqualTo(200);
        assertThat(reserved.take()).isEqualTo(own.length() + 21L);
        assertThat(there.calls().get(3)).doesNotContain("max_tokens");

        var refused = send(call(gateway, "{\"model\":\"house\",\"max_tokens\":9223372036854775807,\"n\":2000000000}"));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("insufficient_quota");
        assertThat(there.calls()).hasSize(4);
    }

    @Test
    void anAnswerThatDoesNotSayWhatItUsedPaysAllThatWasReserved() throws Exception {
        budget = 10_000;
        String question = "{\"model\":\"house\",\"max_tokens\":50,\"stream\":true}";
        FakeServer silent = server(stream(delta("Good")));
        assertThat(send(call(gateway(Map.of(), silent.url()), question)).statusCode())
                .isEqualTo(200);
        assertThat(released.take()).isEqualTo(question.length() + 50L);
        FakeServer failing = server(FakeServer.json(500, "{}"));
        assertThat(send(call(gateway(Map.of(), failing.url()), question)).statusCode())
                .isEqualTo(502);
        assertThat(released.take()).isZero();
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
    void aModelInProcessAnswersUnderTheSameKeysAndLedger() throws Exception {
        budget = 10_000;
        String gateway = gateway(Map.of());
        String question = "{\"model\":\"bytes\",\"input\":\"x\"}";
        var answer = send(embed(gateway, question));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("[1]");
        assertThat(reserved.take()).isEqualTo(question.length());
        assertThat(released.take()).isEqualTo(9);
        Usage usage = usage();
        assertThat(usage.operation() + ' ' + usage.backend() + ' ' + usage.inputTokens())
                .isEqualTo("embeddings in process 9");
        assertThat(send(embed(gateway, "{\"model\":\"bytes\",\"input\":\"wrong\"}"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(call(gateway, question)).statusCode()).isEqualTo(404);
    }

    @Test
    void embeddingsOfAServerPassThroughWithoutALimitOfTheAnswer() throws Exception {
        budget = 10_000;
        String vectors = "{\"object\":\"list\",\"data\":[],\"usage\":{\"prompt_tokens\":4,\"total_tokens\":4}}";
        FakeServer there = server(FakeServer.json(200, vectors));
        String question = "{\"model\":\"house\",\"input\":\"x\"}";
        var answer = send(embed(gateway(Map.of(), there.url()), question));
        assertThat(answer.body()).isEqualTo(vectors);
        assertThat(there.calls().getFirst())
                .startsWith("POST /v1/embeddings ")
                .endsWith(question.replace("house", "there"));
        assertThat(reserved.take()).isEqualTo(question.length());
        assertThat(usage().inputTokens()).isEqualTo(4);
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

    private static HttpRequest.Builder embed(String gateway, String body) {
        return HttpRequest.newBuilder(URI.create(gateway + "/embeddings"))
                .header("Authorization", "Bearer bg-good")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    @Test
    void settingsThatCantBeUsedAreNamedAndSecretsAreNotShown() {
        Map<Map<String, String>, String> wrong = Map.of(
                Map.of("baigong.gateway.backends.b.url", "file:///etc/passwd"), "backends.b.url must be an http",
                Map.of("baigong.gateway.backends.b.url", "http://x/v1", "baigong.gateway.backends.b.secret", "sk-123"),
                        "backends.b.secret must be a reference",
                Map.of(
                                "baigong.gateway.backends.b.url",
                                "http://x/v1",
                                "baigong.gateway.backends.b.secret",
                                "env:NO_SUCH_VARIABLE_HERE"),
                        "NO_SUCH_VARIABLE_HERE, which is not set",
                Map.of("baigong.gateway.models.m.targets[0].backend", "nowhere"), "names the backend nowhere");
        wrong.forEach((settings, said) -> assertThatThrownBy(() -> gateway(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said)
                .hasMessageNotContaining("sk-123"));
    }
}
