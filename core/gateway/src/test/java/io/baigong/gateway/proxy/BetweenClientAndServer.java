package io.baigong.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.embedding.EmbeddingModel;
import io.baigong.gateway.guard.GuardSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The gateway between a client and servers, over sockets; with keys, budgets and a ledger that tests can look into. */
abstract class BetweenClientAndServer {
    static final String ANSWER =
            "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"there\",\"choices\":[{\"index\":0,"
                    + "\"message\":{\"role\":\"assistant\",\"content\":\"Good day.\"},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":3,\"total_tokens\":8}}";
    static final String USAGE =
            "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"there\",\"choices\":[],"
                    + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2,\"total_tokens\":7}}";
    static final String QUESTION =
            "{\"model\":\"house\",\"messages\":[{\"role\":\"user\",\"content\":\"你好 \\\"model\\\"\"}]}";
    static final UUID KEY = UUID.fromString("00000000-0000-0000-0000-000000000001");
    static final UUID OTHER = UUID.fromString("00000000-0000-0000-0000-000000000002");

    static Vertx vertx;

    /** The newest gateway. */
    ModelProxy proxy;

    final MeterRegistry meters = new SimpleMeterRegistry();
    final HttpClient client = HttpClient.newHttpClient();
    final BlockingQueue<Usage> ledger = new LinkedBlockingQueue<>();
    final AtomicInteger permits = new AtomicInteger();
    final List<AutoCloseable> opened = new ArrayList<>();
    final BlockingQueue<Cost> reserved = new LinkedBlockingQueue<>();
    final BlockingQueue<Cost> released = new LinkedBlockingQueue<>();
    volatile long budget = -1;
    final Set<String> keys = new CopyOnWriteArraySet<>(Set.of("bg-good", "bg-other", "bg-abroad"));
    final BlockingQueue<String> socketsEnded = new LinkedBlockingQueue<>();
    final CountDownLatch interrupted = new CountDownLatch(1);

    /** A model in process: it counts bytes; when asked to, it dreams until it is interrupted, or fails. */
    final LocalModels here = new LocalModels() {
        @Override
        public Set<String> names(Operation operation) {
            return operation == Operation.EMBEDDINGS ? Set.of("bytes") : Set.of();
        }

        @Override
        public Answer answer(Operation operation, String model, byte[] body) throws ApiException {
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
            if (new String(body, StandardCharsets.UTF_8).contains("fault")) {
                throw new IllegalStateException("can't read " + new String(body, StandardCharsets.UTF_8));
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

    static String delta(String content) {
        return "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"there\",\"choices\":[{\"index\":0,"
                + "\"delta\":{\"content\":\"" + content + "\"},\"finish_reason\":null}]}";
    }

    FakeServer server(FakeServer.Answer answer) throws Exception {
        var server = new FakeServer(answer);
        opened.add(server);
        return server;
    }

    static FakeServer.Answer stream(String... data) {
        return out -> {
            FakeServer.events(out, data);
            FakeServer.event(out, "[DONE]");
        };
    }

    /** The gateway before these servers, the first by far the most preferred; its address. */
    String gateway(Map<String, String> settings, String... urls) throws Exception {
        var values = new TreeMap<>(settings);
        for (int i = 0; i < urls.length; i++) {
            values.put("baigong.gateway.backends.b" + i + ".url", urls[i]);
            values.put("baigong.gateway.models.house.targets[" + i + "].backend", "b" + i);
            values.put("baigong.gateway.models.house.targets[" + i + "].model", "there");
            values.put("baigong.gateway.models.house.targets[" + i + "].weight", String.valueOf(Math.pow(1e-9, i)));
        }
        ProxyConfig config = config(values);
        proxy = new ModelProxy(
                vertx,
                config,
                new Routes(config, vertx, InstantSource.system()),
                here,
                new SemanticCache(config.semanticCacheBytes(), encoders(), meters),
                this::admit,
                ledger::add,
                InstantSource.system());
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> {
                    if (request.headers().contains("Upgrade")) {
                        proxy.open(request, operation(request.path()), 2, () -> socketsEnded.add(request.path()));
                    } else {
                        proxy.handle(request, operation(request.path()));
                    }
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        opened.add(
                () -> server.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS));
        return "http://127.0.0.1:" + server.actualPort() + "/v1";
    }

    /** Has the newest gateway let no text pass that has this phrase, from now on. */
    void block(String phrase) {
        proxy.routes.add(new RouteSettings(
                Map.of(),
                Map.of(),
                Map.of(
                        "acme",
                        new GuardSettings(
                                Set.of(),
                                false,
                                OptionalInt.empty(),
                                Map.of("blocked", List.of(phrase)),
                                Set.of(),
                                false,
                                Optional.empty()))));
    }

    static ProxyConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(ProxyConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(ProxyConfig.class);
    }

    /** What tells whether questions mean the same; none, for most tests. */
    Function<Script, EmbeddingModel> encoders() {
        return script -> {
            throw new IllegalStateException("no encoder for " + script);
        };
    }

    private static Operation operation(String path) {
        return Arrays.stream(Operation.values())
                .filter(each -> path.equals("/v1/" + each.path()))
                .findFirst()
                .orElseThrow();
    }

    Future<Admission.Permit> admit(String secret) {
        if (!keys.contains(secret)) {
            return Future.failedFuture(ApiException.wrongKey());
        }
        permits.incrementAndGet();
        return Future.succeededFuture(new Admission.Permit() {
            @Override
            public UUID key() {
                return secret.equals("bg-other") ? OTHER : KEY;
            }

            @Override
            public String tenant() {
                return secret.equals("bg-abroad") ? "umbrella" : "acme";
            }

            @Override
            public boolean hasBudget() {
                return budget >= 0;
            }

            @Override
            public Future<Void> reserve(Cost most) {
                reserved.add(most);
                return most.tokens() <= budget
                        ? Future.succeededFuture()
                        : Future.failedFuture(ApiException.budgetSpent());
            }

            @Override
            public void release(Cost used) {
                permits.decrementAndGet();
                released.add(used);
            }
        });
    }

    HttpRequest.Builder call(String gateway, String body) {
        return HttpRequest.newBuilder(URI.create(gateway + "/chat/completions"))
                .header("Authorization", "Bearer bg-good")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    Usage usage() throws InterruptedException {
        Usage usage = ledger.poll(10, TimeUnit.SECONDS);
        assertThat(usage).isNotNull();
        return usage;
    }

    static HttpRequest.Builder embed(String gateway, String body) {
        return HttpRequest.newBuilder(URI.create(gateway + "/embeddings"))
                .header("Authorization", "Bearer bg-good")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }
}
