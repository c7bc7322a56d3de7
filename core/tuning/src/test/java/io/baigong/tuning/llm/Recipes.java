package io.baigong.tuning.llm;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;

/** Recipes and configs of published models. */
final class Recipes {
    /** Sizes of Touvron et al. 2023, arXiv 2302.13971, table 2. */
    static final String LLAMA_65B = llama(80, 8192, 64, 22016);

    static final String LLAMA_7B = llama(32, 4096, 32, 11008);

    /** As Qwen publishes it. */
    static final String QWEN_7B = """
            {"architectures": ["Qwen2ForCausalLM"], "model_type": "qwen2", "hidden_size": 3584, "intermediate_size": 18944,
             "num_attention_heads": 28, "num_hidden_layers": 28, "num_key_value_heads": 4, "vocab_size": 152064,
             "tie_word_embeddings": false, "max_position_embeddings": 32768, "rope_theta": 1000000.0}
            """;

    private static final JsonMapper MAPPER = new JsonMapper();

    private Recipes() {}

    private static String llama(int layers, int hidden, int heads, int intermediate) {
        return """
            {"model_type": "llama", "num_hidden_layers": %d, "hidden_size": %d, "num_attention_heads": %d,
             "intermediate_size": %d, "vocab_size": 32000, "tie_word_embeddings": false, "max_position_embeddings": 2048}
            """.formatted(layers, hidden, heads, intermediate);
    }

    /** Full SFT on so many GPUs, ready to be changed. */
    static ObjectNode full(String config, int gpus) {
        return object("""
            {"objective": "sft", "method": "full", "baseModel": {"name": "base", "config": %s},
             "parallel": {"data": %d, "tensor": 1, "pipeline": 1}, "zeroStage": 0, "precision": "bf16",
             "gradientCheckpointing": true, "sequenceLength": 512, "batch": 1, "accumulation": 1, "steps": 100,
             "learningRate": 1e-5, "seed": 1}
            """.formatted(config, gpus));
    }

    /** With adapters beside all matrices. */
    static ObjectNode adapters(String method, String config, int gpus, int rank) {
        ObjectNode recipe = full(config, gpus).put("method", method);
        recipe.set("lora", object("""
            {"rank": %d, "alpha": 16, "targetModules":
             ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]}
            """.formatted(rank)));
        return recipe;
    }

    static LlmRecipe read(ObjectNode json) {
        try {
            return RecipeJson.read(json);
        } catch (InvalidRecipe e) {
            throw new AssertionError(e);
        }
    }

    static ObjectNode object(String json) {
        try {
            return MAPPER.readValue(json, ObjectNode.class);
        } catch (java.io.IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
