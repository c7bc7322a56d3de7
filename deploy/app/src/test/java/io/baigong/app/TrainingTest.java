package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.MultipartField;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.PermissionDeniedException;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FileObject;
import com.openai.models.files.FilePurpose;
import com.openai.models.finetuning.jobs.FineTuningJob;
import com.openai.models.finetuning.jobs.FineTuningJobEvent;
import com.openai.models.finetuning.jobs.JobCreateParams;
import io.baigong.app.People.Person;
import io.baigong.host.account.Accounts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trainings over REST: from a file to a candidate that is measured. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TrainingTest {
    private static final String TASK = "manufacturing.predictive-maintenance";
    private static final String RECIPE = "ai4i2020";
    private static final String ROLE = "manufacturing.process-failure";

    @TestHTTPResource("/v1")
    URI address;

    @Inject
    Accounts accounts;

    @Inject
    Config config;

    private Person boss;

    @BeforeEach
    void people() throws Exception {
        accounts.ensureFirst();
        boss = People.ofNewTenant();
    }

    private Response send(String name, byte[] bytes) {
        return boss.asks().multiPart("file", name, bytes).post("/api/v1/training/files");
    }

    private String file(String name, byte[] bytes) {
        return send(name, bytes).then().statusCode(201).extract().path("id");
    }

    private static byte[] products() {
        return ModelVersionsTest.products(120).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zip(String name, byte[] bytes) throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(zipped)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(bytes);
        }
        return zipped.toByteArray();
    }

    private Response start(String recipe, String file, Map<String, Object> more) {
        var wanted = new HashMap<String, Object>(more);
        wanted.putAll(Map.of("task", TASK, "recipe", recipe, "file", file));
        return boss.sends(wanted).post("/api/v1/training/jobs");
    }

    private String started(String recipe, String file) {
        return start(recipe, file, Map.of()).then().statusCode(201).extract().path("id");
    }

    private JsonPath job(String id) {
        return boss.asks()
                .get("/api/v1/training/jobs/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** The training once it is over. */
    private JsonPath over(String id) throws InterruptedException {
        JsonPath job = job(id);
        while (List.of("QUEUED", "RUNNING").contains(job.getString("state"))) {
            Thread.sleep(200);
            job = job(id);
        }
        return job;
    }

    @Test
    void whatWasSentBecomesACandidateThatIsMeasured() throws Exception {
        byte[] products = products();
        String file = file("products.csv", products);
        String id = start(RECIPE, file, Map.of("seed", 7))
                .then()
                .statusCode(201)
                .body("state", equalTo("QUEUED"))
                .extract()
                .path("id");
        JsonPath done = over(id);
        assertThat(done.getString("failure")).isNull();
        assertThat(done.getString("state")).isEqualTo("SUCCEEDED");
        assertThat(done.getDouble("share")).isEqualTo(1);
        assertThat(done.getInt("attempts")).isEqualTo(1);
        assertThat(done.getList("versions.role", String.class)).containsExactly(ROLE);

        String version = "/api/v1/models/" + ROLE + "/versions/" + done.getInt("versions[0].number");
        boss.asks()
                .get(version)
                .then()
                .statusCode(200)
                .body("version.state", equalTo("CANDIDATE"))
                .body("version.registeredBy", equalTo(boss.name()))
                .body("version.lineage.seed", equalTo(7))
                .body("version.lineage.data", equalTo("products.csv"))
                .body("version.lineage.recipe", containsString(id))
                .body("version.lineage.environment", containsString("JDK " + Runtime.version()))
                .body(
                        "version.lineage.dataSha256",
                        equalTo(boss.asks().get("/api/v1/training/files").path("[0].sha256")));
        while (boss.asks().get(version).<List<?>>path("version.evaluations").isEmpty()) {
            assertThat(boss.asks().get(version).<String>path("version.measuring[0].failure"))
                    .isNull();
            Thread.sleep(100);
        }

        List<String> metrics = boss.asks()
                .get("/api/v1/training/jobs/" + id + "/measures")
                .then()
                .statusCode(200)
                .body("metric", hasItem("training logloss"))
                .extract()
                .path("metric");
        int last = boss.asks().get("/api/v1/training/jobs/" + id + "/measures").path("seq.max()");
        assertThat(metrics).hasSizeGreaterThan(10);
        boss.asks()
                .get("/api/v1/training/jobs/" + id + "/measures?after=" + last)
                .then()
                .body("", hasSize(0));
        boss.asks()
                .get("/api/v1/audit/entries?kind=configuration")
                .then()
                .body(
                        "leaf.entry.detail.what",
                        hasItems("training file kept", "training wanted", "training succeeded"));
        boss.asks().delete("/api/v1/training/files/" + file).then().statusCode(204);
        boss.asks().get("/api/v1/training/files").then().body("", hasSize(0));
        boss.asks().delete("/api/v1/training/files/" + file).then().statusCode(404);
        assertThat(job(id).getString("fileName")).isEqualTo("products.csv");
        start(RECIPE, file, Map.of()).then().statusCode(400).body("detail", equalTo("there is no such file"));
    }

    @Test
    void openAisClientTrainsInTheNameOfWhoMadeTheKey() throws Exception {
        OpenAIClient client = client(boss, true);
        FileObject file = client.files()
                .create(FileCreateParams.builder()
                        .file(MultipartField.<InputStream>builder()
                                .value(new ByteArrayInputStream(products()))
                                .filename("products.csv")
                                .build())
                        .purpose(FilePurpose.FINE_TUNE)
                        .build());
        assertThat(client.files().list().data()).extracting(FileObject::id).containsExactly(file.id());
        FineTuningJob job = client.fineTuning()
                .jobs()
                .create(JobCreateParams.builder()
                        .model(TASK + "/" + RECIPE)
                        .trainingFile(file.id())
                        .seed(7)
                        .build());
        assertThat(job.organizationId()).isEqualTo(boss.tenant());
        while (job.finishedAt().isEmpty()) {
            Thread.sleep(200);
            job = client.fineTuning().jobs().retrieve(job.id());
        }
        assertThat(job.status()).isEqualTo(FineTuningJob.Status.SUCCEEDED);
        String model = job.fineTunedModel().orElseThrow();
        assertThat(model).startsWith(ROLE + ":");
        boss.asks()
                .get("/api/v1/models/" + ROLE + "/versions/" + model.substring(ROLE.length() + 1))
                .then()
                .statusCode(200)
                .body("version.registeredBy", equalTo(boss.name()));
        List<FineTuningJobEvent> events = client.fineTuning().jobs().listEvents(job.id()).autoPager().stream()
                .toList();
        assertThat(events.getFirst().message()).contains("has succeeded");
        assertThat(events).hasSizeGreaterThan(20).doesNotHaveDuplicates();
        assertThat(events.getLast().message()).contains("waits");
        int measures = boss.asks()
                .get("/api/v1/training/jobs/" + job.id().substring("ftjob-".length()) + "/measures")
                .path("size()");
        assertThat(events).as("all, by pages of 20").hasSize(measures + 2);
        assertThat(client.fineTuning().jobs().checkpoints().list(job.id()).data())
                .isEmpty();
        assertThat(client.fineTuning().jobs().list().data())
                .extracting(FineTuningJob::id)
                .containsExactly(job.id());
        String over = job.id();
        assertThatThrownBy(() -> client.fineTuning().jobs().cancel(over))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("is over");
    }

    @Test
    void aKeyTrainsOnlyWhereItSaysSoAndItsMakerMay() {
        assertThatThrownBy(() -> client(boss, false).files().list())
                .isInstanceOf(PermissionDeniedException.class)
                .hasMessageContaining("may not train");
        OpenAIClient operators = client(People.made(boss, "operator"), true);
        assertThatThrownBy(() -> operators.files().list())
                .isInstanceOf(PermissionDeniedException.class)
                .hasMessageContaining("no longer has the role model-owner");
        OpenAIClient others = client(People.ofNewTenant(), true);
        String job = started(RECIPE, file("products.csv", products()));
        assertThatThrownBy(() -> others.fineTuning().jobs().retrieve("ftjob-" + job))
                .isInstanceOf(NotFoundException.class);
        assertThat(others.fineTuning().jobs().list().data()).isEmpty();
    }

    private OpenAIClient client(Person person, boolean trains) {
        String secret = person.sends(Map.of("name", "one", "trains", trains))
                .post("/api/v1/keys")
                .path("secret");
        return OpenAIOkHttpClient.builder()
                .baseUrl(address.toString())
                .apiKey(secret)
                .maxRetries(0)
                .build();
    }

    @Test
    void whatAVersionLearnedFromDoesNotMeasureIt() throws Exception {
        byte[] keptBack = ModelVersionsTest.products(80).getBytes(StandardCharsets.UTF_8);
        JsonPath done = over(started(RECIPE, file("kept-back.csv", keptBack)));
        String version = "/api/v1/models/" + ROLE + "/versions/" + done.getInt("versions[0].number");
        String failure = null;
        while (failure == null) {
            Thread.sleep(100);
            failure = boss.asks().get(version).path("version.measuring[0].failure");
        }
        assertThat(failure).isEqualTo("the version learned from the very data that are kept back");
        assertThat(boss.asks().get(version).<List<?>>path("version.evaluations"))
                .isEmpty();
    }

    @Test
    void aZipIsAFolder() throws Exception {
        String id = started(RECIPE, file("products.zip", zip("plant/ai4i2020-train.csv", products())));
        assertThat(over(id).getString("state")).isEqualTo("SUCCEEDED");
    }

    @Test
    void whatCannotBeLearnedFromIsSaid() throws Exception {
        String words = started(RECIPE, file("letter.csv", "Dear all,\n".getBytes(StandardCharsets.UTF_8)));
        String damaged = started(RECIPE, file("damaged.zip", new byte[100]));
        String alone = boss.sends(Map.of(
                        "task",
                        "medical.term-normalisation",
                        "recipe",
                        "chip-cdn",
                        "file",
                        file("terms.json", "[]".getBytes(StandardCharsets.UTF_8))))
                .post("/api/v1/training/jobs")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String hostile = started(RECIPE, file("hostile.zip", zip("../../outside.csv", products())));
        JsonPath failed = over(words);
        assertThat(failed.getString("state")).isEqualTo("FAILED");
        assertThat(failed.getString("failure"))
                .isEqualTo("can't learn from letter.csv: letter.csv has no column that begins with \"product\"");
        assertThat(over(damaged).getString("failure")).isEqualTo("damaged.zip is no zip, or a damaged one");
        assertThat(over(hostile).getString("failure")).contains("leads elsewhere");
        assertThat(over(alone).getString("failure")).contains("terms.json").doesNotContain("/baigong-training");
        assertThat(failed.getList("versions")).isEmpty();
    }

    @Test
    void whatIsCancelledEnds() throws Exception {
        String file = file("products.csv", products());
        String id = started(RECIPE, file);
        String next = started(RECIPE, file);
        boss.asks().delete("/api/v1/training/files/" + file).then().statusCode(409);
        boss.asks()
                .post("/api/v1/training/jobs/" + next + "/cancellation")
                .then()
                .statusCode(200)
                .body("state", equalTo("CANCELLED"));
        while (job(id).getString("state").equals("QUEUED")) {
            Thread.sleep(20);
        }
        boss.asks().post("/api/v1/training/jobs/" + id + "/cancellation").then().statusCode(200);
        assertThat(over(started(RECIPE, file)).getString("state")).isEqualTo("SUCCEEDED");
        assertThat(job(id).getString("state")).isEqualTo("CANCELLED");
        assertThat(job(id).getList("versions")).isEmpty();
        boss.asks().post("/api/v1/training/jobs/" + id + "/cancellation").then().statusCode(409);
    }

    @Test
    void aProcessThatIsKilledGoesOnFromItsCheckpointsAndMakesTheSame() throws Exception {
        byte[] many = ModelVersionsTest.products(6_000).getBytes(StandardCharsets.UTF_8);
        String file = file("products.csv", many);
        String whole = started(RECIPE, file);
        String sha256 = sha256(over(whole));
        int figures = figures(whole);
        String id = started(RECIPE, file);
        while (job(id).getDouble("share") < 0.1) {
            Thread.sleep(50);
        }
        ProcessHandle process = ProcessHandle.current()
                .descendants()
                .filter(one -> one.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElseThrow();
        process.destroyForcibly();
        JsonPath done = over(id);
        assertThat(done.getString("failure")).isNull();
        assertThat(done.getString("state")).isEqualTo("SUCCEEDED");
        assertThat(done.getInt("attempts")).isEqualTo(2);
        assertThat(sha256(done)).isEqualTo(sha256);
        assertThat(figures(id)).as("none is lost, none is told twice").isEqualTo(figures);
        assertThat(client(boss, true).fineTuning().jobs().listEvents("ftjob-" + id).autoPager().stream()
                        .map(FineTuningJobEvent::message))
                .filteredOn(message -> message.startsWith("The training was interrupted"))
                .hasSize(1);
        assertThat(Path.of(config.getValue("baigong.training.files", String.class), "checkpoints", id))
                .doesNotExist();
        boss.asks()
                .get("/api/v1/audit/entries?kind=configuration")
                .then()
                .body("leaf.entry.detail.what", hasItems("training interrupted"));
    }

    private String sha256(JsonPath done) {
        return boss.asks()
                .get("/api/v1/models/" + ROLE + "/versions/" + done.getInt("versions[0].number"))
                .path("version.sha256");
    }

    private int figures(String id) {
        return boss.asks().get("/api/v1/training/jobs/" + id + "/measures").path("size()");
    }

    @Test
    void tenantsTakeTurnsAndOfOneTheMoreUrgentGoesFirst() throws Exception {
        String file = file("products.csv", products());
        String running = started(RECIPE, file);
        while (job(running).getString("state").equals("QUEUED")) {
            Thread.sleep(20);
        }
        String usual = started(RECIPE, file);
        String urgent = start(RECIPE, file, Map.of("priority", 10))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        Person first = boss;
        boss = People.ofNewTenant();
        Instant others = begun(started(RECIPE, file("others.csv", products())));
        boss = first;
        assertThat(others).isBefore(begun(urgent));
        assertThat(begun(urgent)).isBefore(begun(usual));
    }

    /** When a training that is over was begun. */
    private Instant begun(String id) throws InterruptedException {
        return Instant.parse(over(id).getString("startedAt"));
    }

    @Test
    void whatCannotBeRunIsNotQueued() throws Exception {
        String file = file("products.csv", products());
        send("empty.csv", new byte[0]).then().statusCode(400);
        start("cuad", file, Map.of()).then().statusCode(400).body("remedy", containsString("ai4i2020"));
        start(RECIPE, file, Map.of("priority", 1000)).then().statusCode(400);
        start(RECIPE, "not-an-id", Map.of()).then().statusCode(404);
        boss.sends(Map.of("task", TASK, "recipe", RECIPE))
                .post("/api/v1/training/jobs")
                .then()
                .statusCode(400)
                .body("remedy", containsString("baigong.training.data"));
        boss.sends(Map.of("task", TASK)).post("/api/v1/training/jobs").then().statusCode(400);
        boss.asks()
                .get("/api/v1/training/recipes")
                .then()
                .body("findAll { it.task == '" + TASK + "' }.recipe", hasItems("ai4i2020", "cmapss"));
        boss.asks().delete("/api/v1/training/files/" + file).then().statusCode(204);
        boss.asks().delete("/api/v1/training/files/" + file).then().statusCode(404);
    }

    @Test
    void anotherTenantHasNothingOfIt() throws Exception {
        String file = file("products.csv", products());
        String id = started(RECIPE, file);
        Person other = People.ofNewTenant();
        other.asks().get("/api/v1/training/jobs").then().body("", hasSize(0));
        other.asks().get("/api/v1/training/files").then().body("", hasSize(0));
        other.asks().get("/api/v1/training/jobs/" + id).then().statusCode(404);
        other.asks().get("/api/v1/training/jobs/" + id + "/measures").then().statusCode(404);
        other.asks()
                .post("/api/v1/training/jobs/" + id + "/cancellation")
                .then()
                .statusCode(404);
        other.asks().delete("/api/v1/training/files/" + file).then().statusCode(404);
        other.sends(Map.of("task", TASK, "recipe", RECIPE, "file", file))
                .post("/api/v1/training/jobs")
                .then()
                .statusCode(400)
                .body("detail", equalTo("there is no such file"));
        assertThat(over(id).getString("state")).isEqualTo("SUCCEEDED");
    }
}
