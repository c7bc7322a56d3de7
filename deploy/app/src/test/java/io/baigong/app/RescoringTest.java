package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.agroal.api.AgroalDataSource;
import io.baigong.host.account.Accounts;
import io.baigong.journal.Tenancy;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches of earlier runs, over REST. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class RescoringTest {
    private static final String BATCHES = "/api/v1/batches";
    private static final String RESCORING = BATCHES + "/rescoring";
    private static final String TASK = "medical.icd-coding";

    @Inject
    Accounts accounts;

    @Inject
    AgroalDataSource database;

    @BeforeEach
    void ensureFirst() throws SQLException {
        accounts.ensureFirst();
    }

    private static String run(People.Person who, String document) {
        return who.asks()
                .multiPart("document", "letter.txt", document.getBytes(StandardCharsets.UTF_8))
                .multiPart("language", "en")
                .post("/api/v1/tasks/" + TASK + "/runs")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Response rescore(People.Person who, Object... members) {
        var wanted = new HashMap<String, Object>(Map.of("task", TASK));
        for (int i = 0; i < members.length; i += 2) {
            wanted.put((String) members[i], members[i + 1]);
        }
        return who.sends(wanted).post(RESCORING);
    }

    private static Response ended(People.Person who, String id) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (true) {
            Response batch = who.asks().get(BATCHES + "/" + id);
            if ("ENDED".equals(batch.path("state"))) {
                return batch;
            }
            assertThat(Instant.now()).as(batch.asString()).isBefore(end);
            Thread.sleep(50);
        }
    }

    private int update(String sql) throws SQLException {
        return Tenancy.platform().call(() -> {
            try (var connection = database.getConnection();
                    var change = connection.createStatement()) {
                return change.executeUpdate(sql);
            }
        });
    }

    @Test
    void inputsOfEarlierRunsAreRunAgainInOrderAndCompared() throws Exception {
        People.Person who = People.ofNewTenant();
        String first = run(who, "Seen for hypertension.");
        String text = who.asks()
                .multiPart("note", "Seen for a cough.")
                .multiPart("language", "en")
                .post("/api/v1/tasks/" + TASK + "/runs")
                .path("id");
        who.asks()
                .multiPart("note", "")
                .multiPart("language", "en")
                .post("/api/v1/tasks/" + TASK + "/runs")
                .then()
                .statusCode(422);
        run(People.ofNewTenant(), "Another tenant's patient with asthma.");

        Response made = rescore(
                who, "from", "2020-01-01", "to", Instant.now().plusSeconds(1).toString());
        made.then().statusCode(201).body("total", equalTo(3)).body("name", containsString("2020-01-01/"));
        String batch = made.path("id");
        ended(who, batch).then().body("answered", equalTo(2)).body("failed", equalTo(1));
        who.asks()
                .get(BATCHES + "/" + batch + "/records")
                .then()
                .body("[0].name", equalTo("letter.txt"))
                .body("[0].earlier", equalTo(first))
                .body("[0].changed", equalTo(false))
                .body("[1].name", equalTo("Seen for a cough."))
                .body("[1].earlier", equalTo(text))
                .body("[2].status", equalTo("FAILED"))
                .body("[2].changed", equalTo(false));
        String run = who.asks().get(BATCHES + "/" + batch + "/records").path("[0].run");
        assertThat(run).isNotEqualTo(first);
        who.asks()
                .get("/api/v1/runs/" + run + "/attachments/document")
                .then()
                .statusCode(200)
                .body(equalTo("Seen for hypertension."));
        who.asks()
                .get(BATCHES + "/" + batch + "/report")
                .then()
                .body("comparison.records", equalTo(3))
                .body("comparison.changed", equalTo(0));

        // What such a batch has made is left out, or each would double the next.
        rescore(who).then().statusCode(201).body("total", equalTo(3));
        rescore(who, "status", "failed").then().body("total", equalTo(1));
        rescore(who, "most", 1).then().body("total", equalTo(1));
    }

    @Test
    void anOutputThatIsAnotherIsTold() throws Exception {
        People.Person who = People.ofNewTenant();
        RemoteBatchTest.keepAnswerWithoutCodes(who);
        String batch = rescore(who).path("id");
        ended(who, batch);
        assertThat(who.asks().get(BATCHES + "/" + batch + "/results").asString())
                .contains("\"changed\":true");
        who.asks().get(BATCHES + "/" + batch + "/report").then().body("comparison.changed", equalTo(1));
        who.asks()
                .accept("text/html")
                .get(BATCHES + "/" + batch + "/report?language=en")
                .then()
                .body(containsString("1 of 1 records ended otherwise"));
    }

    @Test
    void modelsOfARunAreAskedFor() throws Exception {
        People.Person who = People.ofNewTenant();
        String id = run(who, "Seen for hypertension.");
        List<Map<String, Object>> models = who.asks().get("/api/v1/runs/" + id).path("models");
        assertThat(models).isNotEmpty();
        Object name = models.getFirst().get("name");
        Object version = models.getFirst().get("version");
        rescore(who, "model", name, "version", version).then().body("total", equalTo(1));
        rescore(who, "model", name, "version", "no such")
                .then()
                .statusCode(400)
                .body("detail", containsString("no such run"));
    }

    @Test
    void whatWasErasedIsNotThereAndLeavesWhatWaits() throws Exception {
        People.Person who = People.ofNewTenant();
        String erased = run(who, "Seen for asthma.");
        String kept = run(who, "Seen for hypertension.");
        String batch = rescore(who).path("id");
        ended(who, batch);
        String again = who.asks().get(BATCHES + "/" + batch + "/records").path("[0].run");
        // As if the first record still waited.
        update("update batch set state = 'PAUSED', answered = answered - 1 where id = '" + batch + "'");
        update("update batch_record set state = 'WAITING', run = null where earlier = '" + erased + "'");
        update("insert into batch_file (batch, tenant, position, component, name, sha256)"
                + " select '" + batch + "', '" + who.tenant() + "', 0, component, name, sha256 from run_attachment"
                + " where run_id = '" + erased + "'");
        erase(who, erased);
        who.asks()
                .get(BATCHES + "/" + batch)
                .then()
                .body("state", equalTo("ENDED"))
                .body("answered", equalTo(1))
                .body("failed", equalTo(1));
        who.asks()
                .get(BATCHES + "/" + batch + "/records")
                .then()
                .body("earlier", not(hasItem(erased)))
                .body("earlier", hasItem(kept))
                .body("[0].name", equalTo(""))
                .body("[0].failure.detail", containsString("erased"));
        erase(who, again);
        rescore(who).then().statusCode(201).body("total", equalTo(1));
        erase(who, kept);
        rescore(who).then().statusCode(400).body("detail", containsString("no such run"));
    }

    private static void erase(People.Person who, String run) {
        who.sends(Map.of("run", run, "reason", "asked for"))
                .post("/api/v1/audit/erasures")
                .then()
                .statusCode(not(equalTo(500)));
        who.asks().get("/api/v1/runs/" + run).then().statusCode(404);
    }

    @Test
    void whatCannotBeAskedForIsRefused() {
        People.Person who = People.ofNewTenant();
        rescore(who).then().statusCode(400).body("detail", containsString("no such run"));
        rescore(who, "from", "yesterday").then().statusCode(400).body("remedy", containsString("ISO 8601"));
        rescore(who, "from", "2026-02-01", "to", "2026-01-01").then().statusCode(400);
        rescore(who, "status", "odd").then().statusCode(400);
        rescore(who, "most", 100_001).then().statusCode(400).body("detail", containsString("most"));
        rescore(who, "most", "many").then().statusCode(400);
        rescore(who, "fields", Map.of("colour", "red")).then().statusCode(400).body("detail", containsString("colour"));
        rescore(who, "model", "\u0000'] or true --", "version", "\"}]").then().statusCode(400);
        who.sends("{\"task\": \"" + TASK + "\", \"fields\": {\"language\": null}}")
                .post(RESCORING)
                .then()
                .statusCode(400);
        who.sends("null").post(RESCORING).then().statusCode(400);
        who.asks().get(BATCHES).then().header("X-Total-Count", "0");
    }
}
