package io.baigong.host.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.baigong.journal.Actor;
import io.baigong.journal.Journal;
import io.baigong.registry.artifact.Artifact;
import io.baigong.registry.bundle.Manifest;
import io.baigong.registry.history.Lineage;
import io.baigong.registry.history.RegistryEntry;
import io.baigong.registry.history.RegistryEvent.Evaluated;
import io.baigong.registry.history.RegistryEvent.Registered;
import io.baigong.registry.history.Signature;
import io.baigong.registry.history.VersionState;
import io.baigong.spi.Evaluation.Metric;
import io.baigong.spi.Evaluation.Subgroup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ModelBomTest {
    private static final String SHA256 = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    private static final String SCHEMAS = "http://cyclonedx.org/schema/";
    private static final Lineage LINEAGE =
            new Lineage("bge", "train", "ai4i2020", SHA256, 7L, "abc", "Apache-2.0", "JDK 25");

    /** The schema that CycloneDX publishes, from its own library. */
    private static Schema schema() {
        return SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_7, builder -> builder.schemas(ModelBomTest::published))
                .getSchema(published(SCHEMAS + "bom-1.6.schema.json"));
    }

    private static String published(String id) {
        String name = "/" + id.substring(id.lastIndexOf('/') + 1);
        try (InputStream in = ModelBomTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bom(Lineage lineage) {
        var files = new TreeMap<>(Map.of("model.json", new Artifact.Part(SHA256, 2)));
        var signature = new Signature(
                List.of(new Signature.Port("rows", "float", List.of("rows", "2"), List.of("a", "b"))),
                List.of(Signature.Port.of("output", "float", List.of("rows", "1"))));
        var evaluated = new Evaluated(
                1,
                "ai4i2020",
                SHA256,
                80,
                Map.of("f1", new Metric(0.9, 0.8, Double.NaN, "ratio")),
                List.of(new Subgroup("product quality", "L", 40, Map.of("f1", new Metric(0.7, 0.6, 0.8, "ratio")))),
                1.5,
                null);
        var manifest = new Manifest(
                Manifest.FORMAT,
                "manufacturing.process-failure",
                1,
                "process-failure",
                "1",
                SHA256,
                8844,
                VersionState.SERVING,
                files,
                lineage,
                signature,
                List.of(evaluated),
                List.of());
        var registered =
                new Registered(1, "process-failure", "1", SHA256, 8844, new Artifact(files), lineage, signature);
        return ModelBom.of(
                manifest,
                new RegistryEntry(
                        Journal.newId(),
                        manifest.role(),
                        registered,
                        new Actor("default", "ann"),
                        Instant.parse("2026-01-01T00:00:00Z")),
                "prediction",
                List.of("Predictive maintenance"));
    }

    @Test
    void itIsWhatTheSchemaOfCycloneDxAsksFor() {
        Schema schema = schema();
        assertThat(schema.validate(new String(bom(LINEAGE), UTF_8), InputFormat.JSON))
                .isEmpty();
        assertThat(schema.validate(new String(bom(Lineage.UNKNOWN), UTF_8), InputFormat.JSON))
                .isEmpty();
        // The schema does see faults.
        assertThat(schema.validate(
                        new String(bom(LINEAGE), UTF_8).replace("machine-learning-model", "machine"), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void itDescribesTheModel() throws IOException {
        JsonNode model = new ObjectMapper().readTree(bom(LINEAGE)).at("/metadata/component");

        assertThat(model.path("type").asText()).isEqualTo("machine-learning-model");
        assertThat(model.at("/hashes/0/content").asText()).isEqualTo(SHA256);
        assertThat(model.at("/licenses/0/license/name").asText()).isEqualTo("Apache-2.0");
        assertThat(model.at("/pedigree/ancestors/0/name").asText()).isEqualTo("bge");
        assertThat(model.at("/modelCard/modelParameters/inputs/0/format").asText())
                .isEqualTo("rows: float[rows, 2]");
        assertThat(model.at("/modelCard/quantitativeAnalysis/performanceMetrics/0/type")
                        .asText())
                .isEqualTo("f1");
        assertThat(model.at("/modelCard/considerations/useCases/0").asText()).isEqualTo("Predictive maintenance");
    }

    /** What a registrar calls a digest need not be one. */
    @Test
    void onlyDigestsAreCalledHashes() throws IOException {
        var odd = new Lineage(null, null, "data", "none", null, null, null, null);
        JsonNode components = new ObjectMapper().readTree(bom(odd)).path("components");

        assertThat(components.get(1).path("name").asText()).isEqualTo("data");
        assertThat(components.get(1).has("hashes")).isFalse();
    }
}
