package io.baigong.host.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.baigong.host.run.PlatformJson;
import io.baigong.host.training.TrainingState;
import io.baigong.journal.Actor;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
@SuppressWarnings("NullAway.Init")
class TrainJobsTest {
    private static final String DIGEST = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final ClusterConfig CONFIG = new SmallRyeConfigBuilder()
            .withMapping(ClusterConfig.class)
            .withDefaultValue("baigong.cluster.namespace", "ml")
            .build()
            .getConfigMapping(ClusterConfig.class);

    KubernetesClient client;
    KubernetesMockServer server;

    private static LlmTraining training() {
        return new LlmTraining(
                UUID.randomUUID(),
                "{\"baseModel\":{\"name\":\"Qwen2.5-7B\"}}",
                "answers.jsonl",
                10,
                2,
                8,
                1.5,
                TrainingState.QUEUED,
                null,
                null,
                new Actor("acme", "boss"),
                Instant.EPOCH,
                null,
                null);
    }

    private static GenericKubernetesResource manifest(LlmTraining training) {
        return new TrainJobManifest(CONFIG).of(training, "Qwen2.5-7B");
    }

    private TrainJobs jobs() {
        return new TrainJobs(client, "ml");
    }

    /** Its schema, made strict: what Kubernetes would drop in silence is a fault here. */
    private static JsonNode schema() throws IOException {
        try (InputStream file = TrainJobsTest.class.getResourceAsStream("trainjobs-crd.yaml")) {
            JsonNode crd = Serialization.unmarshal(file, JsonNode.class);
            JsonNode schema = crd.at("/spec/versions/0/schema/openAPIV3Schema");
            strict(schema);
            ((ObjectNode) schema.at("/properties/metadata")).remove("additionalProperties");
            return schema;
        }
    }

    private static void strict(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("properties").isObject() && object.has("type")) {
            object.put("additionalProperties", false);
        }
        node.forEach(TrainJobsTest::strict);
    }

    private static List<String> faults(GenericKubernetesResource job) throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(schema().toString())
                .validate(Serialization.asJson(job), InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void theManifestIsWhatTheClusterTakes() throws Exception {
        LlmTraining training = training();
        GenericKubernetesResource job = manifest(training);
        assertThat(faults(job)).isEmpty();
        assertThat(job.getMetadata().getName())
                .matches("[a-z]([-a-z0-9]*[a-z0-9])?")
                .hasSizeLessThan(50);
        JsonNode spec =
                PlatformJson.mapper().valueToTree(job.getAdditionalProperties()).path("spec");
        assertThat(spec.at("/runtimeRef/name").asText()).isEqualTo("baigong-tuning");
        assertThat(spec.at("/trainer/numNodes").intValue()).isEqualTo(2);
        assertThat(spec.at("/trainer/numProcPerNode").intValue()).isEqualTo(8);
        assertThat(spec.at("/trainer/resourcesPerNode/limits/nvidia.com~1gpu").intValue())
                .isEqualTo(8);
        var variables = new java.util.HashMap<String, String>();
        spec.at("/trainer/env")
                .forEach(each -> variables.put(
                        each.get("name").asText(), each.get("value").asText()));
        assertThat(variables)
                .containsEntry("BAIGONG_RECIPE", training.recipe())
                .containsEntry("BAIGONG_MODEL", "/baigong/models/Qwen2.5-7B")
                .containsEntry("BAIGONG_DATA", "/baigong/data/acme/answers.jsonl")
                .containsEntry("BAIGONG_OUT", "/baigong/out/acme/" + training.id())
                .doesNotContainKeys("PET_NNODES", "PET_NPROC_PER_NODE", "PET_MASTER_ADDR");
    }

    @Test
    void aPlantedFaultIsSeen() throws Exception {
        GenericKubernetesResource job = manifest(training());
        job.setAdditionalProperty("spec", Map.of("runtimeRef", Map.of("name", "r"), "trainer", Map.of("nodes", 1)));
        assertThat(faults(job)).singleElement().asString().contains("nodes");
        job.setAdditionalProperty("spec", Map.of("trainer", Map.of("numNodes", "two")));
        assertThat(faults(job)).hasSize(2);
    }

    @Test
    void itIsMadeOnceFollowedAndDeleted() {
        LlmTraining training = training();
        jobs().make(manifest(training));
        jobs().make(manifest(training));
        assertThat(jobs().all()).containsOnlyKeys(training.jobName());
        assertThat(phase(training)).isEqualTo(TrainJobs.Status.Phase.RUNNING);
        condition(training, "Suspended", "False", "Resumed");
        assertThat(phase(training)).isEqualTo(TrainJobs.Status.Phase.RUNNING);
        condition(training, "Failed", "True", "a pod ran out of memory");
        assertThat(jobs().all().get(training.jobName()))
                .isEqualTo(new TrainJobs.Status(TrainJobs.Status.Phase.FAILED, "a pod ran out of memory"));
        condition(training, "Complete", "True", "done");
        assertThat(phase(training)).isEqualTo(TrainJobs.Status.Phase.COMPLETE);
        jobs().delete(training.jobName());
        jobs().delete(training.jobName());
        assertThat(jobs().all()).isEmpty();
    }

    private TrainJobs.Status.Phase phase(LlmTraining training) {
        return jobs().all().get(training.jobName()).phase();
    }

    private void condition(LlmTraining training, String type, String status, String message) {
        client.genericKubernetesResources(TrainJobManifest.CONTEXT)
                .inNamespace("ml")
                .withName(training.jobName())
                .edit(job -> {
                    job.setAdditionalProperty(
                            "status",
                            Map.of("conditions", List.of(Map.of("type", type, "status", status, "message", message))));
                    return job;
                });
    }

    private void pod(LlmTraining training, String name, String message) {
        client.pods()
                .inNamespace("ml")
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels("jobset.sigs.k8s.io/jobset-name", training.jobName())
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
    void whatTheScriptToldIsRead() {
        LlmTraining training = training();
        assertThat(jobs().result(training.jobName(), "/out")).isEmpty();
        pod(training, "one", null);
        pod(training, "two", "Killed");
        assertThat(jobs().result(training.jobName(), "/out")).isEmpty();
        assertThat(jobs().lastWords(training.jobName())).contains("Killed");
        pod(training, "three", "{\"sha256\": \"" + DIGEST + "\", \"steps\": 20, \"loss\": null}");
        assertThat(jobs().result(training.jobName(), "/out"))
                .contains(new LlmTraining.Result("/out", DIGEST, 20L, null));
        assertThat(jobs().result(training().jobName(), "/out")).as("of another").isEmpty();
    }

    @Test
    void gpusOnWhichNothingIsPlannedAreRefusedAtStart() {
        LlmWorker.check(CONFIG);
        ClusterConfig none = new SmallRyeConfigBuilder()
                .withMapping(ClusterConfig.class)
                .withDefaultValue("baigong.cluster.gpus-per-node", "0")
                .build()
                .getConfigMapping(ClusterConfig.class);
        assertThatThrownBy(() -> LlmWorker.check(none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("baigong.cluster: there are from 1 node with 1 GPU");
    }

    @Test
    void aClusterThatIsDownIsAnError() {
        server.shutdown();
        assertThatThrownBy(() -> jobs().all()).isInstanceOf(KubernetesClientException.class);
    }
}
