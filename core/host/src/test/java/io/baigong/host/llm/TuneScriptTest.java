package io.baigong.host.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.baigong.tuning.llm.RecipeJson;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The script that a cluster runs; needs Python 3. What trains runs where the script's libraries are installed. */
class TuneScriptTest {
    private static final Path FOLDER = Path.of("../../deploy/training");

    /** Every field that a recipe has, written by the suite. */
    private static final String RECIPE = """
            {"objective": "dpo", "method": "qlora", "lora": {"rank": 8, "alpha": 16, "targetModules": ["q_proj"]},
             "baseModel": {"name": "base", "config": {"model_type": "llama", "num_hidden_layers": 2, "hidden_size": 64,
               "num_attention_heads": 4, "intermediate_size": 128, "vocab_size": 100, "max_position_embeddings": 64}},
             "parallel": {"data": 2, "tensor": 1, "pipeline": 1}, "zeroStage": 2, "precision": "bf16",
             "gradientCheckpointing": true, "sequenceLength": 32, "batch": 1, "accumulation": 1, "END": 2,
             "learningRate": 1e-4, "seed": 3}
            """;

    private static String python(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("python3", "-B"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    @Test
    void itsOwnTestsPass() throws Exception {
        assertThat(python("-m", "unittest", "test_tune.ConfigurationTest")).contains("OK");
    }

    /** Pods of the runtime are not begun again, and those that fail tell why; read as Kubernetes does, with no unknown field. */
    @Test
    void aTrainingIsTriedOnceAndSaysWhyItFailed() throws Exception {
        String runtime = Files.readString(FOLDER.resolve("runtime.yaml")).split("(?m)^---$", 2)[0];
        JsonNode template = Serialization.unmarshal(runtime, JsonNode.class)
                .at("/spec/template/spec/replicatedJobs/0/template/spec");
        JobSpec job = Serialization.unmarshal(template.toString(), JobSpec.class);
        assertThat(job.getAdditionalProperties()).isEmpty();
        assertThat(job.getBackoffLimit()).isZero();
        PodSpec pod = job.getTemplate().getSpec();
        assertThat(pod.getAdditionalProperties()).isEmpty();
        assertThat(pod.getRestartPolicy()).isEqualTo("Never");
        assertThat(pod.getContainers()).singleElement().satisfies(container -> {
            assertThat(container.getAdditionalProperties()).isEmpty();
            assertThat(container.getTerminationMessagePolicy()).isEqualTo("FallbackToLogsOnError");
        });
    }

    /** A field that the script does not read would be asked for in vain. */
    @Test
    void itReadsEachFieldOfARecipe() throws Exception {
        String script = Files.readString(FOLDER.resolve("tune.py"));
        for (String end : List.of("epochs", "steps")) {
            JsonNode recipe = RecipeJson.write(RecipeJson.read(new JsonMapper().readTree(RECIPE.replace("END", end))));
            recipe.fieldNames().forEachRemaining(field -> assertThat(script).contains("\"" + field + "\""));
            for (String part : List.of("lora", "parallel")) {
                recipe.get(part)
                        .fieldNames()
                        .forEachRemaining(field -> assertThat(script).contains("\"" + field + "\""));
            }
        }
    }
}
