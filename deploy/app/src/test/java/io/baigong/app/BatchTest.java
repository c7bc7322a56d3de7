package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.agroal.api.AgroalDataSource;
import io.baigong.host.access.Roles;
import io.baigong.host.account.Accounts;
import io.baigong.journal.Tenancy;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches over REST, on notes that the coding task codes in milliseconds. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class BatchTest {
    private static final String BATCHES = "/api/v1/batches";
    private static final String TASK = "medical.icd-coding";

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

    private static Response create(People.Person who, String name, byte[] records) {
        return who.asks()
                .multiPart("task", TASK)
                .multiPart("language", "en")
                .multiPart("records", name, records)
                .post(BATCHES);
    }

    private static String notes(int from, int to) {
        var lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append("{\"name\": \"note %d\", \"note\": \"Patient %d with hypertension and a cough.\"}\n"
                    .formatted(i, i));
        }
        return lines.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Response ended(People.Person who, String id, String state) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (true) {
            Response batch = who.asks().get(BATCHES + "/" + id);
            if (state.equals(batch.path("state"))) {
                return batch;
            }
            assertThat(Instant.now()).as(batch.asString()).isBefore(end);
            Thread.sleep(50);
        }
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

    private static final String RUNS_OF = "select count(*) from run where correlation = 'batch ' || ?::text";

    @Test
    void everyRecordGetsOneRunAndTheBatchAReport() throws Exception {
        People.Person who = operator();
        String records = notes(0, 69)
                + "{\"name\": \"note 69\", \"note\": \"Hypertension.\", \"truth\": {\"codes.code\": [\"I10\"]}}\n"
                + "{\"name\": \"empty\", \"note\": \"\", \"truth\": {\"codes.code\": [\"I10\"]}}\n";
        Response created = create(who, "notes.jsonl", bytes(records));
        created.then()
                .statusCode(201)
                .body("task", equalTo(TASK))
                .body("name", equalTo("notes.jsonl"))
                .body("total", equalTo(71));
        String id = created.path("id");

        ended(who, id, "ENDED").then().body("answered", equalTo(70)).body("failed", equalTo(1));

        List<String> lines = who.asks()
                .get(BATCHES + "/" + id + "/results")
                .asString()
                .lines()
                .toList();
        assertThat(lines).hasSize(71);
        for (int i = 0; i < 70; i++) {
            assertThat(lines.get(i)).contains("\"position\":" + i, "\"name\":\"note " + i + "\"", "I10");
        }
        assertThat(lines.get(70)).contains("\"status\":\"FAILED\"", "\"name\":\"empty\"");
        assertThat(count(RUNS_OF, id)).isEqualTo(71);
        assertThat(count("select count(distinct run) from batch_record where batch = ?", id))
                .isEqualTo(71);

        who.asks()
                .get(BATCHES + "/" + id + "/report")
                .then()
                .statusCode(200)
                .body("batch.state", equalTo("ENDED"))
                .body("failures", hasSize(1))
                .body("failures[0].count", equalTo(1))
                .body("failures[0].examples", hasItem("empty"))
                .body("seconds.count", equalTo(71))
                .body("members.path", hasItem("codes.length"))
                .body("scores[0].path", equalTo("codes.code"))
                .body("scores[0].records", equalTo(1))
                .body("scores[0].unanswered", equalTo(1))
                .body("scores[0].metrics.micro_recall.value", equalTo(1f));
        readsAsAPage(who, id);
        who.asks()
                .queryParam("status", "failed")
                .get(BATCHES + "/" + id + "/records")
                .then()
                .body("", hasSize(1))
                .body("[0].failure.remedy", not(equalTo("")));
        who.asks()
                .queryParam("task", TASK)
                .queryParam("state", "ended")
                .get(BATCHES)
                .then()
                .body("id", hasItem(id));
    }

    private static void readsAsAPage(People.Person who, String id) {
        String report = BATCHES + "/" + id + "/report";
        who.asks()
                .accept("text/html")
                .header("Accept-Language", "fr, zh-CN;q=0.8, en;q=0.5")
                .get(report)
                .then()
                .statusCode(200)
                .contentType("text/html")
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .body(containsString("批处理报告：notes.jsonl"), containsString("记录失败的原因"));
        byte[] pdf = who.asks()
                .queryParam("format", "pdf")
                .queryParam("language", "en")
                .get(report)
                .then()
                .statusCode(200)
                .contentType("application/pdf")
                .header("Content-Disposition", containsString("notes.jsonl-report.pdf"))
                .extract()
                .asByteArray();
        assertThat(new String(pdf, StandardCharsets.ISO_8859_1)).startsWith("%PDF-");
        who.asks().queryParam("format", "docx").get(report).then().statusCode(400);
        who.asks().queryParam("language", "fr").get(report).then().statusCode(400);
    }

    @Test
    void picturesInAZipAreRecordsToo() throws Exception {
        People.Person who = operator();
        byte[] strip;
        try (InputStream in = BatchTest.class.getResourceAsStream("/samples/defect/strip.png")) {
            strip = Objects.requireNonNull(in).readAllBytes();
        }
        var zip = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(zip)) {
            for (String name : List.of("line 1/a.png", "line 1/b.png", "line 2/cut off.png")) {
                out.putNextEntry(new ZipEntry(name));
                out.write(strip, 0, name.contains("cut off") ? strip.length / 2 : strip.length);
            }
        }
        String id = who.asks()
                .multiPart("task", "manufacturing.defect-detection")
                .multiPart("line", "STEEL_STRIP")
                .multiPart("records", "pictures.zip", zip.toByteArray())
                .post(BATCHES)
                .then()
                .statusCode(201)
                .body("total", equalTo(3))
                .extract()
                .path("id");
        ended(who, id, "ENDED").then().body("answered", equalTo(2)).body("failed", equalTo(1));
        List<String> lines = who.asks()
                .get(BATCHES + "/" + id + "/results")
                .asString()
                .lines()
                .toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).contains("a.png", "\"status\":\"ANSWERED\"");
        assertThat(lines.get(1)).contains("b.png", "\"status\":\"ANSWERED\"");
        assertThat(lines.get(2)).contains("cut off.png", "\"status\":\"FAILED\"");
    }

    @Test
    void documentsComeInAZip() throws Exception {
        People.Person who = operator();
        var zip = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(zip)) {
            for (String name : List.of("a.txt", "b.txt")) {
                out.putNextEntry(new ZipEntry("notes/" + name));
                out.write(bytes("Seen for hypertension."));
            }
        }
        String id = create(who, "notes.zip", zip.toByteArray())
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        ended(who, id, "ENDED").then().body("answered", equalTo(2));
        who.asks()
                .get("/api/v1/runs?undecided=true&q=a.txt")
                .then()
                .body("name", hasSize(1))
                .body("[0].name", endsWith("a.txt"));
        String run = who.asks().get(BATCHES + "/" + id + "/records").path("[0].run");
        who.asks()
                .get("/api/v1/runs/" + run)
                .then()
                .body("attachments[0].name", equalTo("a.txt"))
                .body("name", endsWith("a.txt"))
                .body("caller", equalTo(who.name()));
        assertThat(count("select count(*) from batch_file where batch = ?", id)).isZero();
    }

    @Test
    void aParquetFileHasARecordARow() throws Exception {
        People.Person who = operator();
        byte[] records;
        try (var in = BatchTest.class.getResourceAsStream("notes.parquet")) {
            records = in.readAllBytes();
        }
        String id = create(who, "notes.parquet", records)
                .then()
                .statusCode(201)
                .body("total", equalTo(2))
                .extract()
                .path("id");
        ended(who, id, "ENDED").then().body("answered", equalTo(2));
        create(who, "notes.parquet", bytes("PAR1")).then().statusCode(400).body("detail", containsString("Parquet"));
    }

    @Test
    void itIsPausedGoesOnIsCancelledAndFailuresRunAgain() throws Exception {
        People.Person who = operator();
        String id = create(who, "many.jsonl", bytes(notes(0, 3000))).path("id");
        who.asks().post(BATCHES + "/" + id + "/pause").then().statusCode(200).body("state", equalTo("PAUSED"));
        who.asks().post(BATCHES + "/" + id + "/pause").then().statusCode(409);
        who.asks().post(BATCHES + "/" + id + "/rerun").then().statusCode(409);
        Thread.sleep(1500); // what was at work has ended
        int done = who.asks().get(BATCHES + "/" + id).path("answered");
        Thread.sleep(500);
        who.asks().get(BATCHES + "/" + id).then().body("answered", equalTo(done));
        assertThat(count("select max(attempts) from batch_record where state = 'WAITING' and batch = ?", id))
                .as("a pause is no attempt that ended the suite")
                .isZero();

        who.asks().post(BATCHES + "/" + id + "/resume").then().statusCode(200).body("state", equalTo("RUNNING"));
        while (who.asks().get(BATCHES + "/" + id).<Integer>path("answered") <= done) {
            Thread.sleep(50);
        }
        who.asks().post(BATCHES + "/" + id + "/cancellation").then().statusCode(200);
        ended(who, id, "CANCELLED").then().body("answered", greaterThanOrEqualTo(done));
        who.asks().post(BATCHES + "/" + id + "/resume").then().statusCode(409);

        String failing = create(who, "bad.jsonl", bytes("{\"note\": \"\"}\n{\"note\": \"cough\"}\n"))
                .path("id");
        ended(who, failing, "ENDED").then().body("failed", equalTo(1));
        who.asks().post(BATCHES + "/" + failing + "/rerun").then().statusCode(200);
        ended(who, failing, "ENDED").then().body("failed", equalTo(1)).body("total", equalTo(2));
        assertThat(count(RUNS_OF, failing)).isEqualTo(3);
    }

    @Test
    void whatCannotBeReadLeavesNothingBehind() throws Exception {
        People.Person who = People.ofNewTenant();
        create(who, "bad.jsonl", bytes(notes(0, 600) + "{\"note\": "))
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString("record 601"));
        create(who, "none.jsonl", new byte[] {'\n'}).then().statusCode(400).body("detail", containsString("no record"));
        create(who, "odd.jsonl", bytes("{\"colour\": \"red\"}"))
                .then()
                .statusCode(400)
                .body("detail", containsString("colour"));
        who.asks().multiPart("task", TASK).post(BATCHES).then().statusCode(400);
        who.asks()
                .multiPart("task", TASK)
                .multiPart("colour", "red")
                .multiPart("records", "a.jsonl", bytes("{\"note\": \"cough\"}"))
                .post(BATCHES)
                .then()
                .statusCode(400)
                .body("detail", containsString("a part colour"));
        who.asks()
                .multiPart("task", "no.such")
                .multiPart("records", "a.jsonl", bytes("{}"))
                .post(BATCHES)
                .then()
                .statusCode(400)
                .body("remedy", containsString(TASK));
        who.asks()
                .get(BATCHES)
                .then()
                .statusCode(200)
                .header("X-Total-Count", "0")
                .body("", empty());
        who.asks().get(BATCHES + "/" + UUID.randomUUID()).then().statusCode(404);
        who.asks().get(BATCHES + "/x").then().statusCode(404);
        who.asks().queryParam("state", "odd").get(BATCHES).then().statusCode(400);
    }

    @Test
    void hostileTextsAreTextsToTheEnd() throws Exception {
        People.Person who = operator();
        String records = "{\"name\": \"<script>\\u0000\\ud800\", \"note\": \"'); delete from run; -- hypertension\"}\n"
                + "{\"name\": \"binary\", \"note\": \"\\u0000 hypertension\"}";
        String id = create(who, "<img src=x>'; drop table batch --.jsonl", bytes(records))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        ended(who, id, "ENDED").then().body("answered", equalTo(1)).body("failed", equalTo(1));
        who.asks()
                .get(BATCHES + "/" + id + "/records")
                .then()
                .body("[0].name", equalTo("<script>\uFFFD\uFFFD"))
                .body("[1].failure.detail", equalTo("it is not text"));
    }

    @Test
    void anotherTenantSeesAndSteersNothing() throws Exception {
        String id = create(operator(), "ours.jsonl", bytes(notes(0, 3))).path("id");
        People.Person other = People.ofNewTenant();
        for (String path : List.of("", "/records", "/results", "/report")) {
            other.asks().get(BATCHES + "/" + id + path).then().statusCode(404);
        }
        for (String step : List.of("/pause", "/resume", "/cancellation", "/rerun")) {
            other.asks().post(BATCHES + "/" + id + step).then().statusCode(404);
        }
        other.asks().get(BATCHES).then().body("id", not(hasItem(id)));
    }

    @Test
    void whoErasesARunErasesWhatItsBatchHasOfIt() throws Exception {
        People.Person who = operator();
        String id = create(who, "erase.jsonl", bytes("{\"name\": \"Li Wei\", \"note\": \"\"}"))
                .path("id");
        ended(who, id, "ENDED");
        String run = who.asks().get(BATCHES + "/" + id + "/records").path("[0].run");
        People.first()
                .sends("{\"run\": \"" + run + "\", \"reason\": \"asked for\"}")
                .post("/api/v1/audit/erasures")
                .then()
                .statusCode(not(greaterThanOrEqualTo(300)));
        assertThat(who.asks().get(BATCHES + "/" + id + "/results").asString())
                .doesNotContain("Li Wei")
                .contains("\"position\":0");
    }
}
