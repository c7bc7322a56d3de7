package io.baigong.tuning.llm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Says what recipes take in memory and time on given GPUs, before anything is run. */
public final class Planner {
    private static final int MOST_EXAMPLES = 1 << 30;

    private Planner() {}

    /**
     * A recipe, and the other ways to share it out.
     *
     * @param wanted the recipe as it was given
     * @param others every other way in which these GPUs can take the same steps: tensor parallelism, stage of ZeRO, checkpointing
     * @param nearest the recipe itself if it fits, else the way that fits and differs least; empty if none fits
     * @param least the way that takes least memory
     */
    public record Planning(
            TrainingPlan wanted, List<TrainingPlan> others, Optional<TrainingPlan> nearest, TrainingPlan least) {
        public Planning {
            others = List.copyOf(others);
        }
    }

    /**
     * Plans a training.
     *
     * @param examples to learn from, of DPO pairs
     * @throws InvalidRecipe if the recipe is for other GPUs
     */
    public static Planning plan(LlmRecipe recipe, Gpus gpus, long examples) throws InvalidRecipe {
        if (examples < 1 || examples > MOST_EXAMPLES) {
            throw new InvalidRecipe("examples", examples + " is not in [1, " + MOST_EXAMPLES + "]", "Count them.");
        }
        if (recipe.parallel().gpus() != gpus.all()) {
            throw new InvalidRecipe(
                    "parallel",
                    "it shares out " + recipe.parallel().gpus() + " GPUs, and there are " + gpus.all(),
                    "Make data times tensor " + gpus.all() + ", or name other GPUs.");
        }
        if (gpus.perNode() % recipe.parallel().tensor() != 0) {
            throw new InvalidRecipe(
                    "parallel.tensor",
                    "a matrix is shared inside a node, which has " + gpus.perNode() + " GPUs",
                    "Take a divisor of it.");
        }
        TrainingPlan wanted = TrainingPlan.of(recipe, gpus, examples);
        List<TrainingPlan> others = ways(recipe, recipe.batch(), gpus, examples);
        others.removeIf(plan -> plan.recipe().equals(recipe));
        var all = new ArrayList<>(others);
        all.add(wanted);
        for (int batch = recipe.batch() / 2; batch >= 1; batch /= 2) {
            all.addAll(ways(recipe, batch, gpus, examples));
        }
        Optional<TrainingPlan> nearest = all.stream().filter(TrainingPlan::fits).min(nearestTo(recipe));
        TrainingPlan least = all.stream()
                .min(Comparator.comparingDouble(plan -> plan.memory().total()))
                .orElseThrow();
        return new Planning(wanted, others, nearest, least);
    }

    /** All ways to take the same steps with batches of one size. */
    private static List<TrainingPlan> ways(LlmRecipe recipe, int batch, Gpus gpus, long examples) {
        var plans = new ArrayList<TrainingPlan>();
        for (int tensor = 1; tensor <= gpus.perNode(); tensor++) {
            if (gpus.perNode() % tensor != 0) {
                continue;
            }
            var parallel = new Parallelism(gpus.all() / tensor, tensor, 1);
            long seen = (long) batch * parallel.data();
            long batches = recipe.globalBatch() / seen;
            if (recipe.globalBatch() % seen != 0 || batches > RecipeRules.MOST) {
                continue;
            }
            int accumulation = Math.toIntExact(batches);
            for (int stage = 0; stage <= 3; stage++) {
                for (boolean checkpointing : new boolean[] {false, true}) {
                    LlmRecipe other = recipe.shared(parallel, stage, checkpointing, batch, accumulation);
                    if (runs(other)) {
                        plans.add(TrainingPlan.of(other, gpus, examples));
                    }
                }
            }
        }
        return plans;
    }

    private static boolean runs(LlmRecipe recipe) {
        try {
            RecipeRules.check(recipe);
            return true;
        } catch (InvalidRecipe _) {
            return false;
        }
    }

    /** Fewest settings changed, then the soonest done, then the least divided. */
    private static Comparator<TrainingPlan> nearestTo(LlmRecipe wanted) {
        return Comparator.<TrainingPlan>comparingInt(plan -> changes(wanted, plan.recipe()))
                .thenComparingDouble(TrainingPlan::hours)
                .thenComparingInt(plan -> plan.recipe().zeroStage())
                .thenComparingInt(plan -> -plan.recipe().batch());
    }

    private static int changes(LlmRecipe one, LlmRecipe other) {
        return (one.parallel().equals(other.parallel()) ? 0 : 1)
                + (one.zeroStage() == other.zeroStage() ? 0 : 1)
                + (one.gradientCheckpointing() == other.gradientCheckpointing() ? 0 : 1)
                + (one.batch() == other.batch() ? 0 : 1);
    }
}
