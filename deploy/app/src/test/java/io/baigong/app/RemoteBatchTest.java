package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agroal.api.AgroalDataSource;
import io.baigong.host.access.Roles;
import io.baigong.host.account.Accounts;
import io.baigong.journal.Tenancy;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches whose records are run elsewhere. The runs that are sent were made by the suite itself, singly. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class RemoteBatchTest {
    private static final String REMOTE = "/api/v1/remote-batches";
    private static final String BATCHES = "/api/v1/batches";
    private static final String TASK = "medical.icd-coding";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    Accounts accounts;

    @Inject
    AgroalDataSource database;

    @BeforeEach
    void ensureFirst() throws SQLException {
        accounts.ensureFirst();
    }

    private static People.Person operator() {
        return People.made(People.first(), Roles.OPERATOR);
    }

    private static String open(People.Person who, int total) {
        return who.sends(Map.of("task", TASK, "name", "notes", "total", total))
                .post(REMOTE)
                .then()
                .statusCode(201)
                .body("remote", equalTo(true))
                .body("state", equalTo("RUNNING"))
                .extract()
                .path("id");
    }

    private static String note(int i) {
        return "Patient " + i + " with hypertension and a cough.";
    }

    /** A record and a run of it. */
    private static ObjectNode made(int position, String note) throws Exception {
        Response run = People.first()
                .asks()
                .multiPart("language", "en")
                .multiPart("note", note)
                .post("/api/v1/tasks/" + TASK + "/runs");
        String id = run.then().statusCode(201).extract().path("id");
        ObjectNode item = JSON.createObjectNode().put("position", position);
        item.putObject("record")
                .put("name", "note " + position)
                .put("language", "en")
                .put("note", note);
        item.set(
                "run",
                JSON.readTree(People.first().asks().get("/api/v1/runs/" + id).asString()));
        return item;
    }

    /** Leaves a run of a note with hypertension whose output has no code. */
    static void keepAnswerWithoutCodes(People.Person who) throws Exception {
        String batch = open(who, 1);
        take(who, batch, 0);
        ObjectNode made = made(0, note(0));
        ((ObjectNode) made.get("run").get("output")).putArray("codes");
        post(who, batch, "runs", list(made)).then().statusCode(200).body("status", equalTo(List.of("ANSWERED")));
    }

    /** All that were sent have the same digest, which only those that have ended are asked for. */
    private static ArrayNode wanted(String sha256, int... positions) {
        ArrayNode wanted = JSON.createArrayNode();
        for (int position : positions) {
            wanted.addObject().put("position", position).put("inputSha256", sha256);
        }
        return wanted;
    }

    private static Response take(People.Person who, String batch, int... positions) {
        return post(who, batch, "taken", wanted("0", positions));
    }

    private static Response post(People.Person who, String batch, String what, JsonNode body) {
        return who.asks().contentType(ContentType.JSON).body(body.toString()).post(REMOTE + "/" + batch + "/" + what);
    }

    private static ArrayNode list(JsonNode... items) {
        return JSON.createArrayNode().addAll(List.of(items));
    }

    private long count(String sql, String batch) throws SQLException {
        return Tenancy.platform().call(() -> {
            try (var connection = database.getConnection();
                    var ask = connection.prepareStatement(sql)) {
                ask.setObject(1, UUID.fromString(batch));
                try (var row = ask.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    @Test
    void whatComesFirstStaysHoweverOftenItIsSent() throws Exception {
        People.Person who = operator();
        String batch = open(who, 3);
        take(who, batch, 0, 1)
                .then()
                .statusCode(200)
                .body("taken", equalTo(List.of(0, 1)))
                .body("ended", empty());
        ObjectNode first = made(0, note(0));
        ((ObjectNode) first.get("record"))
                .putObject("truth")
                .putArray("codes.code")
                .add("I10");
        ArrayNode two = list(first, made(1, note(1)));
        List<String> runs = post(who, batch, "runs", two)
                .then()
                .statusCode(200)
                .body("status", equalTo(List.of("ANSWERED", "ANSWERED")))
                .body("name", equalTo(List.of("note 0", "note 1")))
                .extract()
                .path("run");
        assertThat(post(who, batch, "runs", two).<List<String>>path("run"))
                .as("sent again")
                .isEqualTo(runs);
        take(who, batch, 2);
        post(who, batch, "runs", list(two.get(1), made(2, note(2))))
                .then()
                .statusCode(200)
                .body("[0].run", equalTo(runs.get(1)));

        who.asks()
                .get(BATCHES + "/" + batch)
                .then()
                .body("state", equalTo("ENDED"))
                .body("answered", equalTo(3));
        String run = runs.getFirst();
        who.asks()
                .get("/api/v1/runs/" + run)
                .then()
                .body("caller", equalTo(who.name()))
                .body(
                        "output",
                        equalTo(People.first().asks().get("/api/v1/runs/" + run).path("output")));
        who.asks()
                .get(BATCHES + "/" + batch + "/report")
                .then()
                .body("scores[0].metrics.micro_recall.value", equalTo(1f));
        assertThat(count("select count(*) from run where correlation = 'batch ' || ?::text", batch))
                .isEqualTo(3);
        assertThat(count(
                        "select count(*) from audit_entry e join batch_record b on b.run = e.id where b.batch = ?",
                        batch))
                .as("one entry for each run")
                .isEqualTo(3);
    }

    @Test
    void workersThatSendTheSameRecordsAtOnceLeaveOneRunEach() throws Exception {
        People.Person who = operator();
        String batch = open(who, 6);
        take(who, batch, 0, 1, 2, 3, 4, 5);
        var all = new ArrayList<ObjectNode>();
        for (int i = 0; i < 6; i++) {
            all.add(made(i, note(i)));
        }
        try (var pool = Executors.newFixedThreadPool(4)) {
            var sent = IntStream.range(0, 4)
                    .mapToObj(worker -> pool.submit(() -> post(
                            who,
                            batch,
                            "runs",
                            JSON.createArrayNode().addAll(all.subList(worker % 3, worker % 3 + 4)))))
                    .toList();
            for (var one : sent) {
                assertThat(one.get().statusCode()).as(one.get().asString()).isEqualTo(200);
                one.get().then().body("", hasSize(4));
            }
        }
        who.asks()
                .get(BATCHES + "/" + batch)
                .then()
                .body("answered", equalTo(6))
                .body("state", equalTo("ENDED"));
        assertThat(count("select count(*) from run where correlation = 'batch ' || ?::text", batch))
                .isEqualTo(6);
    }

    @Test
    void aRecordThatEndsItsWorkersIsGivenUpAndItsNeighboursAreNot() throws Exception {
        People.Person who = operator();
        String batch = open(who, 2);
        for (int attempt = 1; attempt <= 3; attempt++) {
            take(who, batch, 0, 1).then().body("taken", equalTo(List.of(0, 1)));
        }
        for (int attempt = 4; attempt <= 6; attempt++) {
            take(who, batch, 0, 1).then().body("taken", equalTo(List.of(0)));
        }
        take(who, batch, 0, 1)
                .then()
                .body("taken", empty())
                .body("ended[0].failure.detail", containsString("ended each time"));
        take(who, batch, 0, 1).then().body("taken", equalTo(List.of(1)));
        post(who, batch, "runs", list(made(1, note(1)))).then().statusCode(200);
        who.asks()
                .get(BATCHES + "/" + batch)
                .then()
                .body("state", equalTo("ENDED"))
                .body("failed", equalTo(1))
                .body("answered", equalTo(1));

        who.asks().post(BATCHES + "/" + batch + "/rerun").then().statusCode(200).body("state", equalTo("RUNNING"));
        take(who, batch, 0).then().body("taken", equalTo(List.of(0)));
        post(who, batch, "runs", list(made(0, note(0)))).then().statusCode(200);
        who.asks()
                .get(BATCHES + "/" + batch)
                .then()
                .body("answered", equalTo(2))
                .body("state", equalTo("ENDED"));
    }

    @Test
    void aPauseAndACancellationReachThoseWhoAsk() throws Exception {
        People.Person who = operator();
        String batch = open(who, 2);
        take(who, batch, 0);
        who.asks().post(BATCHES + "/" + batch + "/pause").then().statusCode(200);
        take(who, batch, 0, 1).then().body("state", equalTo("PAUSED")).body("taken", empty());
        post(who, batch, "runs", list(made(0, note(0)))).then().statusCode(200);
        who.asks().post(BATCHES + "/" + batch + "/cancellation").then().statusCode(200);
        take(who, batch, 1).then().body("state", equalTo("CANCELLED")).body("taken", empty());
    }

    @Test
    void whatDoesNotFitIsRefusedWithItsReason() throws Exception {
        People.Person who = operator();
        String batch = open(who, 2);
        take(who, batch, 0, 2).then().statusCode(400).body("detail", containsString("no record 2"));
        take(who, batch, -1).then().statusCode(400);
        take(who, batch, 0);
        ObjectNode good = made(0, note(0));
        post(who, batch, "runs", list(good.deepCopy().put("position", 1)))
                .then()
                .statusCode(409)
                .body("detail", containsString("not taken up"));

        ObjectNode other = good.deepCopy();
        var models = (ArrayNode) other.get("run").get("models");
        assertThat(models).isNotEmpty();
        models.forEach(model -> ((ObjectNode) model).put("sha256", "0".repeat(64)));
        post(who, batch, "runs", list(other)).then().statusCode(409).body("remedy", containsString("baigong.models"));
        other.set("run", good.get("run").deepCopy());
        ((ObjectNode) other.get("run").get("models").get(0)).put("role", "no.such-role");
        post(who, batch, "runs", list(other)).then().statusCode(409);

        for (String member : Set.of("task", "status", "output", "models", "startedAt", "evidence")) {
            ObjectNode lacking = good.deepCopy();
            ((ObjectNode) lacking.get("run")).remove(member);
            Response refused = post(who, batch, "runs", list(lacking));
            assertThat(refused.statusCode())
                    .as("without %s: %s", member, refused.asString())
                    .isEqualTo(400);
            assertThat(refused.<String>path("detail")).contains("a run can't be read");
        }
        ObjectNode sure = good.deepCopy();
        ((ObjectNode) sure.get("run")).put("confidence", 1.5);
        post(who, batch, "runs", list(sure)).then().statusCode(400);
        ObjectNode odd = good.deepCopy();
        ((ObjectNode) odd.get("record")).put("colour", "red");
        post(who, batch, "runs", list(odd)).then().statusCode(400).body("detail", containsString("colour"));
        for (String body : List.of(
                "null", "[]", "[null]", "{}", "[{}]", "[{\"position\":0}]", "[{\"inputSha256\":\"0\"}]", "[", "7")) {
            for (String what : List.of("taken", "runs")) {
                who.asks()
                        .contentType(ContentType.JSON)
                        .body(body)
                        .post(REMOTE + "/" + batch + "/" + what)
                        .then()
                        .statusCode(400);
            }
        }
        take(who, batch, IntStream.range(0, 1_001).toArray()).then().statusCode(400);
        take(who, batch, 1, 1).then().statusCode(400).body("detail", containsString("twice"));
        post(who, batch, "runs", list(good, good)).then().statusCode(400).body("detail", containsString("twice"));
        who.asks().get(BATCHES + "/" + batch).then().body("answered", equalTo(0));

        post(who, batch, "runs", list(good)).then().statusCode(200);
        take(who, batch, 0).then().statusCode(409).body("detail", containsString("was another one"));
        for (var wrong : List.of(
                Map.of(),
                Map.of("task", TASK),
                Map.of("task", "no.such", "total", 1),
                Map.of("task", TASK, "total", 0))) {
            who.sends(wrong).post(REMOTE).then().statusCode(400);
        }
    }

    @Test
    void itIsOfItsTenantsOperatorsAndOfNoLocalBatch() throws Exception {
        People.Person who = operator();
        String batch = open(who, 1);
        People.Person other = People.ofNewTenant();
        take(other, batch, 0).then().statusCode(404);
        post(other, batch, "runs", list(made(0, note(0)))).then().statusCode(404);
        People.Person analyst = People.made(People.first(), Roles.ANALYST);
        take(analyst, batch, 0).then().statusCode(403);
        String local = who.asks()
                .multiPart("task", TASK)
                .multiPart("records", "a.jsonl", "{\"note\": \"cough\"}".getBytes(StandardCharsets.UTF_8))
                .post(BATCHES)
                .path("id");
        take(who, local, 0).then().statusCode(404);
        who.asks().get(BATCHES + "/" + local).then().body("id", equalTo(local)).body("remote", not(equalTo(true)));
    }
}
