package io.baigong.host.rest;

import io.baigong.host.access.Roles;
import io.baigong.host.llm.LlmTraining;
import io.baigong.host.llm.LlmTrainings;
import io.baigong.host.rest.LlmTrainingViews.LlmTrainingView;
import io.baigong.host.rest.LlmTrainingViews.NewLlmTraining;
import io.baigong.host.run.InvalidInput;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Tunings of language models on the cluster. */
@Path("/api/v1/training/language-models")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Training")
public class LlmTrainingResource {
    private final LlmTrainings trainings;
    private final Callers callers;

    LlmTrainingResource(LlmTrainings trainings, Callers callers) {
        this.trainings = trainings;
        this.callers = callers;
    }

    @POST
    @RolesAllowed(Roles.MODEL_OWNER)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "addLanguageModelTraining",
            summary = "Have a language model tuned on the cluster",
            description =
                    "It is planned first: what a GPU has not the memory for is refused, with the nearest that fits.")
    @APIResponse(
            responseCode = "201",
            description = "The training, which waits",
            content = @Content(schema = @Schema(implementation = LlmTrainingView.class)))
    @APIResponse(responseCode = "400", ref = "Problem")
    public Response add(@Nullable NewLlmTraining wanted) {
        callers.needAllTasks();
        if (wanted == null || wanted.recipe() == null || wanted.data() == null || wanted.examples() == null) {
            throw ProblemException.invalid(
                    "a tuning has a recipe, data, and a number of examples",
                    "Send {\"recipe\": {…}, \"data\": …, \"examples\": …}.");
        }
        try {
            LlmTraining training = trainings.add(wanted.recipe(), wanted.data(), wanted.examples(), callers.actor());
            return Response.created(URI.create("/api/v1/training/language-models/" + training.id()))
                    .entity(LlmTrainingView.of(training))
                    .build();
        } catch (InvalidInput e) {
            throw ProblemException.invalid(e.detail(), e.remedy());
        }
    }

    @GET
    @RolesAllowed({Roles.MODEL_OWNER, Roles.AUDITOR})
    @Operation(operationId = "listLanguageModelTrainings", summary = "Tunings of language models, newest first")
    @APIResponse(responseCode = "200", description = "A page of the tenant's")
    @APIResponse(responseCode = "400", ref = "Problem")
    public List<LlmTrainingView> list(
            @QueryParam("offset") @DefaultValue("0") String offset,
            @QueryParam("limit") @DefaultValue("50") String limit) {
        callers.needAllTasks();
        return trainings
                .list(
                        RunListing.number("offset", offset, 0, Integer.MAX_VALUE),
                        RunListing.number("limit", limit, 1, RunListing.MOST_RUNS))
                .stream()
                .map(LlmTrainingView::of)
                .toList();
    }

    @GET
    @RolesAllowed({Roles.MODEL_OWNER, Roles.AUDITOR})
    @Path("{id}")
    @Operation(operationId = "getLanguageModelTraining", summary = "A tuning and how far it is")
    @APIResponse(responseCode = "200", description = "The training")
    @APIResponse(responseCode = "404", ref = "Problem")
    public LlmTrainingView get(@PathParam("id") String id) {
        callers.needAllTasks();
        return LlmTrainingView.of(find(id));
    }

    @POST
    @RolesAllowed(Roles.MODEL_OWNER)
    @Path("{id}/cancellation")
    @Operation(operationId = "cancelLanguageModelTraining", summary = "End a tuning that waits or runs")
    @APIResponse(responseCode = "200", description = "The training, cancelled")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    public LlmTrainingView cancel(@PathParam("id") String id) {
        callers.needAllTasks();
        LlmTraining training = find(id);
        if (!trainings.cancel(training, callers.actor())) {
            throw new ProblemException(Problem.of(
                    409, "refused", "this training is over", "Only one that waits or runs can be cancelled."));
        }
        return LlmTrainingView.of(find(id));
    }

    private LlmTraining find(String id) {
        try {
            return trainings.find(UUID.fromString(id)).orElseThrow(() -> none(id));
        } catch (IllegalArgumentException e) {
            throw none(id);
        }
    }

    private static ProblemException none(String id) {
        return ProblemException.notFound("there is no " + FileNames.last(id), "See /api/v1/training/language-models.");
    }
}
