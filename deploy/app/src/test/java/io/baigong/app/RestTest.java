package io.baigong.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.baigong.host.account.Accounts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.builder.MultiPartSpecBuilder;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.MultiPartConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.http.entity.mime.HttpMultipartMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The REST API with the finance vertical and a real database. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class RestTest {
    private static final String RUNS = "/api/v1/tasks/finance.contract-review/runs";
    private static final String PASSWORD = "correct horse battery";

    @Inject
    Accounts accounts;

    @BeforeEach
    void account() throws Exception {
        accounts.ensureFirst();
        RestAssured.enableLoggingOfRequestAndResponseIfValidationFails();
    }

    private static RequestSpecification analyst() {
        return given().auth().preemptive().basic("analyst", PASSWORD);
    }

    private static Response upload(String name, byte[] bytes) {
        return analyst()
                .config(RestAssuredConfig.config()
                        .httpClient(HttpClientConfig.httpClientConfig()
                                .httpMultipartMode(HttpMultipartMode.BROWSER_COMPATIBLE))
                        .multiPartConfig(MultiPartConfig.multiPartConfig().defaultCharset(StandardCharsets.UTF_8)))
                .multiPart(new MultiPartSpecBuilder(bytes)
                        .controlName("document")
                        .fileName(name)
                        .mimeType("application/octet-stream")
                        .build())
                .post(RUNS);
    }

    private static Response sample(String name) {
        return analyst().multiPart("sample", name).post(RUNS);
    }

    private static byte[] sampleBytes(String file) throws IOException {
        try (InputStream in = RestTest.class.getResourceAsStream("/samples/" + file)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private static void isProblem(Response response, int status, String slug) {
        response.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:baigong:problem:" + slug))
                .body("status", equalTo(status))
                .body("title", notNullValue())
                .body("detail", notNullValue())
                .body("remedy", notNullValue())
                .body(not(containsString("Exception")))
                .body(not(containsString("io.baigong.")));
    }

    // --- sign-in

    @ParameterizedTest
    @CsvSource({
        "GET,/api/v1/tasks",
        "GET,/api/v1/runs",
        "GET,/api/v1/me",
        "GET,/api/v1/models",
        "GET,/api/v1/models/finance.clause-tagger",
        "GET,/api/v1/usage",
        "GET,/api/v1/accounts",
        "POST,/api/v1/sign-out",
        "GET,/api/v1/runs/0197c2b0-5f3e-7c11-8a52-3d9e0c1f7a10"
    })
    void allNeedsASignIn(String method, String path) {
        isProblem(given().request(method, path), 401, "sign-in-needed");
        assertThat(given().request(method, path).header("WWW-Authenticate")).isNull();
    }

    @Test
    void aWrongPasswordIsRefused() {
        Response response =
                given().auth().preemptive().basic("analyst", "wrong").get("/api/v1/me");

        isProblem(response, 401, "sign-in-needed");
        assertThat(response.header("WWW-Authenticate")).startsWith("Basic");
    }

    @Test
    void basicSignsIn() {
        analyst()
                .get("/api/v1/me")
                .then()
                .statusCode(200)
                .body("name", equalTo("analyst"))
                .body("tenant", equalTo("default"))
                .body("roles", hasItem("analyst"));
    }

    @Test
    void thePageSignsInAndOut() {
        Response signedIn = signIn("analyst", PASSWORD);
        assertThat(signedIn.statusCode()).isEqualTo(204);
        String session = signedIn.cookie("baigong-session");
        assertThat(signedIn.header("Set-Cookie"))
                .containsIgnoringCase("HttpOnly")
                .containsIgnoringCase("SameSite=Strict");
        given().cookie("baigong-session", session).get("/api/v1/me").then().statusCode(200);

        Response signedOut = given().cookie("baigong-session", session).post("/api/v1/sign-out");

        assertThat(signedOut.statusCode()).isEqualTo(204);
        assertThat(signedOut.header("Set-Cookie")).contains("baigong-session=").contains("Max-Age=0");
        isProblem(given().cookie("baigong-session", session).get("/api/v1/me"), 401, "sign-in-needed");
        isProblem(signIn("analyst", "wrong"), 401, "sign-in-refused");
    }

    private static Response signIn(String name, String password) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("name", name, "password", password))
                .post("/api/v1/sign-in");
    }

    // --- tasks

    @Test
    void tasksComeWithSchemasPanelsAndSamples() {
        analyst()
                .get("/api/v1/tasks")
                .then()
                .statusCode(200)
                .body("id", hasItem("finance.contract-review"))
                .body("[0].inputSchema.properties.document.contentMediaType", equalTo("application/octet-stream"))
                .body("[0].inputSchema.required", equalTo(List.of("document")))
                .body("[0].outputSchema.'$schema'", containsString("2020-12"))
                .body("[0].samples.name", hasItem("managed-services"))
                .body("[0].panels[0].type", equalTo("table"))
                .body("[0].panels[0].columns", hasSize(greaterThan(1)));
        isProblem(analyst().get("/api/v1/tasks/finance.nothing"), 404, "not-found");
    }

    @Test
    void theOpenApiDocumentDescribesRunsWithExamples() {
        given().accept(ContentType.JSON)
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("paths.'/api/v1/tasks/{task}/runs'.post.responses.'413'", notNullValue())
                .body(
                        "paths.'/api/v1/tasks/{task}/runs'.post.requestBody.content.'multipart/form-data'.examples.sample",
                        notNullValue())
                .body("components.responses.Problem.content.'application/problem+json'.examples", notNullValue());
    }

    // --- runs

    @Test
    void aReviewIsAnsweredAndKept() throws IOException {
        byte[] pdf = sampleBytes("managed-services-agreement.pdf");
        Response answer = upload("../../Vertrag №1.pdf", pdf);
        answer.then()
                .statusCode(201)
                .body("status", equalTo("ANSWERED"))
                .body("output.text", containsString("AGREEMENT"))
                .body("output.findings", hasSize(greaterThan(0)))
                .body("output.facts.value.shown", hasItem("5 years"))
                .body("droppedEvidence", equalTo(0))
                .body("models.role", hasItem("finance.clause-tagger"))
                .body("attachments[0].name", equalTo("Vertrag №1.pdf"))
                .body("attachments[0].mediaType", equalTo("application/pdf"))
                .body("caller", equalTo("analyst"));
        String run = answer.header("Location");
        assertThat(run).endsWith("/api/v1/runs/" + answer.path("id"));

        Response kept = analyst().get(run);
        kept.then().statusCode(200);
        assertThat(kept.<Object>path("output")).isEqualTo(answer.path("output"));
        assertThat(kept.<Object>path("evidence")).isEqualTo(answer.path("evidence"));

        Response file = analyst().get(run + "/attachments/document");
        assertThat(file.asByteArray()).isEqualTo(pdf);
        assertThat(file.header("Content-Disposition")).startsWith("attachment").contains("Vertrag%20%E2%84%961.pdf");
        assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(file.header("Content-Security-Policy")).contains("sandbox");
        isProblem(analyst().get(run + "/attachments/playbookFile"), 404, "not-found");
        isProblem(analyst().get(run + "/exports/xyz"), 404, "not-found");
    }

    @ParameterizedTest
    @CsvSource({"managed-services", "software-licence"})
    void samplesAreReviewed(String name) {
        Response answer = sample(name);

        answer.then().statusCode(201).body("fields.playbook", notNullValue());
        for (String format : answer.<List<String>>path("exports.format")) {
            Response export = analyst().get(answer.header("Location") + "/exports/" + format);
            export.then().statusCode(200);
            assertThat(export.asByteArray()).hasSizeGreaterThan(1000);
        }
    }

    @Test
    void modelsAreListedWithTheirCards() {
        analyst()
                .get("/api/v1/models")
                .then()
                .statusCode(200)
                .body("find { it.role == 'finance.clause-tagger' }.name", equalTo("clause-tagger"))
                .body("find { it.role == 'finance.clause-tagger' }.origin", equalTo("SHIPPED"))
                .body("find { it.role == 'finance.clause-tagger' }.tasks", hasItem("finance.contract-review"));
        analyst()
                .get("/api/v1/models/finance.clause-tagger")
                .then()
                .statusCode(200)
                .body("serving.version", notNullValue())
                .body("card", containsString("CUAD"));
        isProblem(analyst().get("/api/v1/models/finance.oracle"), 404, "not-found");
    }

    @Test
    void runsAreListedNewestFirst() {
        String first = sample("managed-services").path("id");
        String second = sample("managed-services").path("id");

        analyst().get("/api/v1/runs?limit=2").then().statusCode(200).body("id", equalTo(List.of(second, first)));
        analyst()
                .get("/api/v1/runs?task=finance.contract-review&limit=1&before=" + second)
                .then()
                .body("id", equalTo(List.of(first)));
        analyst().get("/api/v1/runs?task=finance.other").then().body("$", hasSize(0));
        analyst()
                .get(
                        "/api/v1/runs?sort=started&q=MANAGED&status=ANSWERED&undecided=true&from=2020-01-01&to=2999-01-01T00:00:00Z&offset=1&limit=1")
                .then()
                .statusCode(200)
                .header("X-Total-Count", matchesPattern("[1-9][0-9]*"))
                .body("$", hasSize(1));
        for (String wrong : List.of("sort=colour", "status=LATE", "from=today", "offset=-1", "q=" + "x".repeat(201))) {
            isProblem(analyst().get("/api/v1/runs?" + wrong), 400, "invalid");
        }
        isProblem(analyst().get("/api/v1/runs?limit=0"), 400, "invalid");
        isProblem(analyst().get("/api/v1/runs?limit=many"), 400, "invalid");
        isProblem(analyst().get("/api/v1/runs?before=yesterday"), 404, "not-found");
    }

    @Test
    void decisionsAreKeptInOrder() {
        String run = sample("managed-services").header("Location");
        analyst()
                .contentType(ContentType.JSON)
                .body("{\"subject\": \"f1\", \"verdict\": \"REJECTED\", \"comment\": \"no\\u0000pe\"}")
                .post(run + "/decisions")
                .then()
                .statusCode(201)
                .body("by", equalTo("analyst"));
        analyst()
                .contentType(ContentType.JSON)
                .body("{\"subject\": \"f1\", \"verdict\": \"CORRECTED\", \"correction\": {\"severity\": \"LOW\"}}")
                .post(run + "/decisions")
                .then()
                .statusCode(201)
                .body("correction.severity", equalTo("LOW"));

        analyst()
                .get(run)
                .then()
                .body("decisions.verdict", equalTo(List.of("REJECTED", "CORRECTED")))
                .body("decisions[0].comment", equalTo("no\uFFFDpe"));
    }

    @Test
    void aDecisionWhoseAnswerWasLostIsSentAgain() {
        String run = sample("managed-services").header("Location");
        String accepted = "{\"subject\": \"f1\", \"verdict\": \"ACCEPTED\"}";
        String key = UUID.randomUUID().toString();
        String first =
                decided(run, key, accepted).then().statusCode(201).extract().path("id");
        decided(run, '"' + key + '"', accepted).then().statusCode(201).body("id", equalTo(first));
        isProblem(decided(run, key, "{\"subject\": \"f2\", \"verdict\": \"ACCEPTED\"}"), 422, "key-reused");
        isProblem(decided(run, "1-2-3-4-5", accepted), 400, "invalid");
        decided(run, UUID.randomUUID().toString(), accepted).then().statusCode(201);

        analyst().get(run).then().body("decisions", hasSize(2));
    }

    @Test
    void aCommentDecidesNothing() {
        String run = sample("managed-services").header("Location");
        String key = UUID.randomUUID().toString();
        String text = "{\"subject\": \"f1\", \"text\": \"<b>See</b> page 7.\"}";
        String first = commented(run, key, text)
                .then()
                .statusCode(201)
                .body("by", equalTo("analyst"))
                .extract()
                .path("id");
        commented(run, key, text).then().statusCode(201).body("id", equalTo(first));
        commented(run, UUID.randomUUID().toString(), "{\"text\": \"Of the whole.\"}")
                .then()
                .statusCode(201);
        isProblem(commented(run, key, "{\"text\": \"another\"}"), 422, "key-reused");
        for (String wrong : List.of("{}", "{\"text\": \" \"}", "{\"text\": \"" + "x".repeat(10_001) + "\"}", "null")) {
            isProblem(commented(run, UUID.randomUUID().toString(), wrong), 400, "invalid");
        }
        isProblem(
                commented("/api/v1/runs/" + UUID.randomUUID(), UUID.randomUUID().toString(), text), 404, "not-found");

        analyst()
                .get(run)
                .then()
                .body("decisions", hasSize(0))
                .body("comments.text", equalTo(List.of("<b>See</b> page 7.", "Of the whole.")))
                .body("comments[1].subject", nullValue());
        String id = run.substring(run.lastIndexOf('/') + 1);
        analyst()
                .get("/api/v1/audit/entries?kind=comment&q=" + id)
                .then()
                .statusCode(200)
                .body("leaf.entry.actor", equalTo(List.of("analyst", "analyst")));
        analyst().get("/api/v1/audit/verify").then().body("ok", equalTo(true));
    }

    private static Response commented(String run, String key, String body) {
        return analyst()
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post(run + "/comments");
    }

    private static Response decided(String run, String key, String body) {
        return analyst()
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post(run + "/decisions");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "{\"subject\": \"f1\"}",
                "{\"verdict\": \"ACCEPTED\"}",
                "{\"subject\": \" \", \"verdict\": \"ACCEPTED\"}",
                "{\"subject\": \"f1\", \"verdict\": \"MAYBE\"}",
                "nonsense",
                "[1]",
                "null"
            })
    void aDecisionThatIsNoneIsRefused(String body) {
        String run = sample("managed-services").header("Location");

        isProblem(analyst().contentType(ContentType.JSON).body(body).post(run + "/decisions"), 400, "invalid");
    }

    // --- bad requests

    @Test
    void whatIsNotThereIsAProblem() {
        isProblem(analyst().get("/api/v1/nothing"), 404, "not-found");
        isProblem(analyst().get("/api/v1/runs/0197c2b0-5f3e-7c11-8a52-3d9e0c1f7a10"), 404, "not-found");
        isProblem(analyst().get("/api/v1/runs/not-an-id"), 404, "not-found");
        isProblem(analyst().delete("/api/v1/runs"), 405, "method-not-allowed");
        isProblem(analyst().contentType(ContentType.JSON).body("{}").post(RUNS), 415, "unsupported-media-type");
        isProblem(analyst().accept("application/xml").get("/api/v1/tasks"), 406, "not-acceptable");
        isProblem(analyst().multiPart("sample", "x").post("/api/v1/tasks/finance.nothing/runs"), 404, "not-found");
    }

    @Test
    void aFormThatDoesNotFitIsAProblem() {
        isProblem(sample("nothing"), 400, "invalid");
        isProblem(analyst().multiPart("playbook", "SERVICES_BUYING").post(RUNS), 400, "invalid");
        isProblem(
                analyst()
                        .multiPart("sample", "managed-services")
                        .multiPart("playbook", "MINE")
                        .post(RUNS),
                400,
                "invalid");
        isProblem(
                analyst()
                        .multiPart("sample", "managed-services")
                        .multiPart("colour", "red")
                        .post(RUNS),
                400,
                "invalid");
        isProblem(
                analyst()
                        .contentType("multipart/form-data")
                        .body("no boundary".getBytes(StandardCharsets.UTF_8))
                        .post(RUNS),
                400,
                "invalid");
        isProblem(
                analyst()
                        .contentType("multipart/form-data; boundary=x")
                        .body("--x\r\nContent-Disposition: form-data; name=\"document\"; filename=\"a\"\r\n\r\ncut off"
                                .getBytes(StandardCharsets.UTF_8))
                        .post(RUNS),
                400,
                "invalid");
    }

    @Test
    void hostileFilesGetProblemsAndTheSuiteGoesOn() throws IOException {
        byte[] pdf = sampleBytes("managed-services-agreement.pdf");
        isProblem(upload("empty.pdf", new byte[0]), 422, "empty");
        isProblem(upload("cut.pdf", java.util.Arrays.copyOf(pdf, 2000)), 422, "corrupt");
        isProblem(upload("bomb.docx", zipBomb()), 422, "hostile");
        isProblem(upload("random.docx", random()), 415, "unsupported-format");
        Response last = upload("picture.png", "\u0089PNG\r\n\u001A\n".getBytes(StandardCharsets.ISO_8859_1));
        isProblem(last, 415, "unsupported-format");

        analyst()
                .get("/api/v1/runs/" + last.path("run"))
                .then()
                .statusCode(200)
                .body("status", equalTo("FAILED"))
                .body("failure.code", equalTo("unsupported-format"));
        sample("managed-services").then().statusCode(201);
    }

    private static byte[] random() {
        byte[] bytes = new byte[100_000];
        new java.util.Random(7).nextBytes(bytes);
        return bytes;
    }

    /** 300 MB of one letter, in the part where the text stands. */
    private static byte[] zipBomb() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.write(
                    ("<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                                    + "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument"
                                    + ".wordprocessingml.document.main+xml\"/></Types>")
                            .getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            byte[] block = new byte[1 << 20];
            java.util.Arrays.fill(block, (byte) 'a');
            for (int i = 0; i < 300; i++) {
                zip.write(block);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void twoGigabytesAreRefusedBeforeTheyAreSent() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write(("POST " + RUNS + " HTTP/1.1\r\nHost: x\r\nContent-Length: 2147483648\r\n"
                                    + "Content-Type: multipart/form-data; boundary=x\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            var answer = new StringBuilder();
            for (int c = socket.getInputStream().read();
                    c >= 0 && c != '}';
                    c = socket.getInputStream().read()) {
                answer.append((char) c);
            }

            assertThat(answer).startsWith("HTTP/1.1 413").contains("urn:baigong:problem:too-large");
        }
    }

    @Test
    void anUploadOverTheLimitIsRefusedWithoutALengthToo() {
        Response response = upload("large.pdf", new byte[(50 << 20) + 1]);

        isProblem(response, 413, "too-large");
        response.then().body("detail", containsString("50 MiB"));
    }

    @Test
    void securityHeadersAreOnEveryAnswer() {
        Response response = given().get("/api/v1/me");

        assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(response.header("Referrer-Policy")).isEqualTo("no-referrer");
    }

    @Test
    void answersQuestionsBesideATask() {
        String path = "/api/v1/tasks/medical.icd-coding/inquiries/";
        int before = analyst().get("/api/v1/runs?limit=1").then().extract().<Integer>path("size()");
        analyst()
                .contentType(ContentType.JSON)
                .body("{\"words\": \"高血压\"}")
                .post(path + "code-search")
                .then()
                .statusCode(200)
                .body("codes[0].code", equalTo("I10"));
        analyst()
                .contentType(ContentType.JSON)
                .body("[1")
                .post(path + "code-search")
                .then()
                .statusCode(400)
                .body("detail", containsString("code-search"));
        analyst()
                .contentType(ContentType.JSON)
                .body("{\"words\": \"" + "a".repeat(3 << 20) + "\"}")
                .post(path + "code-search")
                .then()
                .statusCode(413);
        analyst()
                .contentType(ContentType.JSON)
                .body("{}")
                .post(path + "colours")
                .then()
                .statusCode(404);
        given().contentType(ContentType.JSON)
                .body("{}")
                .post(path + "code-search")
                .then()
                .statusCode(401);
        assertThat(analyst().get("/api/v1/runs?limit=1").then().extract().<Integer>path("size()"))
                .isEqualTo(before);
    }
}
