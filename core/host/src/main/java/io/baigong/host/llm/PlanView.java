package io.baigong.host.llm;

import io.baigong.tuning.llm.MemoryEstimate;
import io.baigong.tuning.llm.TrainingPlan;

/**
 * A way to run a recipe, as REST and the command line write it.
 *
 * @param data groups that each see other examples
 * @param tensor GPUs that share each matrix
 * @param memoryGib of one GPU
 * @param hours at the stated share of the peak
 * @param fits whether a GPU has the memory
 */
public record PlanView(
        int data,
        int tensor,
        int pipeline,
        int zeroStage,
        boolean gradientCheckpointing,
        int batch,
        int accumulation,
        MemoryView memoryGib,
        long steps,
        double hours,
        boolean fits) {
    /** What a training takes of one GPU, in GiB. */
    public record MemoryView(
            double weights,
            double gradients,
            double optimizer,
            double activations,
            double logits,
            double workspace,
            double total) {
        static MemoryView of(MemoryEstimate memory) {
            return new MemoryView(
                    MemoryEstimate.gib(memory.weights()),
                    MemoryEstimate.gib(memory.gradients()),
                    MemoryEstimate.gib(memory.optimizer()),
                    MemoryEstimate.gib(memory.activations()),
                    MemoryEstimate.gib(memory.logits()),
                    MemoryEstimate.gib(memory.workspace()),
                    MemoryEstimate.gib(memory.total()));
        }
    }

    static PlanView of(TrainingPlan plan) {
        var recipe = plan.recipe();
        return new PlanView(
                recipe.parallel().data(),
                recipe.parallel().tensor(),
                recipe.parallel().pipeline(),
                recipe.zeroStage(),
                recipe.gradientCheckpointing(),
                recipe.batch(),
                recipe.accumulation(),
                MemoryView.of(plan.memory()),
                plan.steps(),
                plan.hours(),
                plan.fits());
    }
}
