package io.baigong.host.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.host.run.PlatformJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
    /** Full SFT of Qwen2.5 7B on 8 GPUs. */
    private static final String RECIPE = """
            {"objective": "sft", "method": "full",
             "baseModel": {"name": "Qwen2.5-7B", "config": {"model_type": "qwen2", "hidden_size": 3584,
               "intermediate_size": 18944, "num_attention_heads": 28, "num_hidden_layers": 28, "num_key_value_heads": 4,
               "vocab_size": 152064, "max_position_embeddings": 32768}},
             "parallel": {"data": 8, "tensor": 1, "pipeline": 1}, "zeroStage": 3, "precision": "bf16",
             "gradientCheckpointing": true, "sequenceLength": 2048, "batch": 1, "accumulation": 4, "epochs": 2,
             "learningRate": 1e-5, "seed": 1}
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private int plan(String recipe, String... more) throws IOException {
        String file = Files.writeString(folder.resolve("recipe.json"), recipe).toString();
        var args = new java.util.ArrayList<>(java.util.List.of(
                "models", "plan", file, "--gpus", "8", "--gpu-memory", "80", "--gpu-teraflops", "989"));
        args.addAll(java.util.List.of(more));
        return Baigong.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args.toArray(String[]::new));
    }

    @Test
    void whatFitsIsShownBesideTheOtherWays() throws IOException {
        Path json = folder.resolve("plans.json");
        assertThat(plan(RECIPE, "--examples", "1000", "--json", json.toString()))
                .isZero();
        assertThat(out.toString()).contains("7,615,616,512 weights", "ZeRO", "\n>  ", "\nx  ");
        JsonNode plans = PlatformJson.mapper().readTree(json.toFile());
        assertThat(plans.at("/wanted/fits").booleanValue()).isTrue();
        assertThat(plans.at("/wanted/steps").intValue())
                .as("32 to a step, 2 epochs")
                .isEqualTo(64);
        assertThat(plans.at("/wanted/memoryGib/optimizer").doubleValue())
                .isCloseTo(12 * 7_615_616_512.0 / 8 / (1 << 30), within(1e-9));
        assertThat(plans.at("/others").size()).isGreaterThan(8);
    }

    @Test
    void whatDoesNotFitEndsWithWhatWould() throws IOException {
        assertThat(plan(RECIPE.replace("\"zeroStage\": 3", "\"zeroStage\": 0"), "--examples", "1000"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("GiB of each GPU, which has 80", "The nearest that fits: ", "zeroStage 1");
        assertThat(plan(RECIPE, "--examples", "1000", "--gpu-memory", "8")).isEqualTo(2);
    }

    @Test
    void whereNothingFitsItSaysSo() throws IOException {
        String small = RECIPE.replace("\"hidden_size\": 3584", "\"hidden_size\": 35840");
        assertThat(plan(small, "--examples", "1000")).isEqualTo(1);
        assertThat(err.toString()).contains("No way of sharing it out fits", "qlora");
    }

    @Test
    void whatIsWrongIsNamed() throws IOException {
        assertThat(plan(RECIPE)).isEqualTo(2);
        assertThat(err.toString()).contains("--examples is needed");
        assertThat(plan(RECIPE.replace("\"pipeline\": 1", "\"pipeline\": 2"), "--examples", "9"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("parallel.pipeline");
        assertThat(plan("{", "--examples", "9")).isEqualTo(2);
        assertThat(err.toString()).contains("is no JSON");
        assertThat(plan(RECIPE, "--examples", "9", "--share", "40")).isEqualTo(2);
        assertThat(err.toString()).contains("(0, 1]");
        assertThat(plan(RECIPE, "--examples", "9", "--nodes", "2")).isEqualTo(2);
        assertThat(err.toString()).contains("8 GPUs, and there are 16");
    }
}
