package io.baigong.tuning.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.tuning.llm.DecoderShape.Family;

/**
 * Recipes as JSON. Nothing has a default: what is written down is what is run.
 *
 * <p>{@code baseModel.config} is the {@code config.json} of the model, of which the sizes are read.
 */
public final class RecipeJson {
    private RecipeJson() {}

    /**
     * Reads and checks a recipe.
     *
     * @throws InvalidRecipe naming the first field that is missing, wrong, unknown, or asks for what no engine does
     */
    public static LlmRecipe read(JsonNode json) throws InvalidRecipe {
        var fields = new Fields("", json);
        var objective = fields.one("objective", Objective.class);
        var method = fields.one("method", Method.class);
        Lora lora = fields.has("lora") ? lora(fields.object("lora")) : null;
        BaseModel model = model(fields.object("baseModel"));
        Parallelism parallel = parallel(fields.object("parallel"));
        var recipe = new LlmRecipe(
                objective,
                method,
                lora,
                model,
                parallel,
                fields.integer("zeroStage"),
                fields.one("precision", FloatFormat.class),
                fields.flag("gradientCheckpointing"),
                fields.integer("sequenceLength"),
                fields.integer("batch"),
                fields.integer("accumulation"),
                fields.has("epochs") ? fields.integer("epochs") : null,
                fields.has("steps") ? fields.integer("steps") : null,
                fields.number("learningRate"),
                fields.whole("seed"));
        fields.refuseOthers();
        return RecipeRules.check(recipe);
    }

    private static Lora lora(Fields fields) throws InvalidRecipe {
        var lora = new Lora(fields.integer("rank"), fields.integer("alpha"), fields.texts("targetModules"));
        fields.refuseOthers();
        return lora;
    }

    private static Parallelism parallel(Fields fields) throws InvalidRecipe {
        var parallel = new Parallelism(fields.integer("data"), fields.integer("tensor"), fields.integer("pipeline"));
        fields.refuseOthers();
        return parallel;
    }

    private static BaseModel model(Fields fields) throws InvalidRecipe {
        var model = new BaseModel(fields.text("name"), shape(fields.object("config")));
        fields.refuseOthers();
        return model;
    }

    /** From a {@code config.json} of Transformers, whose many other fields do not matter here. */
    static DecoderShape shape(Fields config) throws InvalidRecipe {
        if (config.has("quantization_config")) {
            throw new InvalidRecipe(
                    config.path("quantization_config"),
                    "the weights are quantised already",
                    "Begin from the model as it was published; qlora brings it to 4 bits itself.");
        }
        var family = config.one("model_type", Family.class);
        int hidden = config.size("hidden_size");
        int heads = config.count("num_attention_heads");
        int keyValueHeads = config.has("num_key_value_heads") ? config.count("num_key_value_heads") : heads;
        if (heads % keyValueHeads != 0 || (!config.has("head_dim") && hidden % heads != 0)) {
            throw new InvalidRecipe(
                    config.path("num_attention_heads"),
                    heads + " heads do not fit " + keyValueHeads + " heads of keys and values and a width of " + hidden,
                    "Copy config.json as it is.");
        }
        return new DecoderShape(
                family,
                config.count("num_hidden_layers"),
                hidden,
                heads,
                keyValueHeads,
                config.has("head_dim") ? config.count("head_dim") : hidden / heads,
                config.size("intermediate_size"),
                config.size("vocab_size"),
                config.has("tie_word_embeddings") && config.flag("tie_word_embeddings"),
                config.has("attention_bias") && config.flag("attention_bias"),
                config.has("mlp_bias") && config.flag("mlp_bias"),
                config.size("max_position_embeddings"));
    }

    /** As {@link #read} takes it. Of the model's config, what was read. */
    public static ObjectNode write(LlmRecipe recipe) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("objective", Fields.name(recipe.objective()))
                .put("method", Fields.name(recipe.method()));
        Lora lora = recipe.lora();
        if (lora != null) {
            ObjectNode node = json.putObject("lora").put("rank", lora.rank()).put("alpha", lora.alpha());
            lora.targetModules().forEach(node.putArray("targetModules")::add);
        }
        write(recipe.baseModel(), json.putObject("baseModel"));
        json.putObject("parallel")
                .put("data", recipe.parallel().data())
                .put("tensor", recipe.parallel().tensor())
                .put("pipeline", recipe.parallel().pipeline());
        json.put("zeroStage", recipe.zeroStage())
                .put("precision", Fields.name(recipe.precision()))
                .put("gradientCheckpointing", recipe.gradientCheckpointing())
                .put("sequenceLength", recipe.sequenceLength())
                .put("batch", recipe.batch())
                .put("accumulation", recipe.accumulation());
        if (recipe.epochs() != null) {
            json.put("epochs", recipe.epochs());
        }
        if (recipe.steps() != null) {
            json.put("steps", recipe.steps());
        }
        return json.put("learningRate", recipe.learningRate()).put("seed", recipe.seed());
    }

    private static void write(BaseModel model, ObjectNode json) {
        DecoderShape shape = model.shape();
        json.put("name", model.name())
                .putObject("config")
                .put("model_type", Fields.name(shape.family()))
                .put("num_hidden_layers", shape.layers())
                .put("hidden_size", shape.hidden())
                .put("num_attention_heads", shape.heads())
                .put("num_key_value_heads", shape.keyValueHeads())
                .put("head_dim", shape.headWidth())
                .put("intermediate_size", shape.intermediate())
                .put("vocab_size", shape.vocabulary())
                .put("tie_word_embeddings", shape.tied())
                .put("attention_bias", shape.attentionBias())
                .put("mlp_bias", shape.mlpBias())
                .put("max_position_embeddings", shape.positions());
    }
}
