package io.baigong.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.agroal.api.AgroalDataSource;
import io.baigong.app.People.Person;
import io.baigong.host.account.Accounts;
import io.baigong.journal.Tenancy;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one tenant tries upon another. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(ChatServerResource.class)
class TenantsTest {
    private static final String RUNS = "/api/v1/tasks/finance.contract-review/runs";

    @Inject
    Accounts accounts;

    @Inject
    AgroalDataSource database;

    private Person victim;
    private Person attacker;
    private String run;

    @BeforeEach
    void twoTenants() throws Exception {
        accounts.ensureFirst();
        victim = People.ofNewTenant();
        attacker = People.ofNewTenant();
        Response made = victim.asks().multiPart("sample", "software-licence").post(RUNS);
        made.then().statusCode(201).body("caller", equalTo(victim.name()));
        run = made.path("id");
        victim.sends(Map.of("subject", "f1", "verdict", "ACCEPTED"))
                .post("/api/v1/runs/" + run + "/decisions")
                .then()
                .statusCode(201);
    }

    @Test
    void anothersRunIsNotThereByAnyAddress() {
        for (String path : List.of("", "/attachments/document", "/exports/docx")) {
            victim.asks().get("/api/v1/runs/" + run + path).then().statusCode(200);
            for (Person other : List.of(attacker, People.first())) {
                other.asks().get("/api/v1/runs/" + run + path).then().statusCode(404);
            }
        }
        attacker.sends(Map.of("subject", "f1", "verdict", "REJECTED"))
                .post("/api/v1/runs/" + run + "/decisions")
                .then()
                .statusCode(404);
        victim.asks().get("/api/v1/runs/" + run).then().body("decisions", hasSize(1));
        victim.asks().get("/api/v1/runs").then().header("X-Total-Count", "1");
        attacker.asks().get("/api/v1/runs").then().body("$", hasSize(0)).header("X-Total-Count", "0");
    }

    @Test
    void theSameFileBroughtByBothIsReadByEachThroughItsOwnRun() {
        Response own = attacker.asks().multiPart("sample", "software-licence").post(RUNS);
        attacker.asks()
                .get("/api/v1/runs/" + own.path("id") + "/attachments/document")
                .then()
                .statusCode(200);
        attacker.asks()
                .get("/api/v1/runs/" + run + "/attachments/document")
                .then()
                .statusCode(404);
    }

    @Test
    void keysUsageAndCallsAreTheTenantsOwn() throws Exception {
        Response made = victim.sends(Map.of("name", "theirs")).post("/api/v1/keys");
        String id = made.path("key.id");
        String tenant = victim.tenant();
        made.then().statusCode(201).body("key.tenant", equalTo(tenant));
        given().header("Authorization", "Bearer " + made.path("secret"))
                .contentType(ContentType.JSON)
                .body(Map.of("model", "house", "messages", List.of(Map.of("role", "user", "content", "Why?"))))
                .post("/v1/chat/completions")
                .then()
                .statusCode(200);
        int calls = 0;
        for (int i = 0; i < 100 && calls < 2; i++) { // the review's own and the key's
            Thread.sleep(50);
            calls = victim.asks().get("/api/v1/usage?period=hour").path("total.calls");
        }
        assertThat(calls).isEqualTo(2);
        attacker.asks()
                .get("/api/v1/usage?period=hour")
                .then()
                .statusCode(200)
                .body("total.calls", equalTo(0))
                .body("keys", hasSize(0));
        attacker.asks().get("/api/v1/keys").then().body("$", hasSize(0));
        attacker.asks().delete("/api/v1/keys/" + id).then().statusCode(404);
        given().header("Authorization", "Bearer " + made.path("secret"))
                .get("/v1/models")
                .then()
                .statusCode(200);
        given().header("Authorization", "Bearer " + made.path("secret"))
                .get("/api/v1/runs")
                .then()
                .statusCode(401);
    }

    @Test
    void accountsAreTheTenantsOwn() {
        Person clerk = People.made(victim, "analyst");
        attacker.asks().get("/api/v1/accounts").then().body("name", equalTo(List.of("boss")));
        for (String name :
                List.of(clerk.name(), clerk.signInName(), clerk.signInName().replace("/", "%2F"))) {
            attacker.sends(Map.of("newPassword", true))
                    .patch("/api/v1/accounts/" + name)
                    .then()
                    .statusCode(404);
        }
        String tenant = victim.tenant();
        for (Person other : List.of(attacker, People.first())) {
            other.sends(Map.of("name", "spy", "roles", List.of("auditor"), "tenant", tenant))
                    .post("/api/v1/accounts")
                    .then()
                    .statusCode(403);
        }
        victim.asks().get("/api/v1/accounts").then().body("name", not(hasItem("spy")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "' or '1'='1",
                "'; select set_config('app.tenant', '*', false); --",
                "'; set role none; --",
                "\\'; reset role; --",
                "%' or tenant is not null --",
                "\"; update account set roles = array['administrator']; --",
                "{{7*7}}${7*7}#{7*7}",
                "f1'||(select password_hash from account limit 1)||'",
            })
    void nothingInAnyFieldOrHeaderReachesTheDatabaseAsAQuery(String attack) throws Exception {
        String encoded = URLEncoder.encode(attack, StandardCharsets.UTF_8).replace("+", "%20");
        var statuses = new ArrayList<Response>();
        for (String parameter :
                List.of("task", "status", "q", "from", "to", "before", "sort", "offset", "limit", "undecided")) {
            statuses.add(attacker.asks().urlEncodingEnabled(false).get("/api/v1/runs?" + parameter + "=" + encoded));
        }
        for (String path : List.of(
                "/api/v1/runs/%s",
                "/api/v1/runs/" + run + "/attachments/%s",
                "/api/v1/runs/%s/exports/docx",
                "/api/v1/tasks/%s",
                "/api/v1/models/%s",
                "/api/v1/usage?period=%s")) {
            statuses.add(attacker.asks().urlEncodingEnabled(false).get(path.formatted(encoded)));
        }
        Response own = attacker.asks().multiPart("sample", "software-licence").post(RUNS);
        String decisions = "/api/v1/runs/" + own.path("id") + "/decisions";
        statuses.add(
                attacker.sends(Map.of("subject", attack, "verdict", "ACCEPTED")).post(decisions));
        statuses.add(
                attacker.sends(Map.of("subject", "f1", "verdict", "ACCEPTED", "comment", attack, "correction", attack))
                        .post(decisions));
        statuses.add(attacker.sends(Map.of("name", attack)).post("/api/v1/keys"));
        statuses.add(attacker.sends(Map.of("name", attack, "roles", List.of(attack), "tenant", attack))
                .post("/api/v1/accounts"));
        statuses.add(attacker.asks().multiPart("sample", attack).post(RUNS));
        statuses.add(attacker.asks().multiPart(attack.replace("\"", ""), "x").post(RUNS));
        statuses.add(given().contentType(ContentType.JSON)
                .body(Map.of("name", attack, "password", attack))
                .post("/api/v1/sign-in"));
        statuses.add(given().auth().preemptive().basic(attack, attack).get("/api/v1/me"));
        for (String header : List.of("Authorization", "X-Forwarded-For", "X-Tenant", "User-Agent", "Cookie")) {
            statuses.add(given().header(header, header.equals("Cookie") ? "baigong-session=" + encoded : attack)
                    .get("/api/v1/runs"));
        }
        for (Response answer : statuses) {
            assertThat(answer.statusCode()).as(answer.asString()).isLessThan(500);
            assertThat(answer.asString()).doesNotContain("\"id\":\"" + run).doesNotContain("$2a$");
        }
        assertThat(attacker.asks().get("/api/v1/runs").<List<String>>path("id"))
                .contains(own.<String>path("id"))
                .doesNotContain(run);
        victim.asks().get("/api/v1/runs/" + run).then().body("decisions", hasSize(1));
        victim.asks().get("/api/v1/accounts").then().body("name", equalTo(List.of("boss")));
        Tenancy.platform().call(() -> update("delete from sign_in_failure"));
    }

    private int update(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** Fails when somebody adds a table of tenants, or one that hangs on such a table, and forgets its policy. */
    @Test
    void eachTableOfTenantsHasAPolicy() throws Exception {
        List<String> open = Tenancy.platform().call(() -> {
            var names = new ArrayList<String>();
            try (var connection = database.getConnection();
                    var rows = connection.createStatement().executeQuery("""
                            with recursive owned as (
                                select c.oid from pg_class c
                                join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant' and not a.attisdropped
                                where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
                                union
                                select k.conrelid from pg_constraint k join owned on k.confrelid = owned.oid
                                where k.contype = 'f')
                            select oid::regclass::text from owned join pg_class using (oid)
                            where not (relrowsecurity and relforcerowsecurity
                                and exists (select from pg_policy where polrelid = owned.oid))""")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        });
        assertThat(open).isEmpty();
    }

    @Test
    void aRequestsConnectionSeesItsTenantAlone() throws Exception {
        String tenant = victim.tenant();
        for (String table : List.of("run", "decision", "run_attachment", "account", "gateway_key", "gateway_usage")) {
            assertThat(count(Tenancy.of("nobody-at-all"), table)).as(table).isZero();
        }
        assertThat(count(Tenancy.of(tenant), "run")).isEqualTo(1);
        assertThat(count(Tenancy.platform(), "run")).isGreaterThan(1);
    }

    private long count(Tenancy tenancy, String table) throws SQLException {
        return tenancy.call(() -> {
            try (var connection = database.getConnection();
                    var row = connection.createStatement().executeQuery("select count(*) from " + table)) {
                row.next();
                return row.getLong(1);
            }
        });
    }
}
