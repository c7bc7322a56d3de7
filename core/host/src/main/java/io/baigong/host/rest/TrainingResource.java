package io.baigong.host.rest;

import io.baigong.host.access.Roles;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.rest.TrainingViews.FileView;
import io.baigong.host.rest.TrainingViews.MeasureView;
import io.baigong.host.rest.TrainingViews.NewTraining;
import io.baigong.host.rest.TrainingViews.RecipeView;
import io.baigong.host.rest.TrainingViews.TrainingView;
import io.baigong.host.run.InvalidInput;
import io.baigong.host.training.TrainingFile;
import io.baigong.host.training.TrainingFiles;
import io.baigong.host.training.TrainingJob;
import io.baigong.host.training.TrainingJobs;
import io.baigong.host.training.TrainingWorkers;
import io.baigong.spi.Task;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** Trainings: models made of data that people send or the operator has. */
@Path("/api/v1/training")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Training")
public class TrainingResource {
    private static final String MOST_MEASURES = "20000";

    private final Catalogue catalogue;
    private final TrainingFiles files;
    private final TrainingJobs jobs;
    private final TrainingWorkers workers;
    private final Callers callers;

    TrainingResource(
            Catalogue catalogue, TrainingFiles files, TrainingJobs jobs, TrainingWorkers workers, Callers callers) {
        this.catalogue = catalogue;
        this.files = files;
        this.jobs = jobs;
        this.workers = workers;
        this.callers = callers;
    }

    @GET
    @RolesAllowed({Roles.MODEL_OWNER, Roles.AUDITOR})
    @Path("recipes")
    @Operation(operationId = "listTrainingRecipes", summary = "How models of tasks are made")
    @APIResponse(responseCode = "200", description = "All recipes")
    public List<RecipeView> recipes() {
        return callers.tasks(catalogue).stream()
                .flatMap(task -> task.recipes().stream()
                        .map(recipe -> new RecipeView(
                                task.id().toString(), recipe.benchmark(), jobs.hasData(recipe.benchmark()))))
                .toList();
    }

    @POST
    @RolesAllowed(Roles.MODEL_OWNER)
    @Path("files")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(
            operationId = "addTrainingFile",
            summary = "Send a file to learn from",
            description =
                    "In the format of the recipe's data set; a folder as a zip. Up to 50 MiB: what is larger the operator"
                            + " names in `baigong.training.data`.")
    @APIResponse(
            responseCode = "201",
            description = "The file, kept",
            content = @Content(schema = @Schema(implementation = FileView.class)))
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "413", ref = "Problem")
    public Response addFile(@RestForm("file") @Nullable FileUpload file) throws IOException {
        if (file == null) {
            throw ProblemException.invalid("no file was sent", "Send it as the part file.");
        }
        try {
            TrainingFile kept = files.add(file.uploadedFile(), FileNames.last(file.fileName()), callers.actor());
            return Response.created(URI.create("/api/v1/training/files/" + kept.id()))
                    .entity(FileView.of(kept))
                    .build();
        } catch (InvalidInput e) {
            throw ProblemException.invalid(e.detail(), e.remedy());
        }
    }

    @GET
    @RolesAllowed({Roles.MODEL_OWNER, Roles.AUDITOR})
    @Path("files")
    @Operation(operationId = "listTrainingFiles", summary = "Files to learn from, newest first")
    @APIResponse(responseCode = "200", description = "All of the tenant")
    public List<FileView> files() {
        return files.list().stream().map(FileView::of).toList();
    }

    @DELETE
    @RolesAllowed(Roles.MODEL_OWNER)
    @Path("files/{id}")
    @Operation(
            operationId = "removeTrainingFile",
            summary = "Delete a file that no training needs any more; its digest stays")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    public void removeFile(@PathParam("id") String id) throws IOException {
        try {
            if (!files.remove(id(id), callers.actor())) {
                throw ProblemException.notFound("there is no such file", "See /api/v1/training/files.");
            }
        } catch (InvalidInput e) {
            throw new ProblemException(Problem.of(409, "refused", e.detail(), e.remedy()));
        }
    }

    @POST
    @RolesAllowed(Roles.MODEL_OWNER)
    @Path("jobs")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "addTraining",
            summary = "Have a model made",
            description =
                    "It waits for its turn, runs in a process of its own, and becomes a candidate of its role, which is measured"
                            + " on the data that the operator keeps back.")
    @APIResponse(
            responseCode = "201",
            description = "The training, which waits",
            content = @Content(schema = @Schema(implementation = TrainingView.class)))
    @APIResponse(responseCode = "400", ref = "Problem")
    public Response add(@Nullable NewTraining wanted) {
        if (wanted == null || wanted.recipe() == null) {
            throw ProblemException.invalid(
                    "a training has a task and a recipe",
                    "Send {\"task\": …, \"recipe\": …, \"file\": …}; see /api/v1/training/recipes.");
        }
        Task<?, ?> task = GivenTask.in(catalogue, callers, wanted.task());
        try {
            TrainingJob job = jobs.add(
                    task,
                    new TrainingJobs.Wanted(
                            wanted.recipe(),
                            wanted.file() == null ? null : id(wanted.file()),
                            wanted.seed() == null ? 1 : wanted.seed(),
                            wanted.priority() == null ? 0 : wanted.priority()),
                    callers.actor());
            workers.wake();
            return Response.created(URI.create("/api/v1/training/jobs/" + job.id()))
                    .entity(TrainingView.of(job))
                    .build();
        } catch (InvalidInput e) {
            throw ProblemException.invalid(e.detail(), e.remedy());
        }
    }

    @GET
    @RolesAllowed({Roles.MODEL_OWNER, Roles.AUDITOR})
    @Path("jobs")
    @Operation(operationId = "listTrainings", summary = "Trainings, newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page of the list",
            headers =
                    @Header(
                            name = RunListing.TOTAL,
                            description = "how many trainings there are",
                            schema = @Schema(type = SchemaType.INTEGER)),
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = TrainingView.class)))
    @APIResponse(responseCode = "400", ref = "Problem")
    public Response list(
            @QueryParam("offset") @DefaultValue("0") String offset,
            @QueryParam("limit") @DefaultValue("50") String limit) {
        List<TrainingView> page = jobs
                .list(
                        RunListing.number("offset", offset, 0, Integer.MAX_VALUE),
                        RunListing.number("limit", limit, 1, RunListing.MOST_RUNS))
                .stream()
                .map(TrainingView::of)
                .toList();
        return Response.ok(page).header(RunListing.TOTAL, jobs.total()).build();
    }

    @GET
    @RolesAllowed({Roles.MODEL_OWNER, Roles.AUDITOR})
    @Path("jobs/{id}")
    @Operation(operationId = "getTraining", summary = "A training and how far it is")
    @APIResponse(responseCode = "200", description = "The training")
    @APIResponse(responseCode = "404", ref = "Problem")
    public TrainingView get(@PathParam("id") String id) {
        return TrainingView.of(find(id));
    }

    @GET
    @RolesAllowed({Roles.MODEL_OWNER, Roles.AUDITOR})
    @Path("jobs/{id}/measures")
    @Operation(operationId = "listTrainingMeasures", summary = "Losses and other figures of the learning, oldest first")
    @APIResponse(responseCode = "200", description = "Those after `after`, also while it runs")
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "404", ref = "Problem")
    public List<MeasureView> measures(
            @PathParam("id") String id,
            @QueryParam("after") @DefaultValue("0") String after,
            @QueryParam("limit") @DefaultValue(MOST_MEASURES) String limit) {
        return jobs
                .measures(
                        find(id).id(),
                        RunListing.number("after", after, 0, Integer.MAX_VALUE),
                        RunListing.number("limit", limit, 1, Integer.parseInt(MOST_MEASURES)))
                .stream()
                .map(MeasureView::of)
                .toList();
    }

    @POST
    @RolesAllowed(Roles.MODEL_OWNER)
    @Path("jobs/{id}/cancellation")
    @Operation(operationId = "cancelTraining", summary = "End a training that waits or runs")
    @APIResponse(responseCode = "200", description = "The training, cancelled")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    public TrainingView cancel(@PathParam("id") String id) {
        TrainingJob job = find(id);
        if (!jobs.cancel(job, callers.actor())) {
            throw new ProblemException(Problem.of(
                    409, "refused", "this training is over", "Only one that waits or runs can be cancelled."));
        }
        return TrainingView.of(find(id));
    }

    private TrainingJob find(String id) {
        return jobs.find(id(id)).orElseThrow(() -> none(id));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw none(text);
        }
    }

    private static ProblemException none(String id) {
        return ProblemException.notFound(
                "there is no " + FileNames.last(id), "See /api/v1/training/jobs and /api/v1/training/files.");
    }
}
