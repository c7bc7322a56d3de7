package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.CoreMatchers.either;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.app.People.Person;
import io.baigong.host.access.Roles;
import io.baigong.host.account.Accounts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mlflow.api.proto.ModelRegistry.ModelVersion;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowHttpException;

/** MLflow's own client for Java registers models here and has them serve, through our gates. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class MlflowRegistryTest {
    private static final String ROLE = "manufacturing.process-failure";
    private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts";
    private static final List<String> FILES = List.of("README.md", "model.json", "process.json", "trees.ubj");

    @TestHTTPResource("/")
    URI address;

    @Inject
    Accounts accounts;

    /** A run that holds a model, for tests that change nothing. */
    private static @Nullable String whole;

    private Person owner;
    private Person second;
    private MlflowClient client;
    private MlflowClient other;

    @BeforeEach
    void people() throws Exception {
        accounts.ensureFirst();
        owner = People.made(People.first(), Roles.MODEL_OWNER);
        second = People.made(People.first(), Roles.MODEL_OWNER);
        client = MlflowTest.client(address, owner);
        other = MlflowTest.client(address, second);
    }

    @AfterEach
    void close() {
        client.close();
        other.close();
    }

    private static void refused(Runnable call, int status, String words) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(MlflowHttpException.class, e -> {
            assertThat(e.getBodyMessage()).contains(words);
            assertThat(e.getStatusCode()).isEqualTo(status);
        });
    }

    private Response put(String run, String path, byte[] content) {
        return owner.asks()
                .contentType("application/octet-stream")
                .body(content)
                .put(ARTIFACTS + "/0/" + run + "/artifacts/" + path);
    }

    /** A run that holds the shipped judge of machining processes in the folder {@code model}. */
    private String logged() throws IOException {
        String run = client.createRun("0").getRunId();
        client.logParam(run, "seed", "7");
        client.setTag(run, "mlflow.source.git.commit", "0123abc");
        for (String name : FILES) {
            put(run, "model/" + name, ModelVersionsTest.shipped(name)).then().statusCode(200);
        }
        return run;
    }

    private static String json(Map<String, ?> fields) {
        try {
            return new ObjectMapper().writeValueAsString(fields);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String registered(String run) throws IOException {
        String answer = client.sendPost(
                "model-versions/create",
                json(Map.of(
                        "name", ROLE, "source", "runs:/" + run + "/model", "run_id", run, "description", "a trial")));
        return new ObjectMapper().readTree(answer).at("/model_version/version").asText();
    }

    private void measure(String version) throws InterruptedException {
        String path = "/api/v1/models/" + ROLE + "/versions/" + version;
        owner.sends(Map.of("benchmark", "ai4i2020"))
                .post(path + "/evaluations")
                .then()
                .statusCode(202);
        while (owner.asks().get(path).<List<?>>path("version.evaluations").isEmpty()) {
            assertThat(owner.asks().get(path).<String>path("version.measuring[0].failure"))
                    .isNull();
            Thread.sleep(100);
        }
    }

    private void alias(MlflowClient who, String alias, String version) {
        who.sendPost("registered-models/alias", json(Map.of("name", ROLE, "alias", alias, "version", version)));
    }

    @Test
    void aRunsModelComesIntoServiceThroughItsGatesAlone() throws Exception {
        String run = logged();
        String version = registered(run);
        ModelVersion made = client.getModelVersion(ROLE, version);
        assertThat(made.getCurrentStage()).isEqualTo("None");
        assertThat(made.getRunId()).isEqualTo(run);
        assertThat(made.getUserId()).isEqualTo(owner.name());
        assertThat(made.getDescription()).isEqualTo("a trial");
        owner.asks()
                .get("/api/v1/models/" + ROLE + "/versions/" + version)
                .then()
                .body("version.lineage.commit", equalTo("0123abc"))
                .body("version.lineage.seed", equalTo(7))
                .body("version.lineage.recipe", containsString(run));

        refused(() -> alias(other, "production", version), 409, "f1 on ai4i2020 is not measured");
        refused(() -> alias(client, "production", version), 409, "who registered a model can't approve it");
        measure(version);
        refused(() -> alias(client, "production", version), 409, "who registered a model can't approve it");
        refused(
                () -> client.sendPost(
                        "model-versions/transition-stage",
                        json(Map.of("name", ROLE, "version", version, "stage", "Production"))),
                409,
                "RESOURCE_CONFLICT");
        assertThat(client.getModelVersion(ROLE, version).getCurrentStage()).isEqualTo("None");

        alias(other, "production", version);
        alias(other, "serving", version); // it serves already
        ModelVersion serving = client.getModelVersion(ROLE, version);
        assertThat(serving.getCurrentStage()).isEqualTo("Production");
        assertThat(serving.getAliasesList()).containsExactly("production", "serving");
        assertThat(client.getLatestVersions(ROLE, List.of("Production")))
                .extracting(ModelVersion::getVersion)
                .containsExactly(version);
        assertThat(client.sendGet("registered-models/alias?name=" + ROLE + "&alias=production"))
                .contains("\"version\":\"" + version + "\"");
        owner.asks().get("/api/v1/models/" + ROLE).then().body("serving.origin", equalTo("REGISTERED"));
        owner.asks()
                .get("/api/v1/models/" + ROLE + "/history")
                .then()
                .body("[0].type", equalTo("promoted"))
                .body("[0].by", equalTo(second.name()))
                .body("[0].reason", equalTo("alias production set by a client of MLflow"));

        refused(
                () -> other.sendPost(
                        "model-versions/transition-stage",
                        json(Map.of("name", ROLE, "version", version, "stage", "Archived"))),
                409,
                "serves");
        second.sends(Map.of("reason", "end of the test"))
                .post("/api/v1/models/" + ROLE + "/rollback")
                .then()
                .statusCode(200);
        assertThat(client.getModelVersion(ROLE, version).getCurrentStage()).isEqualTo("Staging");
        other.sendPost(
                "model-versions/transition-stage", json(Map.of("name", ROLE, "version", version, "stage", "Archived")));
        assertThat(client.getModelVersion(ROLE, version).getCurrentStage()).isEqualTo("Archived");
        refused(() -> alias(other, "production", version), 409, "RETIRED");
    }

    /** People promote two versions by both doors at once: each call is done or refused, and one version serves, the last in the history. */
    @Test
    void promotionsByBothDoorsAtOnceAreDecidedOneAfterAnother() throws Exception {
        String path = "/api/v1/models/" + ROLE;
        var versions = List.of(registered(logged()), registered(logged()));
        for (String version : versions) {
            second.sends(Map.of("override", "a trial"))
                    .post(path + "/versions/" + version + "/approval")
                    .then()
                    .statusCode(200);
        }
        int before = owner.asks().get(path + "/history").path("size()");
        var statuses = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 12)
                    .mapToObj(i -> threads.submit(() -> promote(i % 2 == 0, versions.get(i / 2 % 2))))
                    .toList();
            for (var call : calls) {
                statuses.add(call.get());
            }
        }

        assertThat(statuses).isSubsetOf(200, 409).contains(200);
        List<Integer> promoted = owner.asks().get(path + "/history").path("number");
        assertThat(promoted.size() - before).isBetween(1, statuses.size());
        assertThat(List.of(
                        client.getModelVersion(ROLE, versions.getFirst()).getCurrentStage(),
                        client.getModelVersion(ROLE, versions.getLast()).getCurrentStage()))
                .containsExactlyInAnyOrder("Production", "Staging");
        assertThat(client.getModelVersion(ROLE, String.valueOf(promoted.getFirst()))
                        .getCurrentStage())
                .isEqualTo("Production");
        for (int i = promoted.size() - before; i > 0; i--) {
            second.sends(Map.of("reason", "end of the test"))
                    .post(path + "/rollback")
                    .then()
                    .statusCode(200);
        }
    }

    private int promote(boolean byAlias, String version) {
        return byAlias
                ? second.sends(Map.of("name", ROLE, "alias", "production", "version", version))
                        .post("/api/2.0/mlflow/registered-models/alias")
                        .statusCode()
                : owner.sends(Map.of("reason", "at once"))
                        .post("/api/v1/models/" + ROLE + "/versions/" + version + "/promotion")
                        .statusCode();
    }

    @Test
    void modelsAreTheRolesOfTasks() {
        refused(
                () -> client.sendPost("registered-models/create", json(Map.of("name", ROLE))),
                400,
                "RESOURCE_ALREADY_EXISTS");
        refused(
                () -> client.sendPost("registered-models/create", json(Map.of("name", "mine"))),
                404,
                "finance.clause-tagger");
        refused(() -> client.getRegisteredModel("platform.ocr"), 404, "RESOURCE_DOES_NOT_EXIST");
        assertThat(client.getRegisteredModel(ROLE).getName()).isEqualTo(ROLE);
        owner.asks()
                .queryParam("filter", "name LIKE 'manufacturing.%'")
                .get("/api/2.0/mlflow/registered-models/search")
                .then()
                .statusCode(200)
                .body("registered_models.name", hasItems(ROLE, "manufacturing.failure-predictor"));
    }

    @Test
    void namesTagsAndDescriptionsAreTheTenantsOwn() throws Exception {
        String version = registered(logged());
        alias(client, "challenger", version);
        client.sendPost("registered-models/set-tag", json(Map.of("name", ROLE, "key", "plant", "value", "二号")));
        client.sendPost(
                "model-versions/set-tag", json(Map.of("name", ROLE, "version", version, "key", "k", "value", "v")));
        client.sendPatch("registered-models/update", json(Map.of("name", ROLE, "description", "who judges")));

        ModelVersion made = client.getModelVersion(ROLE, version);
        assertThat(made.getAliasesList()).containsExactly("challenger");
        assertThat(made.getTagsList()).hasSize(1);
        assertThat(made.getCurrentStage()).as("a name has nothing serve").isEqualTo("None");
        assertThat(client.getRegisteredModel(ROLE).getDescription()).isEqualTo("who judges");
        assertThat(client.searchModelVersions("name = '" + ROLE + "' AND tags.k = 'v'")
                        .getItems())
                .extracting(ModelVersion::getVersion)
                .contains(version);
        try (var stranger = MlflowTest.client(address, People.ofNewTenant())) {
            assertThat(stranger.getModelVersion(ROLE, version).getAliasesList()).isEmpty();
            assertThat(stranger.getModelVersion(ROLE, version).getTagsList()).isEmpty();
            assertThat(stranger.getRegisteredModel(ROLE).getDescription()).isEmpty();
        }
        owner.asks()
                .queryParam("name", ROLE)
                .queryParam("alias", "production")
                .delete("/api/2.0/mlflow/registered-models/alias")
                .then()
                .statusCode(409);
        owner.asks()
                .queryParam("name", ROLE)
                .queryParam("alias", "challenger")
                .delete("/api/2.0/mlflow/registered-models/alias")
                .then()
                .statusCode(200);
    }

    @Test
    void filesOfRunsAndVersionsGoThroughTheProxy() throws Exception {
        String run = logged();
        String root = "0/" + run + "/artifacts";
        owner.asks()
                .queryParam("path", root)
                .get(ARTIFACTS)
                .then()
                .statusCode(200)
                .body("files.path", equalTo(List.of("model")))
                .body("files[0].is_dir", equalTo(true));
        owner.asks()
                .queryParam("run_id", run)
                .queryParam("path", "model")
                .get("/api/2.0/mlflow/artifacts/list")
                .then()
                .body("root_uri", equalTo("mlflow-artifacts:/" + root))
                .body("files.path", hasItems("model/trees.ubj", "model/model.json"));
        Response file = owner.asks().get(ARTIFACTS + "/" + root + "/model/trees.ubj");
        assertThat(file.asByteArray()).isEqualTo(ModelVersionsTest.shipped("trees.ubj"));
        file.then().contentType("application/octet-stream").header("Content-Disposition", "attachment");
        put(run, "model/trees.ubj/more", new byte[1]).then().statusCode(400);
        put(run, "model", new byte[1]).then().statusCode(400);

        String version = registered(run);
        assertThat(client.getModelVersionDownloadUri(ROLE, version))
                .isEqualTo("mlflow-artifacts:/models/" + ROLE + "/" + version);
        owner.asks()
                .queryParam("path", "models/" + ROLE + "/" + version)
                .get(ARTIFACTS)
                .then()
                .body("files.path", hasItems("trees.ubj"));
        assertThat(owner.asks()
                        .get(ARTIFACTS + "/models/" + ROLE + "/" + version + "/trees.ubj")
                        .asByteArray())
                .isEqualTo(ModelVersionsTest.shipped("trees.ubj"));
        owner.asks()
                .contentType("application/octet-stream")
                .body(new byte[1])
                .put(ARTIFACTS + "/models/" + ROLE + "/" + version + "/trees.ubj")
                .then()
                .statusCode(400);

        owner.asks().delete(ARTIFACTS + "/" + root + "/model").then().statusCode(200);
        owner.asks().get(ARTIFACTS + "/" + root + "/model/trees.ubj").then().statusCode(404);
        // What became a version stays its own.
        assertThat(client.getModelVersion(ROLE, version).getStatus().name()).isEqualTo("READY");
        owner.asks()
                .get(ARTIFACTS + "/models/" + ROLE + "/" + version + "/trees.ubj")
                .then()
                .statusCode(200);
        Person stranger = People.ofNewTenant();
        stranger.asks().get(ARTIFACTS + "/" + root + "/model/README.md").then().statusCode(404);
    }

    /** As they arrive, byte for byte, with what is encoded once or twice; from CVE-2023-1177 to CVE-2026-2614. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "%2e%2e/x",
                "%2e%2e%2fx",
                "..%2fx",
                "a/..%2f..%2fx",
                "%252e%252e%252fx",
                "%25252e%25252e%25252fx",
                "..%5cx",
                "a%5c..%5c..%5cx",
                "%2fetc%2fpasswd",
                "%5c%5chost%5cshare",
                "C:%5cWindows%5cwin.ini",
                "file:%2f%2f%2fetc%2fpasswd",
                "file:///etc/passwd",
                "a%00.json",
                "a%0ab",
                "..;/x",
                "%3f..%2fx",
                "%23..%2fx",
                "..%c0%afx",
                "%e2%80%ae"
            })
    void pathsThatLeadElsewhereAreRefused(String path) throws Exception {
        String run = client.createRun("0").getRunId();
        for (String method : List.of("PUT", "GET", "DELETE")) {
            var request = HttpRequest.newBuilder(
                            address.resolve("/").resolve(URI.create(ARTIFACTS + "/0/" + run + "/artifacts/" + path)))
                    .method(method, HttpRequest.BodyPublishers.ofString(method.equals("PUT") ? "x" : ""))
                    .header(
                            "Authorization",
                            "Basic "
                                    + Base64.getEncoder()
                                            .encodeToString((owner.signInName() + ":" + owner.password())
                                                    .getBytes(StandardCharsets.UTF_8)))
                    .build();
            try (var http = HttpClient.newHttpClient()) {
                HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode())
                        .as(method + " " + path + " " + answer.body())
                        .isIn(400, 404);
            }
        }
        owner.asks()
                .queryParam("run_id", run)
                .get("/api/2.0/mlflow/artifacts/list")
                .then()
                .body("files.size()", equalTo(0));
    }

    /** A version is made of files that were sent here, and of nothing that a client says is somewhere. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/etc/passwd",
                "/",
                "file:///etc",
                "file:/etc",
                "file://localhost/etc",
                "FILE:///etc",
                "./model",
                "../model",
                "C:\\model",
                "\\\\host\\share",
                "http://127.0.0.1/model",
                "https://host/model",
                "s3://bucket/model",
                "dbfs:/model",
                "hdfs://host/model",
                "mlflow-artifacts://host/0/RUN/artifacts/model",
                "mlflow-artifacts:/0/RUN/artifacts/../../../etc",
                "mlflow-artifacts:/0/RUN/artifacts/%2e%2e/etc",
                "mlflow-artifacts:/0/RUN/artifacts/model?x=/../../etc",
                "mlflow-artifacts:/0/RUN/artifacts/model#/../../etc",
                "mlflow-artifacts:/0/RUN/model",
                "mlflow-artifacts:/../../etc",
                "runs:/RUN/../model",
                "runs:/RUN/model/..",
                "runs:/RUN/..\\model",
                "runs:/RUN/%252e%252e/model",
                "runs:/RUN//model",
                "runs:/RUN/model\u0000",
                "runs://host/RUN/model",
                "runs:/RUN/none",
                "runs:/00000000000000000000000000000000/model",
                "models:/../1",
                "models:/manufacturing.process-failure/../../etc",
                "models:/manufacturing.process-failure/99999",
                "models:/manufacturing.process-failure@production"
            })
    void sourcesElsewhereAreRefused(String source) throws Exception {
        if (whole == null) {
            whole = logged();
        }
        owner.sends(Map.of("name", ROLE, "source", source.replace("RUN", whole)))
                .post("/api/2.0/mlflow/model-versions/create")
                .then()
                .statusCode(either(is(400)).or(is(404)))
                .body("error_code", not(emptyOrNullString()))
                .body("message", not(containsString("root:")));
    }

    /** The same files by a source that is one, so that the ones above are refused for what they say. */
    @Test
    void aSourceHereIsTaken() throws Exception {
        String run = logged();
        create(run, "model");
        client.sendPost("model-versions/create", json(Map.of("name", ROLE, "source", "runs:/" + run + "/model")));
        String version = registered(run);
        client.sendPost(
                "model-versions/create", json(Map.of("name", ROLE, "source", "models:/" + ROLE + "/" + version)));
    }

    @Test
    void picklesAndWhatIsNoModelAreRefused() throws Exception {
        String run = logged();
        put(run, "model/model.pkl", new byte[] {(byte) 0x80, 4}).then().statusCode(200);
        refused(() -> create(run, "model"), 400, "can hold code");
        owner.asks()
                .delete(ARTIFACTS + "/0/" + run + "/artifacts/model/model.pkl")
                .then()
                .statusCode(200);
        put(run, "model/deep/a.json", new byte[1]).then().statusCode(200);
        refused(() -> create(run, "model"), 400, "not plain");
        owner.asks()
                .delete(ARTIFACTS + "/0/" + run + "/artifacts/model/deep")
                .then()
                .statusCode(200);
        put(run, "model/trees.ubj", new byte[100]).then().statusCode(200);
        refused(() -> create(run, "model"), 400, "not those that its description names");
        refused(() -> create(run, ""), 400, "not plain");
    }

    private void create(String run, String folder) {
        client.sendPost(
                "model-versions/create",
                json(Map.of("name", ROLE, "source", "mlflow-artifacts:/0/" + run + "/artifacts/" + folder)));
    }
}
