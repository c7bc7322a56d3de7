package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged suite as {@code ./baigong up} starts it: first and second start, in the way of another, killed. */
class UpIT {
    private static final Pattern PASSWORD = Pattern.compile("Sign in as analyst with the password ([a-z0-9]{16}) ");
    private static final Pattern RUN = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

    private static final Pattern SECRET = Pattern.compile("\"secret\":\"(bg-[0-9a-f]{40})\"");

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<PackagedSuite> started = new ArrayList<>();

    @AfterEach
    void stopAll() throws Exception {
        for (PackagedSuite suite : started) {
            suite.close();
        }
    }

    private PackagedSuite up(int port, Map<String, String> environment) throws IOException {
        var suite = new PackagedSuite(folder.resolve("home"), port, environment);
        started.add(suite);
        return suite;
    }

    private PackagedSuite up(int port) throws IOException {
        return up(port, Map.of());
    }

    private HttpResponse<String> send(int port, String password, HttpRequest.Builder request, String path)
            throws Exception {
        var credentials = Base64.getEncoder().encodeToString(("analyst:" + password).getBytes(StandardCharsets.UTF_8));
        return client.send(
                request.uri(URI.create("http://127.0.0.1:" + port + path))
                        .header("Authorization", "Basic " + credentials)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder sample() {
        return HttpRequest.newBuilder()
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(HttpRequest.BodyPublishers.ofString(String.join(
                        "\r\n",
                        "--x",
                        "Content-Disposition: form-data; name=\"sample\"",
                        "",
                        "managed-services",
                        "--x--",
                        "")));
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private static void failsInALine(PackagedSuite up, String said) throws Exception {
        assertThat(up.exit()).isEqualTo(1);
        assertThat(up.printed()).contains(said).doesNotContain("\tat ");
        assertThat(up.lines()).hasSize(1);
    }

    @Test
    void whatWasAnsweredOutlivesAKillOfServerAndDatabase() throws Exception {
        int port = PackagedSuite.freePort();
        PackagedSuite first = up(port).ready();
        String password = found(PASSWORD, first.printed());
        HttpResponse<String> answer = send(port, password, sample(), "/api/v1/tasks/finance.contract-review/runs");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        String run = found(RUN, answer.body());

        failsInALine(up(port), "port " + port + " of 127.0.0.1 can't be had");
        failsInALine(up(PackagedSuite.freePort()), "another Baigong runs on the data in");

        var database = ProcessHandle.of(Long.parseLong(Files.readAllLines(folder.resolve("home/data/postmaster.pid"))
                        .getFirst()))
                .orElseThrow();
        first.kill();
        database.destroyForcibly();
        database.onExit().get(30, TimeUnit.SECONDS);
        assertThat(first.exit()).isEqualTo(137);

        PackagedSuite second = up(port).ready();
        assertThat(second.printed()).doesNotContain(password);
        HttpResponse<String> kept =
                send(port, password, HttpRequest.newBuilder().GET(), "/api/v1/runs/" + run);
        assertThat(kept.statusCode()).isEqualTo(200);
        assertThat(kept.body()).contains(run, "MANAGED SERVICES AGREEMENT");

        // while its models are still being opened
        second.stop();
        assertThat(second.exit()).as(second.printed()).isEqualTo(143);
        assertThat(folder.resolve("home/data/postmaster.pid")).doesNotExist();
        assertThat(folder.resolve("home/uploads"))
                .satisfiesAnyOf(
                        uploads -> assertThat(uploads).doesNotExist(),
                        uploads -> assertThat(uploads).isEmptyDirectory());
    }

    @Test
    void keepsItsRunsInADatabaseOfTheOperator() throws Exception {
        int port = PackagedSuite.freePort();
        try (var databaseHome = Home.take(folder.resolve("theirs"));
                var database = Postgres.start(databaseHome)) {
            String url = database.jdbcUrl() + "?user=" + database.user() + "&password=" + database.password();
            String password = "correct horse battery";
            PackagedSuite suite = up(port, Map.of("BAIGONG_DB_URL", url, "BAIGONG_ACCOUNTS_PASSWORD", password))
                    .ready();
            HttpResponse<String> answer = send(port, password, sample(), "/api/v1/tasks/finance.contract-review/runs");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            HttpResponse<String> key = send(
                    port,
                    password,
                    HttpRequest.newBuilder()
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"k\",\"tokensPerDay\":1000}")),
                    "/api/v1/keys");
            HttpResponse<String> vectors = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/embeddings"))
                            .header("Authorization", "Bearer " + found(SECRET, key.body()))
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"model\":\"all-minilm-l6-v2\",\"input\":\"Risk.\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(vectors.statusCode()).as(vectors.body()).isEqualTo(200);
            suite.stop();
            assertThat(suite.exit()).as(suite.printed()).isEqualTo(143);
            assertThat(folder.resolve("home/data")).doesNotExist();
            // What was used is written at the latest by a stop, and what was taken of the budget and not used is back.
            try (var connection = DriverManager.getConnection(url);
                    var rows = connection
                            .createStatement()
                            .executeQuery(
                                    "select input_tokens, granted from gateway_usage join gateway_budget using (key_id)")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(1)).isEqualTo(4);
                assertThat(rows.getLong(2)).isEqualTo(4);
            }
            try (var connection = DriverManager.getConnection(url);
                    var rows = connection.createStatement().executeQuery("select id::text from run")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo(found(RUN, answer.body()));
                assertThat(rows.next()).isFalse();
            }
        }
    }

    @Test
    void aStopLetsAStreamInFlightEnd() throws Exception {
        var more = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write("data: {\"choices\":[{}]}\n\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
                more.await(30, TimeUnit.SECONDS);
                out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        try {
            int port = PackagedSuite.freePort();
            String password = "correct horse battery";
            PackagedSuite suite = up(
                            port,
                            Map.of(
                                    "BAIGONG_ACCOUNTS_PASSWORD",
                                    password,
                                    "BAIGONG_GATEWAY_BACKENDS_SLOW_URL",
                                    "http://127.0.0.1:" + server.getAddress().getPort() + "/v1",
                                    "BAIGONG_GATEWAY_MODELS_HOUSE_TARGETS_0__BACKEND",
                                    "slow"))
                    .ready();
            var key = send(
                    port,
                    password,
                    HttpRequest.newBuilder()
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"stream\"}")),
                    "/api/v1/keys");
            assertThat(key.statusCode()).as(key.body()).isEqualTo(201);
            var stream = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/chat/completions"))
                            .header("Authorization", "Bearer " + found(SECRET, key.body()))
                            .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"house\",\"stream\":true}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (var lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
                assertThat(lines.readLine()).isEqualTo("data: {\"choices\":[{}]}");
                suite.stop();
                Thread.sleep(1_000);
                assertThat(suite.isAlive()).isTrue();
                more.countDown();
                assertThat(lines.lines().toList()).contains("data: [DONE]");
            }
            assertThat(suite.exit()).as(suite.printed()).isEqualTo(143);
        } finally {
            server.stop(0);
        }
    }
}
