package io.baigong.tuning.llm;

import io.baigong.tuning.llm.DecoderShape.Linear;
import java.util.HashSet;
import java.util.Map;
import java.util.regex.Pattern;

/** What Transformers, PEFT, TRL and DeepSpeed can be asked for. */
final class RecipeRules {
    /** Of one name or two, none of which is a way up. */
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,95}(/[A-Za-z0-9][A-Za-z0-9._-]{0,95})?");

    private static final long MOST_WEIGHTS = 10_000_000_000_000L;
    private static final int MOST_RANK = 1024;

    /** Of batches, accumulated ones, and groups of GPUs. */
    static final int MOST = 1 << 20;

    private static final long MOST_SEED = (1L << 32) - 1;

    private RecipeRules() {}

    /** Throws for the first thing that no engine does. */
    static LlmRecipe check(LlmRecipe recipe) throws InvalidRecipe {
        checkModel(recipe);
        checkLora(recipe);
        checkNumbers(recipe);
        checkParallelism(recipe);
        return recipe;
    }

    private static void checkModel(LlmRecipe recipe) throws InvalidRecipe {
        if (!NAME.matcher(recipe.baseModel().name()).matches()) {
            throw new InvalidRecipe(
                    "baseModel.name",
                    "no name of a model",
                    "Give the folder's name below the folder of models, such as Qwen2.5-7B or Qwen/Qwen2.5-7B.");
        }
        if (recipe.baseModel().shape().parameters() > MOST_WEIGHTS) {
            throw new InvalidRecipe(
                    "baseModel.config", "more than 10,000 billion weights", "Copy config.json as it is.");
        }
        int positions = recipe.baseModel().shape().positions();
        need("sequenceLength", recipe.sequenceLength(), 8, positions, "The model's config has as many positions.");
    }

    private static void checkLora(LlmRecipe recipe) throws InvalidRecipe {
        Lora lora = recipe.lora();
        if ((recipe.method() == Method.FULL) != (lora == null)) {
            throw new InvalidRecipe(
                    "lora",
                    lora == null ? "missing" : "the method full has no adapters",
                    "Give lora with the methods lora and qlora, and with these only.");
        }
        if (lora != null) {
            Map<String, Linear> linears = recipe.baseModel().shape().linears();
            need("lora.rank", lora.rank(), 1, MOST_RANK, "Common are 8 to 64.");
            need("lora.alpha", lora.alpha(), 1, MOST, "Common is the rank, or twice as much.");
            if (lora.targetModules().isEmpty()
                    || !linears.keySet().containsAll(lora.targetModules())
                    || new HashSet<>(lora.targetModules()).size()
                            < lora.targetModules().size()) {
                throw new InvalidRecipe(
                        "lora.targetModules",
                        "none, one twice, or one that the model has not",
                        "Name some of " + String.join(", ", linears.keySet()) + ".");
            }
        }
        if (recipe.method() == Method.QLORA && recipe.precision() != FloatFormat.BF16) {
            throw new InvalidRecipe(
                    "precision", "TRL keeps the adapters of qlora in bf16", "Set it to bf16, or the method to lora.");
        }
    }

    private static void checkNumbers(LlmRecipe recipe) throws InvalidRecipe {
        need("zeroStage", recipe.zeroStage(), 0, 3, "0 divides nothing, 3 all.");
        need("batch", recipe.batch(), 1, MOST, "It is what one GPU sees at once.");
        need("accumulation", recipe.accumulation(), 1, MOST, "1 takes a step after each batch.");
        Integer epochs = recipe.epochs();
        Integer steps = recipe.steps();
        if ((epochs == null) == (steps == null)) {
            throw new InvalidRecipe("epochs", "either epochs or steps say when it ends", "Give one of them.");
        }
        need("epochs", epochs == null ? 1 : epochs, 1, 1000, "Common are 1 to 3.");
        need("steps", steps == null ? 1 : steps, 1, Integer.MAX_VALUE, "Or give epochs.");
        if (!(recipe.learningRate() > 0 && recipe.learningRate() < 1)) {
            throw new InvalidRecipe(
                    "learningRate", "not in (0, 1)", "Common are 1e-5 for full and 1e-4 for lora and qlora.");
        }
        if (recipe.seed() < 0 || recipe.seed() > MOST_SEED) {
            throw new InvalidRecipe("seed", "not in [0, " + MOST_SEED + "]", "NumPy takes no other.");
        }
    }

    /**
     * Tensor parallelism is DeepSpeed's AutoTP for training, which goes with ZeRO 1 and 2 inside a node; PEFT has no adapters for
     * divided matrices, and TRL does not divide DPO's reference model. No engine behind Transformers' Trainer has pipelines.
     */
    private static void checkParallelism(LlmRecipe recipe) throws InvalidRecipe {
        Parallelism parallel = recipe.parallel();
        need("parallel.data", parallel.data(), 1, MOST, "It is the GPUs divided by parallel.tensor.");
        need("parallel.tensor", parallel.tensor(), 1, 64, "1 for none.");
        if (parallel.pipeline() != 1) {
            throw new InvalidRecipe(
                    "parallel.pipeline",
                    "Transformers' Trainer has no pipelines, with DeepSpeed or without",
                    "Set it to 1; zeroStage 3 divides the layers' weights too.");
        }
        if (parallel.tensor() == 1) {
            return;
        }
        if (recipe.method() != Method.FULL) {
            throw new InvalidRecipe(
                    "parallel.tensor",
                    "PEFT has no adapters for divided matrices",
                    "Set it to 1 and zeroStage to 3, or the method to full.");
        }
        if (recipe.objective() == Objective.DPO) {
            throw new InvalidRecipe(
                    "parallel.tensor", "TRL does not divide DPO's reference model", "Set it to 1 and zeroStage to 3.");
        }
        if (recipe.zeroStage() != 1 && recipe.zeroStage() != 2) {
            throw new InvalidRecipe(
                    "zeroStage", "DeepSpeed divides matrices with ZeRO 1 and 2", "Set it so, or parallel.tensor to 1.");
        }
        DecoderShape shape = recipe.baseModel().shape();
        if (shape.keyValueHeads() % parallel.tensor() != 0 || shape.heads() % parallel.tensor() != 0) {
            throw new InvalidRecipe(
                    "parallel.tensor",
                    "it does not divide " + shape.heads() + " heads and " + shape.keyValueHeads()
                            + " of keys and values",
                    "Take a divisor of both.");
        }
    }

    private static void need(String field, int value, int least, int most, String remedy) throws InvalidRecipe {
        if (value < least || value > most) {
            throw new InvalidRecipe(field, value + " is not in [" + least + ", " + most + "]", remedy);
        }
    }
}
