package io.baigong.tuning.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeJsonTest {
    private static void refused(ObjectNode recipe, String... words) {
        assertThatThrownBy(() -> RecipeJson.read(recipe))
                .isInstanceOf(InvalidRecipe.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }

    private static ObjectNode full(Consumer<ObjectNode> change) {
        ObjectNode recipe = Recipes.full(Recipes.QWEN_7B, 8);
        change.accept(recipe);
        return recipe;
    }

    private static ObjectNode adapters(String method, Consumer<ObjectNode> change) {
        ObjectNode recipe = Recipes.adapters(method, Recipes.QWEN_7B, 8, 16);
        change.accept(recipe);
        return recipe;
    }

    private static void parallel(ObjectNode recipe, int data, int tensor, int pipeline) {
        recipe.withObjectProperty("parallel")
                .put("data", data)
                .put("tensor", tensor)
                .put("pipeline", pipeline);
    }

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        for (ObjectNode json : List.of(
                full(r -> {}),
                full(r -> parallel(r.put("zeroStage", 2), 2, 4, 1)),
                adapters("lora", r -> r.put("seed", 7)),
                adapters(
                        "qlora", r -> r.put("objective", "dpo").put("epochs", 2).remove("steps")))) {
            LlmRecipe recipe = RecipeJson.read(json);
            assertThat(RecipeJson.read(RecipeJson.write(recipe))).isEqualTo(recipe);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "objective",
                "method",
                "baseModel",
                "parallel",
                "zeroStage",
                "precision",
                "gradientCheckpointing",
                "sequenceLength",
                "batch",
                "accumulation",
                "learningRate",
                "seed"
            })
    void eachFieldIsNeededAndOfItsKind(String field) {
        refused(full(r -> r.remove(field)), field + ": missing");
        refused(full(r -> r.putNull(field)), field + ": missing");
        refused(full(r -> r.putArray(field)), field + ": ");
    }

    @Test
    void whatIsUnknownIsNotPassedOver() {
        refused(full(r -> r.put("learning_rate", 1)), "learning_rate: there is no such field", "learningRate");
        refused(full(r -> r.withObjectProperty("parallel").put("expert", 2)), "parallel.expert");
        refused(full(r -> r.put("objective", "ppo")), "objective: \"ppo\"", "sft, dpo");
        refused(full(r -> r.put("batch", 1.5)), "batch: 1.5", "whole number");
        refused(full(r -> r.put("batch", 1L << 40)), "batch");
    }

    @Test
    void numbersHaveBounds() {
        refused(full(r -> r.put("zeroStage", 4)), "zeroStage: 4 is not in [0, 3]");
        refused(full(r -> r.put("batch", 0)), "batch: 0");
        refused(full(r -> r.put("sequenceLength", 40000)), "sequenceLength: 40000 is not in [8, 32768]");
        refused(full(r -> r.put("learningRate", 3)), "learningRate");
        refused(full(r -> r.put("seed", -1)), "seed");
        refused(full(r -> r.put("epochs", 1)), "either epochs or steps");
        refused(full(r -> r.remove("steps")), "either epochs or steps");
        refused(adapters("lora", r -> r.withObjectProperty("lora").put("rank", 0)), "lora.rank");
    }

    @Test
    void adaptersBelongToTheirMethods() {
        refused(full(r -> r.put("method", "lora")), "lora: missing");
        refused(adapters("lora", r -> r.put("method", "full")), "the method full has no adapters");
        refused(adapters("lora", r -> r.withObjectProperty("lora").putArray("targetModules")), "lora.targetModules");
        refused(
                adapters(
                        "lora",
                        r -> r.withObjectProperty("lora")
                                .putArray("targetModules")
                                .add("c_attn")),
                "lora.targetModules",
                "q_proj, k_proj");
        refused(adapters("qlora", r -> r.put("precision", "fp16")), "keeps the adapters of qlora in bf16");
    }

    @Test
    void whatNoEngineDoesIsRefusedWithWhatDoes() {
        refused(full(r -> parallel(r, 4, 1, 2)), "parallel.pipeline", "zeroStage 3");
        refused(full(r -> parallel(r, 4, 2, 1)), "zeroStage: DeepSpeed divides matrices with ZeRO 1 and 2");
        refused(full(r -> parallel(r.put("zeroStage", 3), 4, 2, 1)), "zeroStage: DeepSpeed");
        refused(adapters("lora", r -> parallel(r.put("zeroStage", 1), 4, 2, 1)), "PEFT has no adapters");
        refused(full(r -> parallel(r.put("zeroStage", 1).put("objective", "dpo"), 4, 2, 1)), "DPO's reference model");
        refused(full(r -> parallel(r.put("zeroStage", 1), 1, 8, 1)), "does not divide 28 heads and 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../other", "/etc", "a/../b", "a/b/c", "", "-rf", "a b", "$(id)"})
    void aModelIsNamedInsideItsFolder(String name) {
        refused(full(r -> r.withObjectProperty("baseModel").put("name", name)), "baseModel.name");
    }

    @Test
    void onlyModelsWhoseSizesAreUnderstoodAreTaken() {
        for (String field : List.of(
                "model_type",
                "hidden_size",
                "num_hidden_layers",
                "num_attention_heads",
                "intermediate_size",
                "vocab_size",
                "max_position_embeddings")) {
            refused(config(c -> c.remove(field)), "baseModel.config." + field + ": missing");
        }
        refused(config(c -> c.put("model_type", "mixtral")), "llama, mistral, qwen2, qwen3");
        refused(config(c -> c.put("num_key_value_heads", 5)), "do not fit");
        refused(config(c -> c.put("hidden_size", Integer.MAX_VALUE)), "hidden_size");
        for (String count : List.of("num_hidden_layers", "num_attention_heads", "num_key_value_heads", "head_dim")) {
            refused(config(c -> c.put(count, 4097)), count + ": 4097", "from 1 to 4096");
        }
        refused(
                config(c -> c.put("hidden_size", 1 << 24)
                        .put("intermediate_size", 1 << 24)
                        .put("num_hidden_layers", 4096)
                        .put("num_attention_heads", 4096)
                        .put("num_key_value_heads", 4096)
                        .put("head_dim", 4096)
                        .put("vocab_size", 1 << 24)),
                "more than 10,000 billion weights");
        refused(config(c -> c.putObject("quantization_config")), "quantised already");
    }

    private static ObjectNode config(Consumer<ObjectNode> change) {
        return full(r -> change.accept(r.withObjectProperty("baseModel").withObjectProperty("config")));
    }

    @Test
    void whatIsNoObjectIsSaid() {
        var texts = new ArrayList<ObjectNode>();
        texts.add(full(r -> r.put("parallel", "all")));
        texts.add(full(r -> r.withObjectProperty("baseModel").put("config", "config.json")));
        texts.forEach(each -> refused(each, "no JSON object"));
    }
}
