package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.baigong.app.People.Person;
import io.baigong.host.account.Accounts;
import io.baigong.host.decay.DecayWatch;
import io.baigong.journal.Actor;
import io.baigong.journal.Decision;
import io.baigong.journal.Decision.Verdict;
import io.baigong.journal.Journal;
import io.baigong.journal.RunRecord;
import io.baigong.journal.Tenancy;
import io.baigong.spi.ModelVersion;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The watch of what serves: a drift that was planted in the journal, its alert, and the training that follows. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class DecayTest {
    private static final String TASK = "medical.icd-coding";
    private static final int DAYS = 22;
    private static final int RUNS_A_DAY = 10;

    @Inject
    Accounts accounts;

    @Inject
    Journal journal;

    @Inject
    DecayWatch watch;

    private final SplittableRandom random = new SplittableRandom(6);
    private Person boss;

    @BeforeEach
    void people() throws Exception {
        accounts.ensureFirst();
        boss = People.ofNewTenant();
    }

    /** A run whose note is of about so many characters. */
    private RunRecord run(Instant at, int characters) {
        String note = "a".repeat(characters / 2 + random.nextInt(characters));
        return new RunRecord(
                Journal.newId(),
                TASK,
                new RunRecord.Answered(
                        "{\"text\": \"%s\", \"language\": \"ENGLISH\", \"codes\": [], \"setAside\": [], \"warnings\": [],"
                                        .formatted(note)
                                + " \"principal\": \"J45\", \"recorded\": \"\", \"models\": []}",
                        List.of(),
                        0,
                        0.85 + 0.1 * random.nextDouble()),
                List.of(new ModelVersion("medical.code-ranker", "code-ranker", "1", "ab", 1)),
                "0".repeat(64),
                List.of(),
                Map.of("note", note),
                at,
                Duration.ofMillis(5),
                new Actor(boss.tenant(), "li"));
    }

    private void decide(RunRecord run, Verdict verdict, Instant at) {
        journal.append(new Decision(
                Journal.newId(), run.id(), "J45", verdict, null, null, new Actor(boss.tenant(), "wu"), at));
    }

    /** Three weeks of runs; in the last, notes are three times as long, and people reject what they accepted before. */
    private void plant(Instant now) {
        Instant begin = now.minus(Duration.ofDays(DAYS));
        for (int day = 0; day < DAYS; day++) {
            boolean late = day >= 15;
            var runs = new ArrayList<RunRecord>();
            for (int i = 0; i < RUNS_A_DAY; i++) {
                runs.add(run(begin.plus(Duration.ofDays(day).plusMinutes(i)), late ? 600 : 200));
            }
            journal.append(
                    runs.stream()
                            .map(one -> new Journal.Unwritten(one, Map.of()))
                            .toList(),
                    () -> {});
            for (RunRecord one : runs.subList(0, late ? 6 : 3)) {
                decide(
                        one,
                        late ? Verdict.REJECTED : Verdict.ACCEPTED,
                        one.startedAt().plusSeconds(60));
            }
        }
    }

    private JsonPath decay(Person who) {
        return who.asks().get("/api/v1/decay").then().statusCode(200).extract().jsonPath();
    }

    private static @Nullable String alert(JsonPath decay, String kind, String name) {
        return decay.getString("tasks[0].alerts.find { it.kind == '" + kind + "' && it.name == '" + name + "' }?.id");
    }

    @Test
    void aPlantedDriftIsAnAlertThatSomebodyLooksAfter() {
        Instant now = Instant.now();
        Tenancy.of(boss.tenant()).run(() -> plant(now));
        watch.look(now);

        JsonPath decay = decay(boss);
        assertThat(decay.getList("tasks.task")).containsExactly(TASK);
        assertThat(decay.getList("tasks[0].retraining")).containsExactly("codiesp");
        assertThat(decay.getList("tasks[0].series.models.role.flatten()")).containsExactly("medical.code-ranker");
        String length = alert(decay, "INPUT", "note.characters");
        assertThat(length).isNotNull();
        assertThat(alert(decay, "AGREEMENT", "agreed")).isNotNull();
        assertThat(alert(decay, "CALIBRATION", "expected-error")).isNotNull();
        assertThat(alert(decay, "OUTPUT", "confidence")).isNull();
        assertThat(alert(decay, "OUTPUT", "principal.chapter")).isNull();
        String measure = "tasks[0].series[1].measures.find { it.name == 'agreed' }.";
        assertThat(decay.getDouble(measure + "was")).isEqualTo(1);
        assertThat(decay.getDouble(measure + "value")).isLessThan(0.2);
        assertThat(decay.getInt(measure + "current")).isGreaterThan(30);

        watch.look(now.plusSeconds(1));
        assertThat(alert(decay(boss), "INPUT", "note.characters"))
                .as("one drift, one alert")
                .isEqualTo(length);
        assertThat(decay(boss).getList("tasks[0].series[1].measures.find { it.name == 'agreed' }.history"))
                .hasSize(2);

        String way = "/api/v1/decay/alerts/" + length + "/acknowledgement";
        Person stranger = People.ofNewTenant();
        assertThat(decay(stranger).getList("tasks")).isEmpty();
        stranger.sends(Map.of()).post(way).then().statusCode(404);
        boss.sends(Map.of())
                .post(way)
                .then()
                .statusCode(200)
                .body("acknowledgedBy", equalTo(boss.name()))
                .body("acknowledgedAt", notNullValue());
        boss.sends(Map.of()).post(way).then().statusCode(409).body("detail", containsString("looks after it already"));
        boss.sends(Map.of())
                .post("/api/v1/decay/alerts/none/acknowledgement")
                .then()
                .statusCode(404);
        boss.asks()
                .get("/api/v1/audit/entries?kind=configuration&task=" + TASK)
                .then()
                .body("leaf.entry.detail.what", hasItems("decay alert opened", "decay alert acknowledged"))
                .body("leaf.entry.actor", hasItems("baigong:decay", boss.name()));
        boss.asks().get("/api/v1/audit/verify").then().body("ok", equalTo(true));
    }

    @Test
    void anAlertEndsWhenItsVersionsServeNoMore() {
        Instant now = Instant.now();
        Tenancy.of(boss.tenant()).run(() -> plant(now));
        watch.look(now);
        watch.look(now.plus(Duration.ofDays(8)));

        JsonPath decay = decay(boss);
        assertThat(decay.getList("tasks[0].alerts")).isNotEmpty();
        assertThat(decay.getList("tasks[0].alerts.ended")).doesNotContainNull();
    }

    private static byte[] data() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (String part : List.of("train", "dev")) {
                zip.putNextEntry(new ZipEntry("codiesp-" + part + ".jsonl"));
                for (int i = 0; i < 12; i++) {
                    zip.write(("{\"id\": \"" + part + i + "\", \"text_es\": \"Paciente con asma y fiebre de " + i
                                    + " días\", \"text_en\": \"\", \"diagnosis_codes\": [\"j45.909\", \"r50.9\"],"
                                    + " \"evidence_es\": [{\"type\": \"DIAGNOSTICO\", \"code\": \"j45.909\","
                                    + " \"quote\": \"asma\", \"spans\": [[13, 17]]}]}\n")
                            .getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void whatPeopleDecidedIsLearnedFromInOneCall() throws Exception {
        String way = "/api/v1/decay/" + TASK + "/retraining";
        String file = boss.asks()
                .multiPart("file", "codiesp.zip", data())
                .post("/api/v1/training/files")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        boss.sends(Map.of("file", file))
                .post(way)
                .then()
                .statusCode(400)
                .body("detail", equalTo("nobody has judged a run of this task"));

        JsonPath run = boss.asks()
                .multiPart("sample", "discharge-es")
                .post("/api/v1/tasks/" + TASK + "/runs")
                .then()
                .extract()
                .jsonPath();
        List<String> codes = run.getList("output.codes.code", String.class);
        assertThat(codes).isNotEmpty();
        for (String code : codes) {
            boss.sends(Map.of("subject", code, "verdict", "ACCEPTED"))
                    .post("/api/v1/runs/" + run.getString("id") + "/decisions")
                    .then()
                    .statusCode(201);
        }
        JsonPath begun = boss.sends(Map.of("file", file, "seed", 3))
                .post(way)
                .then()
                .statusCode(201)
                .body("cases", equalTo(1))
                .body("training.recipe", equalTo("codiesp"))
                .body("training.fileName", equalTo("codiesp-and-1-judged-runs.zip"))
                .extract()
                .jsonPath();
        boss.asks().get("/api/v1/training/files").then().body("", hasSize(2));
        String job = "/api/v1/training/jobs/" + begun.getString("training.id");
        while (List.of("QUEUED", "RUNNING").contains(boss.asks().get(job).<String>path("state"))) {
            Thread.sleep(200);
        }
        boss.asks()
                .get(job)
                .then()
                .body("state", equalTo("SUCCEEDED"))
                .body("seed", equalTo(3))
                .body("versions[0].role", equalTo("medical.code-ranker"));
    }

    @Test
    void whatCannotBeLearnedFromIsSaid() {
        boss.sends(Map.of())
                .post("/api/v1/decay/manufacturing.defect-detection/retraining")
                .then()
                .statusCode(400)
                .body("detail", containsString("can't learn from decisions"));
        boss.sends(Map.of())
                .post("/api/v1/decay/" + TASK + "/retraining")
                .then()
                .statusCode(400)
                .body("remedy", containsString("baigong.training.data"));
        boss.sends(Map.of("recipe", "other"))
                .post("/api/v1/decay/" + TASK + "/retraining")
                .then()
                .statusCode(400)
                .body("remedy", containsString("codiesp"));
        boss.sends(Map.of())
                .post("/api/v1/decay/medical.none/retraining")
                .then()
                .statusCode(404);
    }
}
