package io.baigong.app;

import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.baigong.app.People.Person;
import io.baigong.host.account.Accounts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Roles that hold on some tasks: each tries the others'. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TaskRightsTest {
    private static final String CONTRACTS = "finance.contract-review";
    private static final String CODING = "medical.icd-coding";

    @Inject
    Accounts accounts;

    @BeforeEach
    void account() throws Exception {
        accounts.ensureFirst();
    }

    private static String contractRun(Person who) {
        return who.asks()
                .multiPart("sample", "managed-services")
                .post("/api/v1/tasks/" + CONTRACTS + "/runs")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static String codingRun(Person who) {
        return who.asks()
                .multiPart("note", "Patient admitted with pneumonia and fever.")
                .multiPart("language", "en")
                .post("/api/v1/tasks/" + CODING + "/runs")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static String batch(Person who) {
        return who.asks()
                .multiPart("task", CODING)
                .multiPart("language", "en")
                .multiPart("records", "notes.jsonl", "{\"note\": \"fever\"}\n".getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/batches")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    @Test
    void whoWorksOnOneVerticalSeesAndRunsItsTasksAlone() {
        Person boss = People.ofNewTenant();
        Person coder = People.made(boss, "analyst:medical");
        String contract = contractRun(boss);
        String own = codingRun(coder);

        coder.asks().get("/api/v1/me").then().body("roles", contains("analyst"));
        coder.asks().get("/api/v1/tasks").then().body("id", everyItem(startsWith("medical.")));
        coder.asks().get("/api/v1/tasks/" + CONTRACTS).then().statusCode(404);
        coder.asks()
                .multiPart("sample", "managed-services")
                .post("/api/v1/tasks/" + CONTRACTS + "/runs")
                .then()
                .statusCode(404)
                .body("remedy", containsString(CODING));
        coder.sends(Map.of("words", "fever"))
                .post("/api/v1/tasks/" + CODING + "/inquiries/code-search")
                .then()
                .statusCode(200);

        coder.asks().get("/api/v1/runs").then().body("id", contains(own));
        for (String address : List.of("", "/attachments/document")) {
            boss.asks().get("/api/v1/runs/" + contract + address).then().statusCode(200);
            coder.asks().get("/api/v1/runs/" + contract + address).then().statusCode(404);
        }
        coder.sends(Map.of("subject", "f1", "verdict", "ACCEPTED"))
                .post("/api/v1/runs/" + contract + "/decisions")
                .then()
                .statusCode(404);
        coder.sends(Map.of("subject", "J18.9", "verdict", "ACCEPTED"))
                .post("/api/v1/runs/" + own + "/decisions")
                .then()
                .statusCode(201);
        boss.asks().get("/api/v1/runs").then().body("id", hasItems(own, contract));
    }

    @Test
    void eachRoleHoldsOnItsOwnTasks() {
        Person boss = People.ofNewTenant();
        Person mixed = People.made(boss, "reviewer:finance", "operator:" + CODING);
        String contract = contractRun(boss);
        String coding = codingRun(boss);
        String batch = batch(mixed);

        // Sees what any of its roles has to do with, and does on each what the role there allows.
        mixed.asks().get("/api/v1/runs/" + contract).then().statusCode(200);
        mixed.asks().get("/api/v1/runs/" + coding).then().statusCode(200);
        mixed.sends(Map.of("subject", "f1", "verdict", "ACCEPTED"))
                .post("/api/v1/runs/" + contract + "/decisions")
                .then()
                .statusCode(201);
        mixed.sends(Map.of("subject", "J18.9", "verdict", "ACCEPTED"))
                .post("/api/v1/runs/" + coding + "/decisions")
                .then()
                .statusCode(404);
        mixed.asks()
                .multiPart("task", CONTRACTS)
                .multiPart("records", "c.jsonl", "{}\n".getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/batches")
                .then()
                .statusCode(400)
                .body("detail", containsString("no task"));
        mixed.sends(Map.of("task", CONTRACTS, "total", 1))
                .post("/api/v1/remote-batches")
                .then()
                .statusCode(400);
        // It may have ended by now.
        mixed.asks().post("/api/v1/batches/" + batch + "/cancellation").then().statusCode(anyOf(is(200), is(409)));

        Person other = People.made(boss, "operator:finance");
        other.asks().get("/api/v1/batches").then().body("$", hasSize(0));
        for (String address : List.of("", "/records", "/results", "/report")) {
            mixed.asks().get("/api/v1/batches/" + batch + address).then().statusCode(200);
            other.asks().get("/api/v1/batches/" + batch + address).then().statusCode(404);
        }
        for (String change : List.of("pause", "resume", "cancellation", "rerun")) {
            other.asks().post("/api/v1/batches/" + batch + "/" + change).then().statusCode(404);
        }
    }

    @Test
    void whatBelongsToNoTaskTakesTheRoleOnAll() {
        Person boss = People.ofNewTenant();
        Person limited = People.made(boss, "operator:finance");
        Person whole = People.made(boss, "operator");
        for (String address : List.of("/api/v1/keys", "/api/v1/usage")) {
            whole.asks().get(address).then().statusCode(200);
            limited.asks().get(address).then().statusCode(403);
        }
        String key = whole.sends(Map.of("name", "one")).post("/api/v1/keys").path("key.id");
        limited.sends(Map.of("name", "two")).post("/api/v1/keys").then().statusCode(403);
        limited.asks().delete("/api/v1/keys/" + key).then().statusCode(403);
        whole.asks().delete("/api/v1/keys/" + key).then().statusCode(200);
    }

    @Test
    void whatSomebodyMayChangesAtOnce() {
        Person boss = People.ofNewTenant();
        Person coder = People.made(boss, "analyst:medical");
        String contract = contractRun(boss);

        boss.sends(Map.of("roles", List.of("analyst:medical", "auditor")))
                .patch("/api/v1/accounts/" + coder.name())
                .then()
                .statusCode(200)
                .body("account.roles", contains("analyst:medical", "auditor"));
        coder.asks().get("/api/v1/runs/" + contract).then().statusCode(200);
        coder.sends(Map.of("subject", "f1", "verdict", "ACCEPTED"))
                .post("/api/v1/runs/" + contract + "/decisions")
                .then()
                .statusCode(404);
        coder.asks().get("/api/v1/tasks").then().body("id", hasItems(CONTRACTS, CODING));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auditor:finance",
                "administrator:finance",
                "model-owner:finance",
                "analyst:",
                "analyst:*",
                "analyst:finanse",
                "analyst:finance.nothing",
                "analyst:finance,medical",
                "clerk:finance"
            })
    void whatIsNoGrantIsRefused(String grant) {
        Person boss = People.ofNewTenant();
        boss.sends(Map.of("name", "someone", "roles", List.of(grant)))
                .post("/api/v1/accounts")
                .then()
                .statusCode(400);
        boss.asks().get("/api/v1/accounts").then().body("name", equalTo(List.of(boss.name())));
    }
}
