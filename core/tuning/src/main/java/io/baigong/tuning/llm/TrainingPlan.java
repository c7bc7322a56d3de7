package io.baigong.tuning.llm;

/**
 * A way to run a recipe, and what it takes.
 *
 * @param steps of the optimiser
 * @param hours at the stated share of the GPUs' peak; all sequences as long as they may be
 * @param fits whether a GPU has the memory
 */
public record TrainingPlan(LlmRecipe recipe, MemoryEstimate memory, long steps, double hours, boolean fits) {
    /**
     * Floating-point operations for a token and a weight: 2 forward and 4 backward, of which 2 are for the gradients of weights and
     * fall away where these do not learn; 2 more where the forward pass is done anew, and 2 for DPO's reference model. The products of
     * attention's scores are left out, a part of {@code s / (6 h)}.
     */
    static int operations(LlmRecipe recipe) {
        int learning = recipe.method() == Method.FULL ? 6 : 4;
        return learning + (recipe.gradientCheckpointing() ? 2 : 0) + (recipe.objective() == Objective.DPO ? 2 : 0);
    }

    /** @param examples to learn from; matters where the recipe says how many epochs */
    static TrainingPlan of(LlmRecipe recipe, Gpus gpus, long examples) {
        MemoryEstimate memory = MemoryEstimate.of(recipe);
        Integer epochs = recipe.epochs();
        Integer given = recipe.steps();
        long steps =
                given != null ? given : Math.ceilDiv(examples, recipe.globalBatch()) * (epochs == null ? 1 : epochs);
        double tokens = (double) steps
                * recipe.globalBatch()
                * recipe.sequenceLength()
                * (recipe.objective() == Objective.DPO ? 2 : 1);
        double operations =
                operations(recipe) * (double) recipe.baseModel().shape().parameters() * tokens;
        double hours = operations / (gpus.all() * gpus.teraflops() * 1e12 * gpus.share()) / 3600;
        return new TrainingPlan(recipe, memory, steps, hours, memory.fits(gpus.memoryGib()));
    }
}
