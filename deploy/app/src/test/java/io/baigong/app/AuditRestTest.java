package io.baigong.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;

import io.baigong.host.account.Accounts;
import io.baigong.journal.audit.Checkpoint;
import io.baigong.journal.audit.ExportedLog;
import io.baigong.journal.audit.LogVerifier;
import io.baigong.journal.audit.MerkleTree;
import io.baigong.journal.audit.VerifierKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit log over REST. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class AuditRestTest {
    private static final String ENTRIES = "/api/v1/audit/entries";

    @Inject
    Accounts accounts;

    @BeforeEach
    void account() throws Exception {
        accounts.ensureFirst();
    }

    private static RequestSpecification analyst() {
        return given().auth().preemptive().basic("analyst", "correct horse battery");
    }

    private static String run() {
        return analyst()
                .header("X-Purpose", "renewal")
                .header("X-Correlation-Id", "case-4711")
                .multiPart("sample", "managed-services")
                .post("/api/v1/tasks/finance.contract-review/runs")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static JsonPath head() {
        return analyst()
                .get("/api/v1/audit/head")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static List<byte[]> hashes(JsonPath json) {
        return json.getList("proof", String.class).stream()
                .map(Base64.getDecoder()::decode)
                .toList();
    }

    @Test
    void aRunAndADecisionAreFoundAndProved() {
        JsonPath before = head();
        String run = run();
        analyst()
                .contentType(ContentType.JSON)
                .body("{\"subject\": \"f1\", \"verdict\": \"REJECTED\"}")
                .post("/api/v1/runs/" + run + "/decisions")
                .then()
                .statusCode(201);

        Response found = analyst().queryParam("record", run).get(ENTRIES);
        found.then()
                .statusCode(200)
                .header("X-Total-Count", "2")
                .body("leaf.entry.kind", equalTo(List.of("decision", "run")))
                .body("leaf.entry.task", everyItem(equalTo("finance.contract-review")))
                .body("leaf.entry.purpose", everyItem(equalTo("renewal")))
                .body("leaf.entry.correlation", everyItem(equalTo("case-4711")))
                .body("[1].leaf.entry.id", equalTo(run))
                .body("[1].leaf.entry.actor", equalTo("analyst"));
        String model = found.jsonPath().getString("[1].leaf.entry.models[0].name") + "@"
                + found.jsonPath().getString("[1].leaf.entry.models[0].version");
        analyst()
                .queryParam("model", model)
                .queryParam("kind", "run")
                .queryParam("limit", 1)
                .get(ENTRIES)
                .then()
                .statusCode(200)
                .body("$", hasSize(1))
                .body("[0].leaf.entry.id", equalTo(run));

        JsonPath proved = analyst()
                .get(ENTRIES + "/" + found.jsonPath().getLong("[1].seq"))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        var key = VerifierKey.parse(before.getString("key"));
        Checkpoint head = Checkpoint.verified(proved.getString("checkpoint"), key);
        byte[] leaf = proved.getString("leafText").getBytes(StandardCharsets.UTF_8);
        assertThat(MerkleTree.includes(
                        MerkleTree.leafHash(leaf), proved.getLong("seq"), head.size(), hashes(proved), head.rootHash()))
                .isTrue();

        Checkpoint older = Checkpoint.verified(before.getString("checkpoint"), key);
        JsonPath consistent = analyst()
                .get("/api/v1/audit/consistency?from=" + older.size() + "&to=" + head.size())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(MerkleTree.extendsTree(
                        older.size(), older.rootHash(), head.size(), head.rootHash(), hashes(consistent)))
                .isTrue();
    }

    @Test
    void whatIsErasedIsGoneAndTheLogIsStillWhatWasSigned() {
        String run = run();

        analyst()
                .contentType(ContentType.JSON)
                .body("{\"run\": \"" + run + "\", \"reason\": \"Art. 17 GDPR\"}")
                .post("/api/v1/audit/erasures")
                .then()
                .statusCode(204);

        analyst().get("/api/v1/runs/" + run).then().statusCode(404);
        analyst()
                .queryParam("record", run)
                .get(ENTRIES)
                .then()
                .body("leaf.entry.kind", equalTo(List.of("erasure", "run")));
        analyst().get("/api/v1/audit/verify").then().statusCode(200).body("ok", equalTo(true));
    }

    @Test
    void entriesAreFoundByTheirTextAndSorted() {
        String about = "100%_\"'" + UUID.randomUUID();
        analyst()
                .header("X-Purpose", about)
                .multiPart("sample", "managed-services")
                .post("/api/v1/tasks/finance.contract-review/runs")
                .then()
                .statusCode(201);

        analyst()
                .queryParam("q", about.toUpperCase(Locale.ROOT))
                .get(ENTRIES)
                .then()
                .header("X-Total-Count", "1")
                .body("[0].leaf.entry.purpose", equalTo(about));
        List<Integer> seqs = analyst()
                .queryParam("sort", "time")
                .get(ENTRIES)
                .then()
                .statusCode(200)
                .extract()
                .path("seq");
        assertThat(seqs).isSorted();
        List<String> kinds = analyst()
                .queryParam("sort", "-kind")
                .get(ENTRIES)
                .then()
                .statusCode(200)
                .extract()
                .path("leaf.entry.kind");
        assertThat(kinds).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void theLogIsVerifiedWithProgressAndHandedOutWithoutOthersEntries(@TempDir Path folder) throws Exception {
        run();
        var boss = People.ofNewTenant();
        boss.asks().get("/api/v1/me").then().statusCode(200);
        List<String> lines = analyst()
                .get("/api/v1/audit/verify/progress")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .toList();
        assertThat(JsonPath.from(lines.getFirst()).getLong("of")).isPositive();
        assertThat(JsonPath.from(lines.getLast()).getBoolean("ok")).isTrue();

        Path zip = folder.resolve("log.zip");
        Files.write(
                zip,
                boss.asks()
                        .get("/api/v1/audit/export")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asByteArray());
        try (var export = ExportedLog.open(zip)) {
            var key = VerifierKey.parse(head().getString("key"));
            assertThat(LogVerifier.verify(export, key, List.of(), _ -> {}).tampering())
                    .isEmpty();
        }
        try (var files = FileSystems.newFileSystem(zip)) {
            String entries = Files.readString(files.getPath("/entries.jsonl"));
            assertThat(entries)
                    .contains("\"kind\":\"export\"")
                    .contains("\"tenant\":\"" + boss.tenant() + "\"")
                    .doesNotContain("\"tenant\":\"default\"");
        }
    }

    @Test
    void keysLeaveEntries() {
        String key = analyst()
                .contentType(ContentType.JSON)
                .body("{\"name\": \"nightly\"}")
                .post("/api/v1/keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key.id");
        analyst().delete("/api/v1/keys/" + key).then().statusCode(200);

        analyst()
                .queryParam("record", key)
                .get(ENTRIES)
                .then()
                .body("leaf.entry.kind", equalTo(List.of("key-revoked", "key-issued")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/entries?kind=nonsense",
                "/entries?limit=0",
                "/entries?limit=201",
                "/entries?from=yesterday",
                "/entries?actor=%00",
                "/entries?sort=nonsense",
                "/consistency",
                "/consistency?from=5&to=1",
                "/consistency?from=0&to=99999999999"
            })
    void whatCanNotBeMeantIsAProblem(String path) {
        analyst()
                .urlEncodingEnabled(false)
                .get("/api/v1/audit" + path)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/entries/999999999", "/entries/-1", "/entries/x"})
    void whatIsNotThereIsSaidSo(String path) {
        analyst().get("/api/v1/audit" + path).then().statusCode(404).contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/entries",
                "/entries/0",
                "/head",
                "/consistency?from=0&to=0",
                "/verify",
                "/verify/progress",
                "/export"
            })
    void allNeedsASignIn(String path) {
        given().get("/api/v1/audit" + path).then().statusCode(401);
    }
}
