package io.baigong.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.baigong.gateway.Gateway;
import io.baigong.host.access.Roles;
import io.baigong.host.account.Accounts;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.journal.Journal;
import io.baigong.spi.Gate;
import io.baigong.spi.ModelRole;
import io.baigong.spi.Models;
import io.baigong.spi.Tensor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life of a model over REST: the shipped judge of machining processes, registered as if it were somebody's own. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
public class ModelVersionsTest {
    private static final String ROLE = "/api/v1/models/manufacturing.process-failure";
    private static final List<String> FILES = List.of("README.md", "model.json", "process.json", "trees.ubj");

    private static People.@Nullable Person maker;
    private static People.@Nullable Person owner;

    @Inject
    Accounts accounts;

    @BeforeEach
    void people() throws SQLException {
        accounts.ensureFirst();
        if (maker == null) {
            maker = People.made(People.first(), Roles.MODEL_OWNER);
            owner = People.made(People.first(), Roles.MODEL_OWNER);
        }
    }

    private static RequestSpecification maker() {
        return Objects.requireNonNull(maker).asks();
    }

    private static RequestSpecification owner() {
        return Objects.requireNonNull(owner).asks();
    }

    static byte[] shipped(String name) throws IOException {
        try (InputStream in = ModelVersionsTest.class.getResourceAsStream("/models/process-failure/1/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    static byte[] zip(Map<String, byte[]> changed) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (String name : FILES) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(changed.containsKey(name) ? changed.get(name) : shipped(name));
            }
        }
        return bytes.toByteArray();
    }

    private static Response register(byte[] zip) {
        return maker().multiPart("artifact", "model.zip", zip)
                .multiPart("lineage", "{\"data\": \"ai4i2020\", \"seed\": 7}")
                .post(ROLE + "/versions");
    }

    private static int registered() throws IOException {
        return register(zip(Map.of())).then().statusCode(201).extract().path("number");
    }

    private static Response step(RequestSpecification who, int number, String step, String body) {
        return who.contentType(ContentType.JSON).body(body).post(ROLE + "/versions/" + number + "/" + step);
    }

    private static void isRefused(Response response, String detail) {
        response.then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:baigong:problem:refused"))
                .body("detail", containsString(detail));
    }

    private static String origin() {
        return owner().get(ROLE).then().statusCode(200).extract().path("serving.origin");
    }

    private static Map<String, Object> measured(int number) throws InterruptedException {
        assertThat(step(maker(), number, "evaluations", "{\"benchmark\": \"ai4i2020\"}")
                        .statusCode())
                .isEqualTo(202);
        while (true) {
            Response version = maker().get(ROLE + "/versions/" + number);
            List<Map<String, Object>> done = version.path("version.evaluations");
            if (!done.isEmpty()) {
                return done.getFirst();
            }
            assertThat(version.<String>path("version.measuring[0].failure")).isNull();
            Thread.sleep(100);
        }
    }

    @ConfigProperty(name = "trial.told")
    Path told;

    /** In the order in which it happened; see {@link WebhookReceiver}. */
    @Test
    void aProgramElsewhereIsToldOfEachStep() throws Exception {
        int number = registered();
        step(maker(), number, "retirement", "{\"reason\": \"nobody asked\"}")
                .then()
                .statusCode(200);

        List<String> own = List.of();
        for (int i = 0; i < 300 && own.size() < 2; i++) {
            Thread.sleep(100);
            own = Files.readAllLines(told).stream()
                    .filter(line -> line.contains("\"version\":" + number + ",")
                            && line.contains("\"manufacturing.process-failure\""))
                    .toList();
        }

        assertThat(own).hasSize(2);
        assertThat(own.getFirst()).startsWith("{\"type\":\"model.registered\"");
        assertThat(own.getLast()).startsWith("{\"type\":\"model.retired\"").contains("\"reason\":\"nobody asked\"");
    }

    @Test
    void aModelGoesIntoServiceThroughItsGatesAndComesBack() throws Exception {
        int number = registered();
        maker().get(ROLE + "/versions/" + number)
                .then()
                .statusCode(200)
                .body("version.state", equalTo("CANDIDATE"))
                .body("version.lineage.seed", equalTo(7))
                .body(
                        "version.registeredBy",
                        equalTo(Objects.requireNonNull(maker).name()))
                .body("version.gates", hasSize(1))
                .body("card", containsString("process-failure"));
        isRefused(step(owner(), number, "approval", "{}"), "f1 on ai4i2020 is not measured");
        isRefused(step(owner(), number, "promotion", "{\"reason\": \"now\"}"), "only an approved one is promoted");

        assertThat(measured(number)).containsEntry("cases", 80);
        isRefused(step(maker(), number, "approval", "{}"), "who registered a model can't approve it");
        step(owner(), number, "approval", "{}").then().statusCode(200).body("state", equalTo("APPROVED"));
        step(owner(), number, "promotion", "{\"reason\": \"as good as before\"}")
                .then()
                .statusCode(200)
                .body("state", equalTo("SERVING"));

        assertThat(origin()).isEqualTo("REGISTERED");
        owner().contentType(ContentType.JSON)
                .body("{\"reason\": \"a trial\"}")
                .post(ROLE + "/rollback")
                .then()
                .statusCode(200)
                .body("[0].type", equalTo("rolled-back"))
                .body("[0].reason", equalTo("a trial"))
                .body("[0].by", equalTo(Objects.requireNonNull(owner).name()));
        assertThat(origin()).isEqualTo("SHIPPED");
    }

    @Inject
    Gateway gateway;

    /** The version that each of many runs has, by its label. */
    private Map<String, Integer> drawn(int runs) {
        var drawn = new TreeMap<String, Integer>();
        for (int i = 0; i < runs; i++) {
            Models models = gateway.forRun(Journal.newId());
            for (int call = 0; call < 2; call++) {
                models.predict("manufacturing.process-failure", new Tensor(new int[] {1, 11}, new float[11]));
            }
            assertThat(models.used()).hasSize(1); // both calls had the same
            drawn.merge(models.used().getFirst().version(), 1, Integer::sum);
        }
        return drawn;
    }

    private static void rollBack(String reason) {
        owner().contentType(ContentType.JSON)
                .body(Map.of("reason", reason))
                .post(ROLE + "/rollback")
                .then()
                .statusCode(200)
                .body("[0].type", equalTo("rolled-back"));
    }

    /** A tenth of 2,000 runs within four standard deviations of the binomial distribution. */
    @Test
    void aVersionAnswersItsShareOfTheRunsAndNoMore() throws Exception {
        byte[] canary = new String(shipped("model.json"), StandardCharsets.UTF_8)
                .replace("\"version\" : \"1\"", "\"version\" : \"canary\"")
                .getBytes(StandardCharsets.UTF_8);
        int number = register(zip(Map.of("model.json", canary)))
                .then()
                .statusCode(201)
                .body("share", equalTo(0))
                .extract()
                .path("number");
        isRefused(
                step(owner(), number, "promotion", "{\"reason\": \"now\", \"percent\": 10}"),
                "only an approved one is promoted");
        step(owner(), number, "approval", "{\"override\": \"measured at the plant\"}")
                .then()
                .statusCode(200);
        for (int percent : new int[] {0, 101, -1}) {
            step(owner(), number, "promotion", "{\"reason\": \"now\", \"percent\": " + percent + "}")
                    .then()
                    .statusCode(400)
                    .body("detail", containsString("1 to 100"));
        }
        step(owner(), number, "promotion", "{\"reason\": \"a first look\", \"percent\": 10}")
                .then()
                .statusCode(200)
                .body("state", equalTo("SERVING"))
                .body("share", equalTo(10));

        assertThat(drawn(2_000).get("canary")).isBetween(200 - 54, 200 + 54);
        assertThat(origin()).isEqualTo("SHIPPED"); // which has the most
        owner().get(ROLE)
                .then()
                .body("serving.shares.number", equalTo(List.of(0, number)))
                .body("serving.shares.percent", equalTo(List.of(90, 10)));
        owner().get(ROLE + "/history")
                .then()
                .body("[0].type", equalTo("promoted"))
                .body("[0].shares.percent", equalTo(List.of(90, 10)));
        owner().get(ROLE + "/versions/" + number + "/report?format=html")
                .then()
                .body(containsString("serving 10 % of the runs"))
                .body(containsString("the model that ships 90 %, version " + number + " 10 %"));
        isRefused(step(owner(), number, "retirement", "{\"reason\": \"x\"}"), "serves");

        step(owner(), number, "promotion", "{\"reason\": \"it does well\"}")
                .then()
                .statusCode(200)
                .body("share", equalTo(100));
        assertThat(drawn(50)).containsOnlyKeys("canary");
        rollBack("worse");
        assertThat(drawn(500)).containsKeys("canary", "1");
        rollBack("a trial");
        assertThat(drawn(200)).containsOnlyKeys("1");
    }

    @Test
    void aVersionHasAReportAsAnnexIvAsks() throws Exception {
        int number = registered();
        step(owner(), number, "approval", "{\"override\": \"<b>looked at</b>\"}")
                .then()
                .statusCode(200);
        measured(number);
        String report = ROLE + "/versions/" + number + "/report";
        owner().accept("text/html")
                .get(report)
                .then()
                .statusCode(200)
                .body(containsString("9. Monitoring after it is in service"))
                .body(containsString("Predictive maintenance"))
                .body(containsString("<td>Threshold</td>"))
                .body(containsString("simulated by its authors"))
                .body(containsString("≥ 0.7"))
                .body(containsString("measured on ai4i2020"))
                .body(containsString("&lt;b&gt;looked at"))
                .body(not(containsString("<b>")));
        owner().get(report + "?format=html&language=zh").then().statusCode(200).body(containsString("附件四"));
        byte[] pdf = owner().get(report + "?format=pdf")
                .then()
                .statusCode(200)
                .contentType("application/pdf")
                .extract()
                .asByteArray();
        assertThat(new String(pdf, 0, 5, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("%PDF-");
        owner().get(report + "?format=docx").then().statusCode(400);
        owner().get(ROLE + "/versions/99999/report?format=pdf").then().statusCode(404);
    }

    @Test
    void aGateIsPassedOverOnlyForAReason() throws Exception {
        int number = registered();

        step(owner(), number, "approval", "{\"override\": \"measured at the plant\"}")
                .then()
                .statusCode(200)
                .body("state", equalTo("APPROVED"))
                .body("approval.override", equalTo("measured at the plant"));
        step(owner(), number, "promotion", "{\"reason\": \" \"}").then().statusCode(400);
        step(owner(), number, "retirement", "{\"reason\": \"was a test\"}")
                .then()
                .statusCode(200)
                .body("state", equalTo("RETIRED"));
        isRefused(step(owner(), number, "promotion", "{\"reason\": \"x\"}"), "is RETIRED");
    }

    @Test
    void whatCannotServeIsNotRegistered() throws Exception {
        register(zip(Map.of("trees.ubj", new byte[100])))
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:baigong:problem:corrupt"));
        register(zip(Map.of("model.json", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .then()
                .statusCode(422);
        register(new byte[10]).then().statusCode(422).body("type", equalTo("urn:baigong:problem:hostile"));
    }

    @Test
    void aVersionIsTakenAwayAsItCame() throws Exception {
        int number = registered();

        byte[] zip = owner().get(ROLE + "/versions/" + number + "/artifact").asByteArray();

        String before = owner().get(ROLE + "/versions/" + number).path("version.sha256");
        assertThat(register(zip).then().statusCode(201).extract().<String>path("sha256"))
                .isEqualTo(before);
    }

    @Test
    void rolesOfThePlatformHaveNoVersions() {
        owner().get("/api/v1/models/platform.ocr/versions").then().statusCode(404);
        owner().get("/api/v1/models/nothing/versions").then().statusCode(404);
    }

    @Test
    void aVersionThatThereIsNotIsNotFound() {
        owner().get(ROLE + "/versions/99")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("this role has no version 99"));
        step(owner(), 99, "promotion", "{\"reason\": \"now\"}").then().statusCode(404);
        step(owner(), 99, "evaluations", "{\"benchmark\": \"ai4i2020\"}").then().statusCode(404);
    }

    @Test
    void onlyModelOwnersChangeModels() throws Exception {
        People.made(People.first(), Roles.AUDITOR)
                .asks()
                .multiPart("artifact", "model.zip", zip(Map.of()))
                .post(ROLE + "/versions")
                .then()
                .statusCode(403);
        given().get(ROLE + "/versions").then().statusCode(401);
    }

    /** A gate on what no task has could never be passed. */
    @Test
    void gatesNameRolesAndBenchmarksThatAreThere() {
        for (var task : Catalogue.load().tasks()) {
            for (Gate gate : task.gates()) {
                assertThat(task.roles()).extracting(ModelRole::name).contains(gate.role());
                assertThat(task.benchmarks().stream().map(benchmark -> benchmark.name()))
                        .contains(gate.benchmark());
            }
        }
    }

    /** Products whose failures are known, as a file in the folder, to be kept back for {@code ai4i2020}. */
    public static Path heldOut(Path folder) throws IOException {
        return Files.writeString(folder.resolve("ai4i2020-held-out.csv"), products(80));
    }

    /** Products of our own making: those of too much strain or too little power fail, as the data set's rules say. */
    static String products(int count) {
        var rows = new StringBuilder("UDI,Product ID,Type,Air temperature [K],Process temperature [K],"
                + "Rotational speed [rpm],Torque [Nm],Tool wear [min],Machine failure\n");
        for (int i = 0; i < count; i++) {
            int kind = i % 80;
            boolean fails = i % 4 == 0;
            char quality = "LMH".charAt(i % 3);
            rows.append("%d,%c%d,%c,%.1f,%.1f,%d,%.1f,%d,%d%n"
                    .formatted(
                            i + 1,
                            quality,
                            i + 1,
                            quality,
                            298 + kind % 5 * 0.2,
                            309 + kind % 7 * 0.1,
                            fails ? 1350 : 1500 + kind,
                            fails ? 65.0 : 38 + kind % 9,
                            fails ? 210 : kind,
                            fails ? 1 : 0));
        }
        return rows.toString();
    }
}
