package io.baigong.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import io.agroal.api.AgroalDataSource;
import io.baigong.app.People.Person;
import io.baigong.host.access.AccessEvent;
import io.baigong.host.access.AccessEvent.Kind;
import io.baigong.host.account.Accounts;
import io.baigong.journal.Tenancy;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Local accounts, their sessions, and what becomes of those who guess. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class AccountsTest {
    @Inject
    Accounts accounts;

    @Inject
    AgroalDataSource database;

    @Inject
    Heard heard;

    /** What was told of access. */
    @Singleton
    static class Heard {
        private final List<AccessEvent> events = new CopyOnWriteArrayList<>();

        void hear(@Observes AccessEvent event) {
            events.add(event);
        }

        boolean has(Kind kind, String actor, String subject) {
            return events.stream()
                    .anyMatch(event -> event.kind() == kind
                            && event.actor().name().equals(actor)
                            && event.subject().equals(subject));
        }
    }

    @BeforeEach
    void account() throws Exception {
        accounts.ensureFirst();
        update("delete from sign_in_failure");
    }

    private void update(String sql) throws SQLException {
        Tenancy.platform().call(() -> {
            try (var connection = database.getConnection();
                    var statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    private static Response signIn(String name, @Nullable String password) {
        var body = new HashMap<String, Object>();
        body.put("name", name);
        body.put("password", password);
        return given().contentType(ContentType.JSON).body(body).post("/api/v1/sign-in");
    }

    private static String session(Person person) {
        Response signedIn = signIn(person.signInName(), person.password());
        signedIn.then().statusCode(204);
        return signedIn.cookie("baigong-session");
    }

    private static int me(String session) {
        return given().cookie("baigong-session", session).get("/api/v1/me").statusCode();
    }

    @Test
    void anAccountIsMadeChangedAndDisabled() {
        Person person = People.made(People.first(), "auditor");
        String session = session(person);
        assertThat(me(session)).isEqualTo(200);
        person.asks().get("/api/v1/keys").then().statusCode(200);
        person.sends(Map.of("name", "k")).post("/api/v1/keys").then().statusCode(403);

        change(person, Map.of("roles", List.of("operator")))
                .then()
                .statusCode(200)
                .body("account.roles", equalTo(List.of("operator")))
                .body("password", equalTo(null));
        assertThat(me(session)).as("a change signs out").isEqualTo(401);
        person.sends(Map.of("name", "k")).post("/api/v1/keys").then().statusCode(201);

        String again = session(person);
        change(person, Map.of("disabled", true)).then().statusCode(200);
        assertThat(me(again)).isEqualTo(401);
        person.asks().get("/api/v1/me").then().statusCode(401);
        assertThat(signIn(person.signInName(), person.password()).statusCode()).isEqualTo(401);
        assertThat(heard.has(Kind.SIGN_IN_FAILED, person.name(), person.signInName()))
                .isTrue();

        String fresh = change(person, Map.of("disabled", false, "newPassword", true))
                .then()
                .statusCode(200)
                .extract()
                .path("password");
        person.asks().get("/api/v1/me").then().statusCode(401);
        new Person(person.name(), person.signInName(), fresh)
                .asks()
                .get("/api/v1/me")
                .then()
                .statusCode(200);
        People.first()
                .asks()
                .get("/api/v1/accounts")
                .then()
                .statusCode(200)
                .body("name", hasItems("analyst", person.name()))
                .body(not(containsString("password")))
                .body(not(containsString("$2a$")));
        assertThat(heard.has(Kind.ACCOUNT_CHANGE, "analyst", person.signInName()))
                .isTrue();
        assertThat(heard.has(Kind.SIGN_IN, person.name(), person.signInName())).isTrue();
        assertThat(heard.has(Kind.REFUSAL, person.name(), "POST /api/v1/keys")).isTrue();
    }

    private static Response change(Person person, Map<String, Object> change) {
        return People.first().sends(change).patch("/api/v1/accounts/" + person.name());
    }

    @Test
    void itsOwnerGivesItAnotherPassword() {
        Person person = People.made(People.first(), "analyst");
        String elsewhere = session(person);
        String here = session(person);
        String wanted = "a much better passphrase";
        var call = given().cookie("baigong-session", here).contentType(ContentType.JSON);
        call.body(Map.of("old", "not it", "wanted", wanted))
                .put("/api/v1/me/password")
                .then()
                .statusCode(403);
        for (String bad : List.of("short", "长".repeat(25))) {
            call.body(Map.of("old", person.password(), "wanted", bad))
                    .put("/api/v1/me/password")
                    .then()
                    .statusCode(400);
        }
        String next = call.body(Map.of("old", person.password(), "wanted", wanted))
                .put("/api/v1/me/password")
                .then()
                .statusCode(204)
                .extract()
                .cookie("baigong-session");
        assertThat(List.of(me(next), me(here), me(elsewhere))).containsExactly(200, 401, 401);
        assertThat(signIn(person.signInName(), person.password()).statusCode()).isEqualTo(401);
        assertThat(signIn(person.signInName(), wanted).statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\": \"a\", \"roles\": [\"emperor\"]}",
                "{\"name\": \"a\", \"roles\": [null]}",
                "{\"name\": \"a/b\", \"roles\": []}",
                "{\"name\": \"\", \"roles\": []}",
                "{\"name\": \"a' or '1'='1\", \"roles\": []}",
                "{\"name\": \"b\", \"tenant\": \"*\"}",
                "{\"name\": \"b\", \"tenant\": \"A B\"}",
                "null",
                "[",
            })
    void anAccountThatIsNoneIsRefused(String body) {
        People.first().sends(body).post("/api/v1/accounts").then().statusCode(400);
    }

    @Test
    void aNameIsGivenOnceAndTheLastAdministratorStays() {
        Person boss = People.ofNewTenant();
        boss.sends(Map.of("name", "boss", "roles", List.of("analyst")))
                .post("/api/v1/accounts")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:baigong:problem:name-taken"));
        for (Map<String, Object> change :
                List.<Map<String, Object>>of(Map.of("disabled", true), Map.of("roles", List.of("analyst")))) {
            boss.sends(change)
                    .patch("/api/v1/accounts/boss")
                    .then()
                    .statusCode(409)
                    .body("type", equalTo("urn:baigong:problem:last-administrator"));
        }
        boss.sends(Map.of("disabled", true))
                .patch("/api/v1/accounts/nobody")
                .then()
                .statusCode(404);
    }

    @Test
    void aSessionEndsUnusedAndAfterADay() throws Exception {
        Person person = People.made(People.first(), "analyst");
        String idle = session(person);
        String old = session(person);
        String good = session(person);
        assertThat(me(idle)).isEqualTo(200);
        update("update account_session set used_at = now() - interval '8 hours 1 second'"
                + " where token_sha256 = sha256(convert_to('" + idle + "', 'UTF8'))");
        update("update account_session set created_at = now() - interval '24 hours 1 second'"
                + " where token_sha256 = sha256(convert_to('" + old + "', 'UTF8'))");
        assertThat(List.of(me(idle), me(old), me(good))).containsExactly(401, 401, 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "' or 1=1 --", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "%00", "null"})
    void aSessionThatNobodyBeganIsNone(String forged) {
        assertThat(me(forged)).isEqualTo(401);
    }

    @Test
    void aSignInNeedsANameAndItsPassword() {
        for (String body : List.of("{}", "null", "{\"name\": \"analyst\"}", "[]", "\"analyst\"")) {
            given().contentType(ContentType.JSON)
                    .body(body)
                    .post("/api/v1/sign-in")
                    .then()
                    .statusCode(400);
        }
        given().contentType("text/plain")
                .body("{\"name\": \"analyst\", \"password\": \"" + People.PASSWORD + "\"}")
                .post("/api/v1/sign-in")
                .then()
                .statusCode(415);
        for (String name : List.of(
                "", "nobody", "ANALYST", "default/", "/analyst", "*/analyst", "analyst' --", "\0", "a\u0000b")) {
            assertThat(signIn(name, People.PASSWORD).statusCode()).as(name).isEqualTo(401);
        }
        assertThat(signIn("analyst", "").statusCode()).isEqualTo(401);
        assertThat(signIn("analyst", "x".repeat(100_000)).statusCode()).isEqualTo(401);
        assertThat(signIn("default/analyst", People.PASSWORD).statusCode()).isEqualTo(204);
    }

    @Test
    void whoGuessesWaits() throws Exception {
        Person person = People.made(People.first(), "analyst");
        Person other = People.made(People.first(), "analyst");
        for (int i = 0; i < 6; i++) {
            assertThat(signIn(person.signInName(), "guess " + i).statusCode()).isEqualTo(401);
        }
        Response refused = signIn(person.signInName(), person.password());
        refused.then().statusCode(429).body("type", equalTo("urn:baigong:problem:too-many-sign-ins"));
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 3);
        person.asks().get("/api/v1/me").then().statusCode(429);
        assertThat(signIn(other.signInName(), other.password()).statusCode())
                .as("others of the address are let in")
                .isEqualTo(204);
        update("update sign_in_failure set last_at = last_at - interval '3 seconds'");
        assertThat(signIn(person.signInName(), person.password()).statusCode()).isEqualTo(204);
        assertThat(signIn(person.signInName(), "guess").statusCode())
                .as("a success forgives")
                .isEqualTo(401);
    }

    @Test
    void guessesAtOneTimeAreCountedToo() throws Exception {
        Person person = People.made(People.first(), "analyst");
        List<Callable<Integer>> guesses = IntStream.range(0, 24)
                .<Callable<Integer>>mapToObj(
                        i -> () -> signIn(person.signInName(), "guess " + i).statusCode())
                .toList();
        var answers = new ArrayList<Integer>();
        try (var threads = Executors.newFixedThreadPool(24)) {
            for (var answer : threads.invokeAll(guesses)) {
                answers.add(answer.get());
            }
        }
        assertThat(answers.stream().filter(status -> status == 401).count()).isBetween(1L, 8L);
        assertThat(answers).allMatch(status -> status == 401 || status == 429);
    }

    @Test
    void manyAccountsFromOneAddressDoNotHelp() throws Exception {
        update("insert into sign_in_failure values ('address:127.0.0.1', 108, now())");
        assertThat(signIn("analyst", People.PASSWORD).statusCode()).isEqualTo(429);
        update("delete from sign_in_failure");
        assertThat(signIn("analyst", People.PASSWORD).statusCode()).isEqualTo(204);
    }

    @Test
    void thePageIsToldHowToSignIn() {
        given().get("/api/v1/sign-in-options").then().statusCode(200).body("password", equalTo(true));
        People.first().asks().get("/api/v1/me").then().body("roles", hasItem("administrator"));
    }
}
