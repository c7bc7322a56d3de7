package io.baigong.host.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.baigong.host.access.Roles;
import io.baigong.host.mlflow.Experiments.Experiment;
import io.baigong.host.mlflow.Experiments.Stage;
import io.baigong.host.mlflow.Views.Done;
import io.baigong.host.mlflow.Views.Tag;
import io.baigong.host.rest.Callers;
import io.baigong.journal.Actor;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** {@code experiments/*} of MLflow's REST API 2.0. */
@Path("/api/2.0/mlflow/experiments")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@org.eclipse.microprofile.openapi.annotations.tags.Tag(name = "MLflow")
public class ExperimentsResource {
    private final Experiments experiments;
    private final Tags tags;
    private final Callers callers;

    ExperimentsResource(Experiments experiments, Tags tags, Callers callers) {
        this.experiments = experiments;
        this.tags = tags;
        this.callers = callers;
    }

    /** A new experiment. {@code artifact_location} is ours to choose. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "MlflowCreateExperiment")
    public record Create(
            @Nullable String name,
            @Nullable String artifactLocation,
            @Nullable List<Tag> tags) {}

    /** Its number. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "MlflowExperimentId")
    public record Id(@Nullable String experimentId) {}

    /** An experiment. */
    @Schema(name = "MlflowExperimentAnswer")
    public record One(Views.Experiment experiment) {}

    /** Which experiments are wanted. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "MlflowSearchExperiments")
    public record Search(
            @Nullable Integer maxResults,
            @Nullable String pageToken,
            @Nullable String filter,
            @Nullable List<String> orderBy,
            @Nullable String viewType) {}

    /** Experiments, and how to ask for more. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "MlflowExperiments")
    public record Found(
            List<Views.Experiment> experiments, @Nullable String nextPageToken) {}

    /** A new name. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "MlflowRenameExperiment")
    public record Rename(
            @Nullable String experimentId, @Nullable String newName) {}

    /** A tag. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "MlflowTagExperiment")
    public record SetTag(
            @Nullable String experimentId,
            @Nullable String key,
            @Nullable String value) {}

    @POST
    @Path("create")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(operationId = "mlflowCreateExperiment", summary = "Makes an experiment")
    public Id create(@Nullable Create wanted) {
        Create given = Given.of(wanted);
        if (given.artifactLocation() != null && !given.artifactLocation().isEmpty()) {
            throw MlflowException.invalid(
                    "artifact_location can't be chosen here; leave it out. Files go through this server.");
        }
        Actor by = callers.actor();
        Experiment made = experiments.create(given.name(), by);
        if (given.tags() != null) {
            given.tags().forEach(tag -> tags.set(Tags.Kind.EXPERIMENT, made.number(), tag, by));
        }
        return new Id(made.number());
    }

    @GET
    @Path("get")
    @RolesAllowed({Roles.AUDITOR, Roles.MODEL_OWNER})
    @Operation(operationId = "mlflowGetExperiment", summary = "An experiment by its number")
    public One get(@QueryParam("experiment_id") @Nullable String id) {
        return one(experiments.find(id, callers.actor()));
    }

    @GET
    @Path("get-by-name")
    @RolesAllowed({Roles.AUDITOR, Roles.MODEL_OWNER})
    @Operation(operationId = "mlflowGetExperimentByName", summary = "An experiment by its name")
    public One named(@QueryParam("experiment_name") @Nullable String name) {
        return one(experiments.named(name, callers.actor()));
    }

    private One one(Experiment experiment) {
        return new One(views(List.of(experiment)).getFirst());
    }

    private List<Views.Experiment> views(List<Experiment> found) {
        Map<String, List<Tag>> labels = tags.of(
                Tags.Kind.EXPERIMENT, found.stream().map(Experiment::number).toList());
        return found.stream()
                .map(one -> new Views.Experiment(
                        one.number(),
                        one.name(),
                        "mlflow-artifacts:/" + one.number(),
                        Views.stage(one.deleted()),
                        one.changedAt(),
                        one.createdAt(),
                        labels.getOrDefault(one.number(), List.of())))
                .toList();
    }

    @GET
    @Path("search")
    @RolesAllowed({Roles.AUDITOR, Roles.MODEL_OWNER})
    @Operation(operationId = "mlflowListExperiments", summary = "Experiments, those that were changed last first")
    public Found list(
            @QueryParam("max_results") @Nullable Integer most,
            @QueryParam("page_token") @Nullable String token,
            @QueryParam("filter") @Nullable String filter,
            @QueryParam("order_by") List<String> orders,
            @QueryParam("view_type") @Nullable String view) {
        return search(new Search(most, token, filter, orders, view));
    }

    @POST
    @Path("search")
    @RolesAllowed({Roles.AUDITOR, Roles.MODEL_OWNER})
    @Operation(operationId = "mlflowSearchExperiments", summary = "Experiments, those that were changed last first")
    public Found search(@Nullable Search wanted) {
        Search given = Given.of(wanted);
        var page = experiments.search(
                given.filter(),
                Stage.of(given.viewType()),
                given.orderBy() == null ? List.of() : given.orderBy(),
                Paging.of(given.maxResults(), 1_000, given.pageToken()),
                callers.actor());
        return new Found(views(page.items()), page.next());
    }

    @POST
    @Path("update")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(operationId = "mlflowUpdateExperiment", summary = "Renames an experiment")
    public Done rename(@Nullable Rename wanted) {
        Rename given = Given.of(wanted);
        experiments.rename(experiments.find(given.experimentId(), callers.actor()), given.newName(), callers.actor());
        return Views.DONE;
    }

    @POST
    @Path("delete")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(operationId = "mlflowDeleteExperiment", summary = "Deletes an experiment so that it can be restored")
    public Done delete(@Nullable Id wanted) {
        return delete(Given.of(wanted), true);
    }

    @POST
    @Path("restore")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(operationId = "mlflowRestoreExperiment", summary = "Restores an experiment")
    public Done restore(@Nullable Id wanted) {
        return delete(Given.of(wanted), false);
    }

    private Done delete(Id given, boolean deleted) {
        Actor by = callers.actor();
        experiments.delete(experiments.find(given.experimentId(), by), deleted, by);
        return Views.DONE;
    }

    @POST
    @Path("set-experiment-tag")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(operationId = "mlflowSetExperimentTag", summary = "Sets a tag of an experiment")
    public Done setTag(@Nullable SetTag wanted) {
        SetTag given = Given.of(wanted);
        Actor by = callers.actor();
        tags.set(
                Tags.Kind.EXPERIMENT,
                experiments.find(given.experimentId(), by).number(),
                new Tag(given.key(), given.value()),
                by);
        return Views.DONE;
    }
}
