package io.baigong.host.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.host.access.Roles;
import io.baigong.host.llm.PlanningView;
import io.baigong.tuning.llm.Gpus;
import io.baigong.tuning.llm.InvalidRecipe;
import io.baigong.tuning.llm.LlmRecipe;
import io.baigong.tuning.llm.Planner;
import io.baigong.tuning.llm.RecipeJson;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What tuning a language model takes, before anything is run. */
@Path("/api/v1/training/plans")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Training")
public class PlanResource {
    /** A recipe and the GPUs that it may run on. */
    public record PlanRequest(
            @Schema(type = SchemaType.OBJECT, description = "a recipe, as the guide to training describes it") @Nullable
            JsonNode recipe,

            @Nullable GpusGiven gpus,

            @Schema(description = "examples to learn from, of DPO pairs; needed where the recipe says epochs") @Nullable
            Long examples) {}

    /** GPUs, as their data sheets describe them. */
    public record GpusGiven(
            @Schema(description = "machines", examples = "1")
            int nodes,

            @Schema(description = "GPUs of each", examples = "8")
            int perNode,

            @Schema(description = "of one GPU, in GiB", examples = "80")
            double memoryGib,

            @Schema(description = "peak of one GPU in the recipe's precision, dense", examples = "989")
            double teraflops,

            @Schema(description = "of the peak, that is reached; 0.4 unless given") @Nullable
            Double share) {}

    @POST
    @RolesAllowed(Roles.MODEL_OWNER)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "planTraining",
            summary = "Memory and time of tuning a language model, for each way to share it out",
            description = "Nothing is run. Where the recipe does not fit, `nearest` is what fits and differs least.")
    @APIResponse(responseCode = "200", description = "The recipe's plan and the others")
    @APIResponse(responseCode = "400", ref = "Problem")
    public PlanningView plan(@Nullable PlanRequest wanted) {
        if (wanted == null || wanted.recipe() == null || wanted.gpus() == null) {
            throw ProblemException.invalid(
                    "a plan is for a recipe on some GPUs", "Send {\"recipe\": {…}, \"gpus\": {…}}.");
        }
        GpusGiven given = wanted.gpus();
        try {
            LlmRecipe recipe = RecipeJson.read(wanted.recipe());
            if (recipe.epochs() != null && wanted.examples() == null) {
                throw ProblemException.invalid(
                        "examples: missing", "The recipe says epochs; say of how many examples.");
            }
            var gpus = new Gpus(
                    given.nodes(),
                    given.perNode(),
                    given.memoryGib(),
                    given.teraflops(),
                    given.share() == null ? 0.4 : given.share());
            return PlanningView.of(Planner.plan(recipe, gpus, wanted.examples() == null ? 1 : wanted.examples()));
        } catch (InvalidRecipe e) {
            throw ProblemException.invalid(e.detail(), e.remedy());
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(String.valueOf(e.getMessage()), "See the data sheet of the GPU.");
        }
    }
}
