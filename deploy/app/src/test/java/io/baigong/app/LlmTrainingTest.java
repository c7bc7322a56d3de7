package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.app.People.Person;
import io.baigong.host.account.Accounts;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tunings of language models over REST, on a mock of a cluster. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(value = ClusterResource.class, restrictToAnnotatedClass = true)
class LlmTrainingTest {
    private static final String PATH = "/api/v1/training/language-models";
    private static final String DIGEST = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Inject
    Accounts accounts;

    private Person boss;

    @BeforeEach
    void people() throws Exception {
        accounts.ensureFirst();
        boss = People.ofNewTenant();
    }

    private Response send(ObjectNode recipe, String data) {
        return boss.sends(Map.of("recipe", recipe, "data", data, "examples", 3200))
                .post(PATH);
    }

    private static ObjectNode fitting() throws Exception {
        return PlanTest.recipe().put("zeroStage", 3);
    }

    private String started() throws Exception {
        return send(fitting(), "answers.jsonl")
                .then()
                .statusCode(201)
                .body("state", equalTo("QUEUED"))
                .extract()
                .path("id");
    }

    private JsonPath training(String id) {
        return boss.asks().get(PATH + "/" + id).then().statusCode(200).extract().jsonPath();
    }

    private JsonPath until(String id, String state) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        JsonPath training = training(id);
        while (!training.getString("state").equals(state)) {
            assertThat(System.nanoTime()).as(training.prettify()).isLessThan(deadline);
            Thread.sleep(100);
            training = training(id);
        }
        return training;
    }

    private static Resource<GenericKubernetesResource> job(String id) {
        var context = new ResourceDefinitionContext.Builder()
                .withGroup("trainer.kubeflow.org")
                .withVersion("v1alpha1")
                .withKind("TrainJob")
                .withPlural("trainjobs")
                .withNamespaced(true)
                .build();
        return ClusterResource.client()
                .genericKubernetesResources(context)
                .inNamespace(ClusterResource.NAMESPACE)
                .withName("baigong-" + id);
    }

    private static void condition(String id, String type, String message) {
        job(id).edit(job -> {
            job.setAdditionalProperty(
                    "status",
                    Map.of("conditions", List.of(Map.of("type", type, "status", "True", "message", message))));
            return job;
        });
    }

    private static void pod(String id, String message) {
        ClusterResource.client()
                .pods()
                .inNamespace(ClusterResource.NAMESPACE)
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("pod-" + id)
                        .addToLabels("jobset.sigs.k8s.io/jobset-name", "baigong-" + id)
                        .endMetadata()
                        .withNewStatus()
                        .addNewContainerStatus()
                        .withName("node")
                        .withNewState()
                        .withNewTerminated()
                        .withMessage(message)
                        .endTerminated()
                        .endState()
                        .endContainerStatus()
                        .endStatus()
                        .build())
                .create();
    }

    @Test
    void aRecipeBecomesATrainJobThatIsFollowedToItsEnd() throws Exception {
        String id = started();
        until(id, "RUNNING");
        assertThat(job(id).get().getAdditionalProperties().get("spec").toString())
                .contains("numProcPerNode=8", "/baigong/data/" + boss.tenant() + "/answers.jsonl");
        pod(id, "{\"sha256\": \"" + DIGEST + "\", \"steps\": 100, \"loss\": 1.25}");
        condition(id, "Complete", "all pods are done");
        JsonPath done = until(id, "SUCCEEDED");
        assertThat(done.getString("result.sha256")).isEqualTo(DIGEST);
        assertThat(done.getString("result.folder")).isEqualTo("/baigong/out/" + boss.tenant() + "/" + id + "/model");
        assertThat(done.getDouble("result.loss")).isEqualTo(1.25);
        assertThat(done.getInt("recipe.zeroStage")).isEqualTo(3);
        boss.asks()
                .get("/api/v1/audit/entries?kind=configuration")
                .then()
                .body(
                        "leaf.entry.detail.what",
                        hasItems("language-model training wanted", "language-model training succeeded"));
        boss.asks().post(PATH + "/" + id + "/cancellation").then().statusCode(409);
    }

    @Test
    void whyItFailedIsSaid() throws Exception {
        String id = started();
        until(id, "RUNNING");
        pod(id, "CUDA out of memory");
        condition(id, "Failed", "jobset failed");
        assertThat(until(id, "FAILED").getString("failure")).isEqualTo("jobset failed: CUDA out of memory");
        String deleted = started();
        until(deleted, "RUNNING");
        job(deleted).delete();
        assertThat(until(deleted, "FAILED").getString("failure")).contains("was deleted in the cluster");
        String silent = started();
        until(silent, "RUNNING");
        condition(silent, "Complete", "done");
        assertThat(until(silent, "FAILED").getString("failure")).contains("no pod tells the digest");
    }

    @Test
    void whatIsCancelledIsDeletedInTheCluster() throws Exception {
        String id = started();
        until(id, "RUNNING");
        boss.asks()
                .post(PATH + "/" + id + "/cancellation")
                .then()
                .statusCode(200)
                .body("state", equalTo("CANCELLED"));
        for (int i = 0; i < 600 && job(id).get() != null; i++) {
            Thread.sleep(100);
        }
        assertThat(job(id).get()).isNull();
        assertThat(training(id).getString("state")).isEqualTo("CANCELLED");
    }

    @Test
    void whatCannotFitIsNotSubmitted() throws Exception {
        send(PlanTest.recipe(), "answers.jsonl")
                .then()
                .statusCode(400)
                .body("detail", containsString("GiB of each GPU, which has 80"))
                .body("remedy", containsString("The nearest that fits: "));
        ObjectNode many = fitting();
        many.withObjectProperty("parallel").put("data", 12);
        send(many, "answers.jsonl").then().statusCode(400).body("detail", containsString("12 GPUs"));
        for (String data : List.of("../other/answers.jsonl", "/etc/passwd", "a/../../b", "", "$(id)")) {
            send(fitting(), data).then().statusCode(400).body("detail", containsString("data"));
        }
        boss.sends(Map.of("recipe", fitting())).post(PATH).then().statusCode(400);
        boss.asks().get(PATH).then().body("", hasSize(0));
    }

    @Test
    void anotherTenantHasNothingOfIt() throws Exception {
        String id = started();
        Person other = People.ofNewTenant();
        other.asks().get(PATH).then().statusCode(200).body("", hasSize(0));
        other.asks().get(PATH + "/" + id).then().statusCode(404);
        other.asks().post(PATH + "/" + id + "/cancellation").then().statusCode(404);
        boss.asks().post(PATH + "/" + id + "/cancellation").then().statusCode(200);
    }
}
