package io.baigong.tuning.llm;

import org.jspecify.annotations.Nullable;

/**
 * How a language model is tuned. {@link RecipeJson} reads and writes it, {@link RecipeRules} say what can be run.
 *
 * @param lora for {@link Method#LORA} and {@link Method#QLORA}, else null
 * @param zeroStage what the GPUs of a data-parallel group divide: 0 nothing, 1 the optimiser's states, 2 and gradients, 3 and weights
 *     (Rajbhandari et al. 2020, arXiv 1910.02054)
 * @param gradientCheckpointing whether activations inside a layer are computed anew when gradients need them
 * @param sequenceLength tokens; what is longer is cut
 * @param batch examples that one data-parallel group sees at once; of DPO, pairs
 * @param accumulation such batches to a step
 * @param epochs how often all examples are seen; null where {@code steps} is given
 * @param steps of the optimiser; null where {@code epochs} is given
 * @param learningRate the highest
 */
public record LlmRecipe(
        Objective objective,
        Method method,
        @Nullable Lora lora,
        BaseModel baseModel,
        Parallelism parallel,
        int zeroStage,
        FloatFormat precision,
        boolean gradientCheckpointing,
        int sequenceLength,
        int batch,
        int accumulation,
        @Nullable Integer epochs,
        @Nullable Integer steps,
        double learningRate,
        long seed) {
    /** Examples to a step of the optimiser. */
    public long globalBatch() {
        return (long) batch * accumulation * parallel.data();
    }

    /** The same learning, shared by GPUs in another way. */
    LlmRecipe shared(Parallelism parallel, int zeroStage, boolean gradientCheckpointing, int batch, int accumulation) {
        return new LlmRecipe(
                objective,
                method,
                lora,
                baseModel,
                parallel,
                zeroStage,
                precision,
                gradientCheckpointing,
                sequenceLength,
                batch,
                accumulation,
                epochs,
                steps,
                learningRate,
                seed);
    }

    /** Weights that learn. */
    long trainable() {
        return lora == null ? baseModel.shape().parameters() : lora.parameters(baseModel.shape());
    }
}
