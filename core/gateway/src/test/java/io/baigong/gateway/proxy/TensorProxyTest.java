package io.baigong.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.gateway.proxy.TensorProxy.Question;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Models on KServe V2 servers, over sockets, with what goes wrong there. */
class TensorProxyTest extends BetweenClientAndServer {
    private static final String QUESTION_JSON =
            "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1.5,2]}]}";
    private static final String ANSWER_JSON =
            "{\"model_name\":\"there\",\"outputs\":[{\"name\":\"y\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[3.5]}]}";

    private String tensors(Map<String, String> settings, String... urls) throws Exception {
        var values = new TreeMap<>(settings);
        for (int i = 0; i < urls.length; i++) {
            values.put("baigong.gateway.backends.t" + i + ".url", urls[i].replace("/v1", "/v2"));
            values.put("baigong.gateway.backends.t" + i + ".protocol", "kserve");
            values.put("baigong.gateway.models.defects.targets[" + i + "].backend", "t" + i);
            values.put("baigong.gateway.models.defects.targets[" + i + "].model", "the re");
            values.put("baigong.gateway.models.defects.targets[" + i + "].weight", String.valueOf(Math.pow(1e-9, i)));
        }
        ProxyConfig config = config(values);
        var proxy = new TensorProxy(
                vertx,
                config,
                new Routes(config, vertx, InstantSource.system()),
                this::admit,
                ledger::add,
                InstantSource.system());
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> handle(proxy, request))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        opened.add(
                () -> server.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS));
        return "http://127.0.0.1:" + server.actualPort() + "/v2/models/";
    }

    private static void handle(TensorProxy proxy, HttpServerRequest request) {
        String path = request.path().substring("/v2/models/".length());
        Question question =
                path.endsWith("/infer") ? Question.INFER : path.endsWith("/ready") ? Question.READY : Question.METADATA;
        String model = path.replaceAll("/.*", "");
        Optional<String> version = path.contains("/versions/")
                ? Optional.of(path.replaceAll(".*/versions/([^/]*).*", "$1"))
                : Optional.empty();
        assertThat(proxy.knows(model)).isTrue();
        proxy.handle(request, model, version, question);
    }

    private static HttpRequest.Builder infer(String gateway, String body) {
        return HttpRequest.newBuilder(URI.create(gateway + "defects/infer"))
                .header("Authorization", "Bearer bg-good")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static HttpRequest.Builder get(String address) {
        return HttpRequest.newBuilder(URI.create(address)).header("Authorization", "Bearer bg-good");
    }

    @Test
    void anInferenceIsPassedOnAndCounted() throws Exception {
        FakeServer there = server(FakeServer.json(200, ANSWER_JSON));
        String gateway = tensors(Map.of(), there.url());
        HttpResponse<String> answer = send(infer(gateway, QUESTION_JSON));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(ANSWER_JSON);
        assertThat(answer.headers().firstValue("x-baigong-backend")).hasValue("t0");
        assertThat(there.calls().getFirst())
                .startsWith("POST /v2/models/the%20re/infer HTTP/1.1")
                .endsWith(QUESTION_JSON)
                .doesNotContain("bg-good");
        Usage usage = usage();
        assertThat(usage.operation()).isEqualTo("infer");
        assertThat(usage.model()).isEqualTo("defects");
        assertThat(usage.backend()).isEqualTo("t0");
        assertThat(usage.key()).isEqualTo(KEY);

        send(HttpRequest.newBuilder(URI.create(gateway + "defects/versions/3/infer"))
                .header("Authorization", "Bearer bg-good")
                .POST(HttpRequest.BodyPublishers.ofString(QUESTION_JSON)));
        assertThat(there.calls().getLast()).startsWith("POST /v2/models/the%20re/versions/3/infer HTTP/1.1");
    }

    @Test
    void binaryTensorsPassBothWaysAsTheyAre() throws Exception {
        String head = "{\"inputs\":[{\"name\":\"x\",\"shape\":[2],\"datatype\":\"UINT8\","
                + "\"parameters\":{\"binary_data_size\":2}}]}";
        FakeServer there = server(out -> {
            out.write(
                    ("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nInference-Header-Content-Length: 2\r\n"
                                    + "Content-Length: 5\r\nConnection: close\r\n\r\n{}")
                            .getBytes(StandardCharsets.ISO_8859_1));
            out.write(new byte[] {0, (byte) 0xFF, 7});
        });
        String gateway = tensors(Map.of(), there.url());
        byte[] answer = client.send(
                        infer(gateway, head + "\u0001\u0002")
                                .header("Inference-Header-Content-Length", String.valueOf(head.length()))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .body();
        assertThat(answer).containsExactly('{', '}', 0, 0xFF, 7);
        assertThat(there.calls().getFirst())
                .containsIgnoringCase("inference-header-content-length: " + head.length())
                .containsIgnoringCase("content-type: application/octet-stream")
                .endsWith(head + "\u0001\u0002");
    }

    @Test
    void metadataAndReadinessAreAskedOfTheServer() throws Exception {
        FakeServer there = server(FakeServer.json(200, "{\"name\":\"there\",\"inputs\":[]}"));
        String gateway = tensors(Map.of(), there.url());
        assertThat(send(get(gateway + "defects")).body()).isEqualTo("{\"name\":\"there\",\"inputs\":[]}");
        assertThat(there.calls().getLast()).startsWith("GET /v2/models/the%20re HTTP/1.1");
        var ready = send(get(gateway + "defects/ready"));
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).isEqualTo("{\"name\":\"defects\",\"ready\":true}");
        assertThat(there.calls().getLast()).startsWith("GET /v2/models/the%20re/ready HTTP/1.1");
        assertThat(ledger).isEmpty();

        FakeServer loads = server(FakeServer.json(400, ""));
        assertThat(send(get(tensors(Map.of(), loads.url()) + "defects/ready")).statusCode())
                .isEqualTo(503);
        assertThat(send(get(tensors(Map.of(), loads.url(), there.url()) + "defects/ready"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatTheModelDoesNotTakeIsSaidByItsServer() throws Exception {
        String said = "{\"error\":\"expected shape [1,3], got [1,2]\"}";
        FakeServer there = server(FakeServer.json(400, said));
        var answer = send(infer(tensors(Map.of(), there.url()), QUESTION_JSON));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo(said);
    }

    @Test
    void anotherServerIsAskedWhenOneFails() throws Exception {
        int refuses;
        try (var socket = new ServerSocket(0)) {
            refuses = socket.getLocalPort();
        }
        FakeServer good = server(FakeServer.json(200, ANSWER_JSON));
        FakeServer busy = server(FakeServer.json(429, "{}"));
        FakeServer fails = server(FakeServer.json(500, "{}"));
        String gateway = tensors(Map.of(), "http://127.0.0.1:" + refuses + "/v1", busy.url(), fails.url(), good.url());
        var answer = send(infer(gateway, QUESTION_JSON));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-baigong-backend")).hasValue("t3");

        var none = send(infer(tensors(Map.of(), busy.url()), QUESTION_JSON));
        assertThat(none.statusCode()).isEqualTo(429);
        assertThat(none.headers().firstValue("retry-after")).hasValue("1");
        assertThat(none.body()).startsWith("{\"error\":\"The server t0 has no capacity left");
    }

    @Test
    void aServerThatFailsOftenIsLeftAlone() throws Exception {
        FakeServer fails = server(FakeServer.json(500, "{}"));
        FakeServer good = server(FakeServer.json(200, ANSWER_JSON));
        String gateway = tensors(Map.of(), fails.url(), good.url());
        for (int i = 0; i < Breaker.FAILURES + 3; i++) {
            assertThat(send(infer(gateway, QUESTION_JSON)).statusCode()).isEqualTo(200);
        }
        assertThat(fails.calls()).hasSize(Breaker.FAILURES);
    }

    @Test
    void whatIsNoAnswerNeverBegins() throws Exception {
        Map<FakeServer.Answer, Integer> answers = new HashMap<>();
        answers.put(FakeServer.json(200, "{\"outputs\":[{"), 502);
        answers.put(FakeServer.json(200, "<html>"), 502);
        answers.put(FakeServer.json(200, "{} {}"), 502);
        answers.put(FakeServer.json(302, "{}"), 502);
        answers.put(FakeServer.json(401, "{}"), 502);
        answers.put(out -> half(out, ""), 502);
        answers.put(out -> half(out, "Inference-Header-Content-Length: 9000\r\n"), 502);
        answers.put(out -> Thread.sleep(5_000), 504);
        answers.put(
                out -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    Thread.sleep(5_000);
                },
                504);
        for (var each : answers.entrySet()) {
            FakeServer there = server(each.getKey());
            var answer =
                    send(infer(tensors(Map.of("baigong.gateway.idle-timeout", "PT0.5S"), there.url()), QUESTION_JSON));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(each.getValue());
            assertThat(answer.body()).startsWith("{\"error\":\"").doesNotContain("Exception");
        }
    }

    private static void half(OutputStream out, String header) throws Exception {
        out.write(("HTTP/1.1 200 OK\r\n" + header + "Content-Length: 100\r\n\r\n{\"outputs\":")
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Test
    void anAnswerMayNotBeEndless() throws Exception {
        FakeServer there = server(FakeServer.json(200, "{\"a\":\"" + "x".repeat(10_000) + "\"}"));
        var answer =
                send(infer(tensors(Map.of("baigong.gateway.max-answer-bytes", "5000"), there.url()), QUESTION_JSON));
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("too long");
    }

    @Test
    void whenTheCallerGoesTheServerIsLetGo() throws Exception {
        FakeServer there = server(out -> {
            out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            while (true) {
                out.write("1\r\n{\r\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
                Thread.sleep(20);
            }
        });
        var asked = client.sendAsync(
                infer(tensors(Map.of(), there.url()), QUESTION_JSON).build(), HttpResponse.BodyHandlers.ofString());
        while (there.calls().isEmpty()) {
            Thread.sleep(10);
        }
        asked.cancel(true);
        assertThat(there.callerGone().await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(usage().status()).isEqualTo(499);
    }

    @Test
    void whatCantBeReadIsNotSent() throws Exception {
        FakeServer there = server(FakeServer.json(200, ANSWER_JSON));
        String gateway = tensors(Map.of("baigong.gateway.max-request-bytes", "1000"), there.url());
        assertThat(send(infer(gateway, "{\"inputs\":[").header("X", "y")).statusCode())
                .isEqualTo(400);
        assertThat(send(infer(gateway, "[]")).statusCode()).isEqualTo(400);
        assertThat(send(infer(gateway, "x".repeat(2_000))).statusCode()).isEqualTo(413);
        for (String length : new String[] {"99", "0", "-1", "x"}) {
            assertThat(send(infer(gateway, "{}").header("Inference-Header-Content-Length", length))
                            .statusCode())
                    .isEqualTo(400);
        }
        assertThat(send(infer(gateway, QUESTION_JSON).header("Content-Encoding", "gzip"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(infer(gateway, QUESTION_JSON).setHeader("Authorization", "Bearer bg-bad"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(there.calls()).isEmpty();
    }

    @Test
    void aTenantsZonesAndGuardsHold() throws Exception {
        FakeServer there = server(FakeServer.json(200, ANSWER_JSON));
        var abroad = send(infer(tensors(Map.of("baigong.gateway.guard.zones", "eu"), there.url()), QUESTION_JSON));
        assertThat(abroad.statusCode()).isEqualTo(403);
        String masked = tensors(Map.of("baigong.gateway.guard.mask-personal-data", "true"), there.url());
        assertThat(send(infer(masked, QUESTION_JSON)).statusCode()).isEqualTo(200);
        var texts = send(infer(masked, QUESTION_JSON.replace("FP32", "BYTES")));
        assertThat(texts.statusCode()).isEqualTo(403);
        assertThat(texts.body()).contains("send no BYTES");
        assertThat(there.calls()).hasSize(1);
    }

    @Test
    void noCallGoesToLinkLocalAddresses() throws Exception {
        var answer = send(infer(tensors(Map.of(), "http://0.0.0.0:1/v1"), QUESTION_JSON));
        assertThat(answer.statusCode()).isEqualTo(503);
    }

    @Test
    void whatDoesNotFitIsRefusedAtTheStart() throws Exception {
        FakeServer there = server(FakeServer.json(200, ANSWER_JSON));
        for (var wrong : Map.of(
                        "baigong.gateway.models.defects.cache", "PT1H",
                        "baigong.gateway.backends.t0.mask-personal-data", "true")
                .entrySet()) {
            assertThatThrownBy(() -> tensors(Map.of(wrong.getKey(), wrong.getValue()), there.url()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("KSERVE");
        }
        assertThatThrownBy(() -> tensors(
                        Map.of(
                                "baigong.gateway.backends.chat.url",
                                there.url(),
                                "baigong.gateway.models.defects.targets[1].backend",
                                "chat"),
                        there.url()))
                .hasMessageContaining("two protocols");
    }

    @Test
    void chatSaysWhereSuchAModelIsAsked() throws Exception {
        FakeServer there = server(FakeServer.json(200, ANSWER_JSON));
        String gateway = gateway(Map.of("baigong.gateway.backends.b0.protocol", "kserve"), there.url());
        var answer = send(call(gateway, QUESTION));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("POST /v2/models/house/infer");
    }
}
