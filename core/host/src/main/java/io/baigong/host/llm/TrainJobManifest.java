package io.baigong.host.llm;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;

/**
 * A training as a TrainJob of Kubeflow Trainer v2, {@code trainer.kubeflow.org/v1alpha1}.
 *
 * <p>Of its fields only those are used that are the same in releases 2.0 to 2.3; image and volume are the runtime's. The recipe goes
 * along as a variable, whose text holds no {@code $(}, which Kubernetes would replace.
 */
final class TrainJobManifest {
    static final ResourceDefinitionContext CONTEXT = new ResourceDefinitionContext.Builder()
            .withGroup("trainer.kubeflow.org")
            .withVersion("v1alpha1")
            .withKind("TrainJob")
            .withPlural("trainjobs")
            .withNamespaced(true)
            .build();

    /** Marks what is ours in the namespace. */
    static final Map<String, String> LABELS = Map.of("app.kubernetes.io/managed-by", "baigong");

    private static final String SCRIPT = "printf %s \"$BAIGONG_RECIPE\" > /tmp/recipe.json"
            + " && exec torchrun /opt/baigong/tune.py /tmp/recipe.json"
            + " --model \"$BAIGONG_MODEL\" --data \"$BAIGONG_DATA\" --out \"$BAIGONG_OUT\"";

    private final ClusterConfig config;

    TrainJobManifest(ClusterConfig config) {
        this.config = config;
    }

    /** Where a training leaves its files. */
    String out(LlmTraining training) {
        return config.volume() + "/out/" + training.createdBy().tenant() + "/" + training.id();
    }

    /** @param model name of the base model */
    GenericKubernetesResource of(LlmTraining training, String model) {
        var gpus = Map.of(config.gpuResource(), training.gpusPerNode());
        Map<String, Object> trainer = Map.of(
                "numNodes",
                training.nodes(),
                "numProcPerNode",
                training.gpusPerNode(),
                "command",
                List.of("bash", "-c"),
                "args",
                List.of(SCRIPT),
                "env",
                List.of(
                        variable("BAIGONG_RECIPE", training.recipe()),
                        variable("BAIGONG_MODEL", config.volume() + "/models/" + model),
                        variable(
                                "BAIGONG_DATA",
                                config.volume() + "/data/"
                                        + training.createdBy().tenant() + "/" + training.data()),
                        variable("BAIGONG_OUT", out(training)),
                        variable("TERMINATION_LOG", "/dev/termination-log")),
                "resourcesPerNode",
                Map.of("limits", gpus, "requests", gpus));
        var job = new GenericKubernetesResource();
        job.setApiVersion(CONTEXT.getGroup() + "/" + CONTEXT.getVersion());
        job.setKind(CONTEXT.getKind());
        job.setMetadata(new ObjectMetaBuilder()
                .withName(training.jobName())
                .withLabels(LABELS)
                .build());
        job.setAdditionalProperty("spec", Map.of("runtimeRef", Map.of("name", config.runtime()), "trainer", trainer));
        return job;
    }

    private static Map<String, String> variable(String name, String value) {
        return Map.of("name", name, "value", value);
    }
}
