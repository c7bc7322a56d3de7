package io.baigong.tuning.llm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Sizes of published models, as their files on the Hugging Face hub count them. */
class DecoderShapeTest {
    @Test
    void weightsAreThoseOfThePublishedFiles() throws Exception {
        assertThat(parameters(Recipes.LLAMA_7B)).as("LLaMA 7B").isEqualTo(6_738_415_616L);
        assertThat(parameters(Recipes.LLAMA_65B)).as("LLaMA 65B").isEqualTo(65_285_660_672L);
        assertThat(parameters(Recipes.QWEN_7B)).as("Qwen2.5 7B").isEqualTo(7_615_616_512L);
        assertThat(parameters("""
            {"model_type": "qwen2", "hidden_size": 896, "intermediate_size": 4864, "num_attention_heads": 14,
             "num_hidden_layers": 24, "num_key_value_heads": 2, "vocab_size": 151936, "tie_word_embeddings": true,
             "max_position_embeddings": 32768}
            """)).as("Qwen2.5 0.5B").isEqualTo(494_032_768L);
        assertThat(parameters("""
            {"model_type": "llama", "hidden_size": 4096, "intermediate_size": 14336, "num_attention_heads": 32,
             "num_hidden_layers": 32, "num_key_value_heads": 8, "vocab_size": 128256, "attention_bias": false,
             "mlp_bias": false, "max_position_embeddings": 131072}
            """)).as("Llama 3.1 8B").isEqualTo(8_030_261_248L);
        assertThat(parameters("""
            {"model_type": "mistral", "hidden_size": 4096, "intermediate_size": 14336, "num_attention_heads": 32,
             "num_hidden_layers": 32, "num_key_value_heads": 8, "vocab_size": 32000, "max_position_embeddings": 32768}
            """)).as("Mistral 7B v0.1").isEqualTo(7_241_732_096L);
        assertThat(parameters("""
            {"model_type": "qwen3", "hidden_size": 4096, "intermediate_size": 12288, "num_attention_heads": 32,
             "num_hidden_layers": 36, "num_key_value_heads": 8, "head_dim": 128, "vocab_size": 151936,
             "attention_bias": false, "tie_word_embeddings": false, "max_position_embeddings": 40960}
            """)).as("Qwen3 8B").isEqualTo(8_190_735_360L);
    }

    private static long parameters(String config) throws InvalidRecipe {
        return RecipeJson.shape(new Fields("config", Recipes.object(config))).parameters();
    }

    @Test
    void adaptersAreAsLargeAsPublished() {
        // Dettmers et al. 2023, section 4: LoRA with r = 64 beside all matrices. 64 * (in + out) for 7 matrices of 80
        // layers.
        LlmRecipe recipe = Recipes.read(Recipes.adapters("qlora", Recipes.LLAMA_65B, 1, 64));
        long layer = 64L * (4 * (8192 + 8192) + 3 * (8192 + 22016));
        assertThat(recipe.trainable()).isEqualTo(80 * layer).isEqualTo(799_539_200L);
        // As PEFT prints it for LLaMA 7B with r = 8 beside q_proj and v_proj: "trainable params: 4,194,304".
        var two = Recipes.adapters("lora", Recipes.LLAMA_7B, 1, 8);
        two.withObjectProperty("lora").putArray("targetModules").add("q_proj").add("v_proj");
        assertThat(Recipes.read(two).trainable()).isEqualTo(4_194_304L);
    }
}
