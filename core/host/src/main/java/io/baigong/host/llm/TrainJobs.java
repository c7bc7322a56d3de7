package io.baigong.host.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.host.llm.LlmTraining.Result;
import io.baigong.host.run.PlatformJson;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The TrainJobs of one namespace. Methods throw {@link KubernetesClientException} where the cluster refuses or can't be reached. */
final class TrainJobs {
    private static final String OF_JOB_SET = "jobset.sigs.k8s.io/jobset-name";

    private final KubernetesClient client;
    private final String namespace;

    TrainJobs(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** How far a TrainJob is. */
    record Status(Phase phase, String message) {
        enum Phase {
            RUNNING,
            COMPLETE,
            FAILED
        }
    }

    private NonNamespaceOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>> jobs() {
        MixedOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>> all =
                client.genericKubernetesResources(TrainJobManifest.CONTEXT);
        return all.inNamespace(namespace);
    }

    /** Makes it, unless it is there. */
    void make(GenericKubernetesResource job) {
        try {
            jobs().resource(job).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    /** Deletes it with its pods, if it is there. */
    void delete(String name) {
        jobs().withName(name).delete();
    }

    /** How far all of ours are, by name. */
    Map<String, Status> all() {
        return client
                .genericKubernetesResources(TrainJobManifest.CONTEXT)
                .inNamespace(namespace)
                .withLabels(TrainJobManifest.LABELS)
                .list()
                .getItems()
                .stream()
                .collect(Collectors.toMap(job -> job.getMetadata().getName(), TrainJobs::status));
    }

    /** From the conditions Complete and Failed, of which one is true once it is over. */
    private static Status status(GenericKubernetesResource job) {
        JsonNode conditions = PlatformJson.mapper()
                .valueToTree(job.getAdditionalProperties())
                .path("status")
                .path("conditions");
        for (JsonNode condition : conditions) {
            if (condition.path("status").asText().equals("True")) {
                String message = condition
                        .path("message")
                        .asText(condition.path("reason").asText());
                switch (condition.path("type").asText()) {
                    case "Complete" -> {
                        return new Status(Status.Phase.COMPLETE, message);
                    }
                    case "Failed" -> {
                        return new Status(Status.Phase.FAILED, message);
                    }
                    default -> {}
                }
            }
        }
        return new Status(Status.Phase.RUNNING, "");
    }

    /** What the script of a TrainJob told at its end; empty if no pod has it any more. */
    Optional<Result> result(String name, String folder) {
        return words(name).stream().flatMap(word -> told(word, folder).stream()).findFirst();
    }

    /** Last words of the pods that failed, for the person who asks why. */
    Optional<String> lastWords(String name) {
        return words(name).stream().filter(word -> !word.isBlank()).findFirst();
    }

    private List<String> words(String name) {
        return client.pods().inNamespace(namespace).withLabel(OF_JOB_SET, name).list().getItems().stream()
                .map(Pod::getStatus)
                .filter(Objects::nonNull)
                .flatMap(status -> status.getContainerStatuses().stream())
                .map(ContainerStatus::getState)
                .filter(Objects::nonNull)
                .map(ContainerState::getTerminated)
                .filter(Objects::nonNull)
                .map(ended -> Objects.requireNonNullElse(ended.getMessage(), ""))
                .toList();
    }

    private static Optional<Result> told(String word, String folder) {
        JsonNode json;
        try {
            json = PlatformJson.mapper().readTree(word);
        } catch (JsonProcessingException _) {
            return Optional.empty(); // no line of the script
        }
        if (!json.path("sha256").asText().matches("[0-9a-f]{64}")) {
            return Optional.empty();
        }
        return Optional.of(new Result(
                folder,
                json.get("sha256").asText(),
                whole(json.path("steps")),
                json.path("loss").isNumber() ? (Double) json.path("loss").doubleValue() : null));
    }

    private static @Nullable Long whole(JsonNode node) {
        return node.isIntegralNumber() ? (Long) node.longValue() : null;
    }
}
