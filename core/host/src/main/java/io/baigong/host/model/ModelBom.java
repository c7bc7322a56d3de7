package io.baigong.host.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.host.SuiteBuild;
import io.baigong.registry.bundle.Manifest;
import io.baigong.registry.history.RegistryEntry;
import io.baigong.registry.history.RegistryEvent.Evaluated;
import io.baigong.registry.history.Signature;
import io.baigong.spi.Evaluation.Metric;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version's bill of materials: CycloneDX 1.6 in JSON (ECMA-424), with the model as the component that it describes, its model card,
 * its files and the data that it learned from.
 */
final class ModelBom {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final String MODEL = "model";
    private static final String DATA = "data";

    private final Manifest manifest;
    private final ObjectNode bom = JSON.createObjectNode();
    private final ObjectNode model;

    private ModelBom(Manifest manifest, UUID id, @Nullable Instant at) {
        this.manifest = manifest;
        bom.put("bomFormat", "CycloneDX");
        bom.put("specVersion", "1.6");
        bom.put("serialNumber", "urn:uuid:" + id);
        bom.put("version", 1);
        ObjectNode metadata = bom.putObject("metadata");
        if (at != null) {
            metadata.put("timestamp", at.toString());
        }
        metadata.putObject("tools")
                .putArray("components")
                .addObject()
                .put("type", "application")
                .put("name", "Baigong")
                .put("version", SuiteBuild.version());
        model = metadata.putObject("component");
    }

    /**
     * The bill, as UTF-8.
     *
     * @param purposes what the tasks that ask the role are for
     */
    static byte[] of(Manifest manifest, RegistryEntry registration, String kind, List<String> purposes) {
        return of(new ModelBom(manifest, registration.id(), registration.at()), kind, purposes);
    }

    /** The bill of a model that no suite has registered; equal manifests have equal bills. */
    static byte[] of(Manifest manifest, String kind, List<String> purposes) {
        UUID id = UUID.nameUUIDFromBytes((manifest.role() + manifest.files()).getBytes(StandardCharsets.UTF_8));
        return of(new ModelBom(manifest, id, null), kind, purposes);
    }

    private static byte[] of(ModelBom bill, String kind, List<String> purposes) {
        bill.model(kind, purposes);
        bill.components();
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(bill.bom);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }

    private void model(String kind, List<String> purposes) {
        model.put("type", "machine-learning-model")
                .put("bom-ref", MODEL)
                .put("name", manifest.name())
                .put("version", manifest.label())
                .put("description", "Version " + manifest.number() + " of the role " + manifest.role());
        hash(model, manifest.sha256());
        licence();
        if (manifest.lineage().base() != null) {
            model.putObject("pedigree")
                    .putArray("ancestors")
                    .addObject()
                    .put("type", "machine-learning-model")
                    .put("name", manifest.lineage().base());
        }
        ObjectNode card = model.putObject("modelCard");
        ObjectNode parameters = card.putObject("modelParameters").put("task", kind);
        if (manifest.lineage().data() != null) {
            parameters.putArray("datasets").addObject().put("ref", DATA);
        }
        if (manifest.signature() != null) {
            ports(parameters.putArray("inputs"), manifest.signature().inputs());
            ports(parameters.putArray("outputs"), manifest.signature().outputs());
        }
        ArrayNode metrics = card.putObject("quantitativeAnalysis").putArray("performanceMetrics");
        manifest.evaluations().forEach(evaluation -> metrics(metrics, evaluation));
        ArrayNode cases = card.putObject("considerations").putArray("useCases");
        purposes.forEach(cases::add);
        properties(card.putArray("properties"));
    }

    private void licence() {
        if (manifest.lineage().licence() != null) {
            model.putArray("licenses")
                    .addObject()
                    .putObject("license")
                    .put("name", manifest.lineage().licence());
        }
    }

    private static void ports(ArrayNode into, List<Signature.Port> ports) {
        for (Signature.Port port : ports) {
            into.addObject()
                    .put("format", port.name() + ": " + port.type() + "[" + String.join(", ", port.shape()) + "]");
        }
    }

    private static void metrics(ArrayNode into, Evaluated evaluation) {
        metrics(into, evaluation.benchmark() + ", " + evaluation.cases() + " cases", evaluation.metrics());
        evaluation
                .subgroups()
                .forEach(each -> metrics(
                        into,
                        "%s, %s %s, %d cases"
                                .formatted(evaluation.benchmark(), each.dimension(), each.name(), each.cases()),
                        each.metrics()));
    }

    private static void metrics(ArrayNode into, String slice, Map<String, Metric> metrics) {
        metrics.forEach((name, metric) -> into.addObject()
                .put("type", name)
                .put("value", String.valueOf(metric.value()))
                .put("slice", slice)
                .putObject("confidenceInterval")
                .put("lowerBound", String.valueOf(metric.low()))
                .put("upperBound", String.valueOf(metric.high())));
    }

    private void properties(ArrayNode into) {
        var lineage = manifest.lineage();
        property(into, "recipe", lineage.recipe());
        property(into, "seed", lineage.seed() == null ? null : String.valueOf(lineage.seed()));
        property(into, "commit", lineage.commit());
        property(into, "environment", lineage.environment());
        property(into, "parameters", String.valueOf(manifest.parameters()));
    }

    private static void property(ArrayNode into, String name, @Nullable String value) {
        if (value != null) {
            into.addObject().put("name", "baigong:" + name).put("value", value);
        }
    }

    private static void hash(ObjectNode component, @Nullable String sha256) {
        if (sha256 != null && SHA256.matcher(sha256).matches()) {
            component.putArray("hashes").addObject().put("alg", "SHA-256").put("content", sha256);
        }
    }

    private void components() {
        ArrayNode components = bom.putArray("components");
        ArrayNode parts = JSON.createArrayNode();
        manifest.files().forEach((name, part) -> {
            String reference = "file:" + name;
            parts.add(reference);
            ObjectNode file = components
                    .addObject()
                    .put("type", "file")
                    .put("bom-ref", reference)
                    .put("name", name);
            hash(file, part.sha256());
        });
        if (manifest.lineage().data() != null) {
            parts.add(DATA);
            ObjectNode data = components
                    .addObject()
                    .put("type", "data")
                    .put("bom-ref", DATA)
                    .put("name", manifest.lineage().data());
            hash(data, manifest.lineage().dataSha256());
            data.putArray("data")
                    .addObject()
                    .put("type", "dataset")
                    .put("name", manifest.lineage().data());
        }
        bom.putArray("dependencies").addObject().put("ref", MODEL).set("dependsOn", parts);
    }
}
