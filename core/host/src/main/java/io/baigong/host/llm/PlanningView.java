package io.baigong.host.llm;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baigong.tuning.llm.Planner.Planning;
import io.baigong.tuning.llm.TrainingPlan;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a recipe takes, and the other ways to share it out, as REST and the command line write it.
 *
 * @param parameters weights of the model
 * @param nearest the way that fits and differs least; null if none fits
 * @param least the way that takes least memory
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanningView(
        long parameters, PlanView wanted, @Nullable PlanView nearest, PlanView least, List<PlanView> others) {
    public PlanningView {
        others = List.copyOf(others);
    }

    public static PlanningView of(Planning planning) {
        return new PlanningView(
                planning.wanted().recipe().baseModel().shape().parameters(),
                PlanView.of(planning.wanted()),
                planning.nearest().map(PlanView::of).orElse(null),
                PlanView.of(planning.least()),
                planning.others().stream().map(PlanView::of).toList());
    }

    /** What a recipe that does not fit lacks. */
    public static String shortage(TrainingPlan wanted, double memoryGib) {
        return String.format(
                Locale.ROOT,
                "this takes %.1f GiB of each GPU, which has %.0f with a twentieth left free",
                PlanView.of(wanted).memoryGib().total(),
                memoryGib);
    }

    /** What would fit in its place. */
    public static String remedy(Planning planning) {
        return planning.nearest()
                .map(plan -> "The nearest that fits: " + words(PlanView.of(plan)) + ".")
                .orElseGet(() -> "No way of sharing it out fits: the least is "
                        + words(PlanView.of(planning.least()))
                        + ". Take lora or qlora, shorter sequences, more GPUs or larger ones.");
    }

    private static String words(PlanView plan) {
        return String.format(
                Locale.ROOT,
                "parallel.data %d, parallel.tensor %d, zeroStage %d, gradientCheckpointing %b, batch %d, accumulation %d,"
                        + " with %.1f GiB",
                plan.data(),
                plan.tensor(),
                plan.zeroStage(),
                plan.gradientCheckpointing(),
                plan.batch(),
                plan.accumulation(),
                plan.memoryGib().total());
    }
}
