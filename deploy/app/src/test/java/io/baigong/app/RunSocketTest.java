package io.baigong.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.app.People.Person;
import io.baigong.host.account.Accounts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs of tasks over a WebSocket, as the JDK's client sees them. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class RunSocketTest {
    private static final String CODING = "medical.icd-coding";

    @TestHTTPResource("/api/v1/tasks/")
    URI tasks;

    @Inject
    Accounts accounts;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void account() throws Exception {
        accounts.ensureFirst();
    }

    private URI address(String task) {
        return URI.create(tasks.toString().replace("http:", "ws:") + task + "/stream");
    }

    private static Map<String, String> basic(Person person) {
        String credentials = person.signInName() + ":" + person.password();
        return Map.of(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    private WebSocket open(String task, Map<String, String> headers, Heard heard) {
        var builder = client.newWebSocketBuilder();
        headers.forEach(builder::header);
        return builder.buildAsync(address(task), heard).join();
    }

    /** The status of an upgrade that is refused. */
    private int refused(String task, Map<String, String> headers) {
        try {
            open(task, headers, new Heard()).abort();
        } catch (CompletionException e) {
            return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
        }
        return 101;
    }

    private static String note(String correlation) {
        return "{\"correlationId\": \"" + correlation + "\", \"purpose\": \"coding\", \"input\": {\"note\":"
                + " \"Patient admitted with pneumonia and fever.\", \"language\": \"en\"}}";
    }

    @Test
    void aMessageIsARunThatIsAnsweredAsRestAnswersItAndIsInTheJournalOnce() throws Exception {
        Person person = People.ofNewTenant();
        var heard = new Heard();
        WebSocket socket = open(CODING, basic(person), heard);
        socket.sendText(note("order 7"), true).join();

        JsonNode answer = heard.next();
        assertThat(answer.path("correlationId").asText()).isEqualTo("order 7");
        String id = answer.path("run").path("id").asText();
        // As POST has it too: the journal keeps microseconds.
        var over = (ObjectNode)
                json.readTree(person.asks().get("/api/v1/runs/" + id).asString());
        over.set("startedAt", answer.path("run").path("startedAt"));
        assertThat(answer.path("run")).isEqualTo(over);
        person.asks().get("/api/v1/runs").then().body("id", hasSize(1));
        person.asks().get("/api/v1/audit/entries").then().body("leaf.entry.subject", hasItem(id));
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        assertThat(heard.closed()).isEqualTo(WebSocket.NORMAL_CLOSURE);
    }

    @Test
    void whatIsWrongIsAProblemAndEndsNothing() throws Exception {
        Person person = People.ofNewTenant();
        var heard = new Heard();
        WebSocket socket = open(CODING, basic(person), heard);

        socket.sendText("{\"correlationId\":", true).join();
        assertThat(heard.next().path("problem").path("status").asInt()).isEqualTo(400);
        socket.sendText("[]", true).join();
        assertThat(heard.next().path("problem").path("remedy").asText()).contains("correlationId");
        socket.sendText("{\"correlationId\": \"b\", \"files\": [{\"content\": \"§\"}]}", true)
                .join();
        JsonNode badFile = heard.next();
        assertThat(badFile.path("problem").path("status").asInt()).isEqualTo(400);
        assertThat(badFile.path("correlationId").asText()).isEqualTo("b");
        socket.sendText("{\"correlationId\": \"c\", \"input\": {\"nothing\": 1}}", true)
                .join();
        JsonNode failed = heard.next();
        assertThat(failed.path("correlationId").asText()).isEqualTo("c");
        person.asks()
                .get("/api/v1/runs/" + failed.path("problem").path("run").asText())
                .then()
                .statusCode(200);
        socket.sendText(note("good"), true).join();
        assertThat(heard.next().path("run").path("status").asText()).isEqualTo("ANSWERED");
        socket.abort();
    }

    @Test
    void filesGoAlong() throws Exception {
        Person person = People.ofNewTenant();
        var heard = new Heard();
        WebSocket socket = open("medical.term-normalisation", basic(person), heard);
        String list = Base64.getEncoder().encodeToString("K35.8\t急性阑尾炎\nJ18.9\t肺炎\n".getBytes(StandardCharsets.UTF_8));
        socket.sendText(
                        "{\"input\": {\"terms\": \"急性阑尾炎\"}, \"files\": [{\"component\": \"codeList\", \"name\": \"ours.tsv\","
                                + " \"content\": \"" + list + "\"}]}",
                        true)
                .join();
        JsonNode run = heard.next().path("run");
        assertThat(run.path("attachments").path(0).path("name").asText()).isEqualTo("ours.tsv");
        assertThat(run.path("output").toString()).contains("K35.8");
        socket.abort();
    }

    @Test
    void onlyWhoMayRunTheTaskComesIn() {
        Person boss = People.ofNewTenant();
        Person coder = People.made(boss, "analyst:medical");
        Person auditor = People.made(boss, "auditor");
        assertThat(refused(CODING, Map.of())).isEqualTo(401);
        assertThat(refused(CODING, basic(new Person("x", "x", "not the password"))))
                .isEqualTo(401);
        assertThat(refused(CODING, basic(auditor))).isEqualTo(403);
        assertThat(refused("finance.contract-review", basic(coder))).isEqualTo(404);
        assertThat(refused("medical.nothing", basic(boss))).isEqualTo(404);
        assertThat(refused(CODING, basic(coder))).isEqualTo(101);
        boss.asks()
                .get("/api/v1/audit/entries")
                .then()
                .body("leaf.entry.subject", hasItem("WebSocket /api/v1/tasks/" + CODING + "/stream"));
    }

    @Test
    void aPageOfSomebodyElseCanNotUseTheSession() throws Exception {
        Person boss = People.ofNewTenant();
        String cookie = given().contentType("application/json")
                .body(Map.of("name", boss.signInName(), "password", boss.password()))
                .post("/api/v1/sign-in")
                .getCookie("baigong-session");
        // The JDK's client keeps Origin for itself, so these handshakes are written by hand.
        assertThat(handshake(cookie, "http://evil.example")).contains(" 403 ");
        assertThat(handshake(cookie, "http://" + tasks.getHost() + ":1")).contains(" 403 ");
        assertThat(handshake(cookie, "null")).contains(" 403 ");
        assertThat(handshake(cookie, "http://" + tasks.getAuthority())).contains(" 101 ");
        assertThat(handshake("no session", "http://" + tasks.getAuthority())).contains(" 401 ");
        boss.asks()
                .get("/api/v1/audit/entries")
                .then()
                .body("leaf.entry.detail.what", hasItem("from a page of another origin"));
    }

    private String handshake(String cookie, String origin) throws IOException {
        try (var socket = new Socket(tasks.getHost(), tasks.getPort())) {
            String key = Base64.getEncoder().encodeToString(new byte[16]);
            socket.getOutputStream()
                    .write(("GET " + address(CODING).getPath() + " HTTP/1.1\r\nHost: " + tasks.getAuthority()
                                    + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                                    + key + "\r\nOrigin: " + origin + "\r\nCookie: baigong-session=" + cookie
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    @Test
    void moreThanMayBeUnansweredIsRefusedAndNotRun() throws Exception {
        Person person = People.ofNewTenant();
        var heard = new Heard();
        WebSocket socket = open(CODING, basic(person), heard);
        int many = 40;
        for (int i = 0; i < many; i++) {
            socket.sendText(note("m" + i), true).join();
        }
        var statuses = new HashMap<String, Integer>();
        for (int i = 0; i < many; i++) {
            JsonNode answer = heard.next();
            statuses.put(
                    answer.path("correlationId").asText(),
                    answer.has("run")
                            ? 200
                            : answer.path("problem").path("status").asInt());
        }
        assertThat(statuses).hasSize(many).containsValue(200);
        assertThat(statuses.values()).containsOnly(200, 429);
        long ran = statuses.values().stream().filter(status -> status == 200).count();
        person.asks().queryParam("limit", 100).get("/api/v1/runs").then().body("id", hasSize((int) ran));
        socket.abort();
    }

    @Test
    void aMessageThatIsTooLargeEndsTheConnectionAndNothingElse() throws Exception {
        Person person = People.ofNewTenant();
        var heard = new Heard();
        WebSocket socket = open(CODING, basic(person), heard);
        socket.sendText("\"" + "x".repeat(3 << 20) + "\"", true)
                .handle((_, _) -> null)
                .join();
        heard.closed();
        var other = new Heard();
        WebSocket fresh = open(CODING, basic(person), other);
        fresh.sendText(note("still"), true).join();
        assertThat(other.next().has("run")).isTrue();
        fresh.abort();
        person.asks().get("/api/v1/runs").then().body("id", hasSize(1));
    }

    @Test
    void whoLosesTheAccountLosesTheConnection() throws Exception {
        Person boss = People.ofNewTenant();
        Person analyst = People.made(boss, "analyst");
        var heard = new Heard();
        WebSocket socket = open(CODING, basic(analyst), heard);
        socket.sendText(note("before"), true).join();
        assertThat(heard.next().has("run")).isTrue();
        boss.sends(Map.of("disabled", true))
                .patch("/api/v1/accounts/" + analyst.name())
                .then()
                .statusCode(200);
        socket.sendText(note("after"), true).join();
        assertThat(heard.next().path("problem").path("status").asInt()).isEqualTo(401);
        assertThat(heard.closed()).isEqualTo(1008);
        boss.asks().get("/api/v1/runs").then().body("id", hasSize(1));
    }

    @Test
    void aRunOutlivesItsCaller() throws Exception {
        Person person = People.ofNewTenant();
        boolean outlived = false;
        // The caller must go after the run has begun and before it has ended, which nobody outside can see: tries until
        // it hit.
        for (long millis = 50; !outlived && millis < 10_000; millis *= 2) {
            int before = person.asks().get("/api/v1/runs").path("size()");
            var heard = new Heard();
            WebSocket socket = open("finance.contract-review", basic(person), heard);
            socket.sendText("{\"input\": {\"sample\": \"managed-services\"}}", true)
                    .join();
            Thread.sleep(millis);
            socket.abort();
            boolean gone = heard.messages.isEmpty();
            for (int look = 0; gone && !outlived && look < 50; look++) {
                Thread.sleep(100);
                int now = person.asks().get("/api/v1/runs").path("size()");
                outlived = now > before;
            }
        }
        assertThat(outlived).isTrue();
    }
}
