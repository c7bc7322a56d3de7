package io.baigong.host.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.baigong.gateway.proxy.ApiException;
import io.baigong.host.access.Admits;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.openai.FineTuningViews.FineTuningEvent;
import io.baigong.host.openai.FineTuningViews.FineTuningJob;
import io.baigong.host.openai.FineTuningViews.Listing;
import io.baigong.host.run.InvalidInput;
import io.baigong.host.training.TrainingCheckpoints;
import io.baigong.host.training.TrainingJob;
import io.baigong.host.training.TrainingJobs;
import io.baigong.host.training.TrainingWorkers;
import io.baigong.journal.Actor;
import io.baigong.spi.Task;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** {@code /v1/fine_tuning/jobs}, as OpenAI's API has it: a training's model is {@code TASK/RECIPE}. */
@Path("/v1/fine_tuning/jobs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@PermitAll // but for the key
@Tag(name = "OpenAI")
public class FineTuningResource {
    private static final int MOST_LISTED = 100;

    private final Catalogue catalogue;
    private final TrainingJobs jobs;
    private final TrainingWorkers workers;
    private final TrainingKeys keys;
    private final TrainingCheckpoints kept;

    FineTuningResource(
            Catalogue catalogue,
            TrainingJobs jobs,
            TrainingWorkers workers,
            TrainingKeys keys,
            TrainingCheckpoints kept) {
        this.catalogue = catalogue;
        this.jobs = jobs;
        this.workers = workers;
        this.keys = keys;
        this.kept = kept;
    }

    /** A training that is wanted; what recipes fix, as hyperparameters, is not taken. */
    public record Wanted(
            @Nullable String model,
            @JsonProperty("training_file") @Nullable String trainingFile,
            @Nullable Long seed) {}

    @POST
    @Admits(key = true)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createFineTuningJob", summary = "Has a model made")
    public FineTuningJob create(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization, @Nullable Wanted wanted)
            throws ApiException {
        return keys.act(authorization, by -> FineTuningJob.of(added(wanted, by)));
    }

    private TrainingJob added(@Nullable Wanted wanted, Actor by) throws ApiException {
        String model = wanted == null ? null : wanted.model();
        if (wanted == null || model == null || model.indexOf('/') < 0) {
            throw ApiException.invalid("model must be TASK/RECIPE, one of " + String.join(", ", models()), "model");
        }
        String file = wanted.trainingFile();
        UUID learned = file == null || file.isEmpty() ? null : FilesResource.file(file);
        Task<?, ?> task = catalogue
                .find(model.substring(0, model.indexOf('/')))
                .orElseThrow(() -> ApiException.notFound(
                        "There is no such model. There are " + String.join(", ", models()), "model"));
        try {
            TrainingJob job = jobs.add(
                    task,
                    new TrainingJobs.Wanted(
                            model.substring(model.indexOf('/') + 1),
                            learned,
                            wanted.seed() == null ? 1 : wanted.seed(),
                            0),
                    by);
            workers.wake();
            return job;
        } catch (InvalidInput e) {
            throw ApiException.invalid(e.detail() + ". " + e.remedy(), null);
        }
    }

    private List<String> models() {
        return catalogue.tasks().stream()
                .flatMap(task -> task.recipes().stream().map(recipe -> task.id() + "/" + recipe.benchmark()))
                .toList();
    }

    @GET
    @Admits(key = true)
    @Operation(operationId = "listFineTuningJobs", summary = "Trainings, newest first")
    public Listing<FineTuningJob> list(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @DefaultValue("20") int limit)
            throws ApiException {
        return keys.act(authorization, by -> {
            int most = Math.clamp(limit, 1, MOST_LISTED);
            List<TrainingJob> page =
                    jobs.before(after == null ? null : find(after).id(), most + 1);
            return Listing.of(page.stream().limit(most).map(FineTuningJob::of).toList(), page.size() > most);
        });
    }

    @GET
    @Admits(key = true)
    @Path("{id}")
    @Operation(operationId = "retrieveFineTuningJob", summary = "A training")
    public FineTuningJob get(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization, @PathParam("id") String id)
            throws ApiException {
        return keys.act(authorization, by -> FineTuningJob.of(find(id)));
    }

    @POST
    @Admits(key = true)
    @Path("{id}/cancel")
    @Operation(operationId = "cancelFineTuningJob", summary = "Ends a training that waits or runs")
    public FineTuningJob cancel(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization, @PathParam("id") String id)
            throws ApiException {
        return keys.act(authorization, by -> {
            if (!jobs.cancel(find(id), by)) {
                throw ApiException.invalid("This training is over.", "id");
            }
            return FineTuningJob.of(find(id));
        });
    }

    @GET
    @Admits(key = true)
    @Path("{id}/events")
    @Operation(operationId = "listFineTuningEvents", summary = "What happened in a training, newest first")
    public Listing<FineTuningEvent> events(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @PathParam("id") String id,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @DefaultValue("20") int limit)
            throws ApiException {
        return keys.act(authorization, by -> {
            TrainingJob job = find(id);
            int most = Math.clamp(limit, 1, MOST_LISTED);
            List<FineTuningEvent> events = FineTuningEvents.before(job, after, most + 1, jobs, kept);
            return Listing.of(events.stream().limit(most).toList(), events.size() > most);
        });
    }

    @GET
    @Admits(key = true)
    @Path("{id}/checkpoints")
    @Operation(
            operationId = "listFineTuningCheckpoints",
            summary = "Checkpoints of a training that can be called: there are none")
    public Listing<Object> checkpoints(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization, @PathParam("id") String id)
            throws ApiException {
        return keys.act(authorization, by -> {
            find(id);
            return Listing.of(List.of(), false);
        });
    }

    private TrainingJob find(String id) throws ApiException {
        UUID job = FineTuningViews.job(id);
        return Optional.ofNullable(job)
                .flatMap(jobs::find)
                .orElseThrow(() -> ApiException.notFound(
                        "There is no such training. GET /v1/fine_tuning/jobs lists those that there are.", "id"));
    }

    @ServerExceptionMapper
    Response refused(ApiException e) {
        return ModelsResource.answer(e);
    }
}
