package io.baigong.host.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.baigong.host.access.Roles;
import io.baigong.host.mlflow.MlflowException.Code;
import io.baigong.host.mlflow.RegistryViews.Model;
import io.baigong.host.mlflow.RegistryViews.Version;
import io.baigong.host.mlflow.SearchFilter.Entity;
import io.baigong.host.mlflow.SearchFilter.Order;
import io.baigong.host.mlflow.Views.Done;
import io.baigong.host.mlflow.Views.Tag;
import io.baigong.host.model.ModelLife;
import io.baigong.host.rest.Callers;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** {@code registered-models/*} of MLflow's REST API 2.0: the roles that a registered model can fill. */
@Path("/api/2.0/mlflow/registered-models")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@org.eclipse.microprofile.openapi.annotations.tags.Tag(name = "MLflow")
public class RegisteredModelsResource {
    private final ModelLife life;
    private final Stages stages;
    private final RegistryViews views;
    private final ModelNotes notes;
    private final Tags tags;
    private final Callers callers;

    RegisteredModelsResource(
            ModelLife life, Stages stages, RegistryViews views, ModelNotes notes, Tags tags, Callers callers) {
        this.life = life;
        this.stages = stages;
        this.views = views;
        this.notes = notes;
        this.tags = tags;
        this.callers = callers;
    }

    /** A model's name, and what is said of it. */
    @Schema(name = "MlflowModelFields")
    public record Fields(
            @Nullable String name,
            @Nullable String description,
            @Nullable List<Tag> tags) {}

    /** A model. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "MlflowModelAnswer")
    public record One(Model registeredModel) {}

    /** Models, and how to ask for more. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "MlflowModels")
    public record Found(
            List<Model> registeredModels, @Nullable String nextPageToken) {}

    /** Of which model, and in which stages. */
    @Schema(name = "MlflowLatestVersions")
    public record Latest(@Nullable String name, @Nullable List<String> stages) {}

    /** Versions. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "MlflowVersions")
    public record Versions(List<Version> modelVersions) {}

    /** A version. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "MlflowVersionAnswer")
    public record OneVersion(Version modelVersion) {}

    /** A name of a version. */
    @Schema(name = "MlflowSetAlias")
    public record SetAlias(
            @Nullable String name,
            @Nullable String alias,
            @Nullable String version) {}

    /** A tag of a model. */
    @Schema(name = "MlflowModelTag")
    public record SetTag(
            @Nullable String name,
            @Nullable String key,
            @Nullable String value) {}

    @POST
    @Path("create")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(
            operationId = "mlflowCreateRegisteredModel",
            summary = "Tells that a model is there already: models are the roles that tasks ask")
    public One create(@Nullable Fields wanted) {
        String name = stages.model(Given.of(wanted).name());
        throw new MlflowException(
                Code.RESOURCE_ALREADY_EXISTS, "Registered model " + name + " is there already: a task asks this role.");
    }

    @GET
    @Path("get")
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR, Roles.ADMINISTRATOR
    })
    @Operation(operationId = "mlflowGetRegisteredModel", summary = "A model")
    public One get(@QueryParam("name") @Nullable String name) {
        return new One(views.model(stages.model(name)));
    }

    @GET
    @Path("search")
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR, Roles.ADMINISTRATOR
    })
    @Operation(operationId = "mlflowSearchRegisteredModels", summary = "Models by name")
    public Found search(
            @QueryParam("filter") @Nullable String filter,
            @QueryParam("max_results") @Nullable Integer most,
            @QueryParam("order_by") List<String> orders,
            @QueryParam("page_token") @Nullable String token) {
        SearchFilter asked = SearchFilter.of(filter);
        var found = new ArrayList<>(life.roles().stream()
                .map(views::model)
                .filter(model -> asked.holds(key -> key.entity() == Entity.TAG
                        ? model.tags().stream()
                                .filter(tag -> key.name().equals(tag.key()))
                                .map(tag -> String.valueOf(tag.value()))
                                .findFirst()
                        : Optional.of(attribute(model, key.name()))))
                .toList());
        for (String text : orders.reversed()) {
            Order order = Order.of(text);
            Comparator<Model> by = order.key().name().equals("last_updated_timestamp")
                    ? Comparator.comparingLong(Model::lastUpdatedTimestamp)
                    : Comparator.comparing(model -> attribute(model, order.key().name()));
            found.sort(order.descending() ? by.reversed() : by);
        }
        var page = Paging.of(most, 100, token).of(found);
        return new Found(page.items(), page.next());
    }

    private static String attribute(Model model, String name) {
        if (!name.equals("name")) {
            throw MlflowException.invalid("models are searched by name and tags.KEY, not by '" + name + "'");
        }
        return model.name();
    }

    @GET
    @Path("get-latest-versions")
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR, Roles.ADMINISTRATOR
    })
    @Operation(operationId = "mlflowGetLatestVersions", summary = "The latest version of each stage of a model")
    public Versions latest(@QueryParam("name") @Nullable String name, @QueryParam("stages") List<String> wanted) {
        return new Versions(RegistryViews.latest(views.versions(stages.model(name)), wanted));
    }

    @POST
    @Path("get-latest-versions")
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR, Roles.ADMINISTRATOR
    })
    @Operation(operationId = "mlflowAskLatestVersions", summary = "The latest version of each stage of a model")
    public Versions latest(@Nullable Latest wanted) {
        Latest given = Given.of(wanted);
        return latest(given.name(), given.stages() == null ? List.of() : given.stages());
    }

    @GET
    @Path("alias")
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR, Roles.ADMINISTRATOR
    })
    @Operation(operationId = "mlflowGetVersionByAlias", summary = "The version of that alias")
    public OneVersion aliased(@QueryParam("name") @Nullable String name, @QueryParam("alias") @Nullable String alias) {
        return views.versions(stages.model(name)).stream()
                .filter(version -> version.aliases().contains(alias == null ? "" : alias))
                .findFirst()
                .map(OneVersion::new)
                .orElseThrow(() -> MlflowException.missing("No version of that model has this alias."
                        + " While the model that ships serves, none is 'production' or 'serving'."));
    }

    @POST
    @Path("alias")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(
            operationId = "mlflowSetAlias",
            summary = "Has a version serve, by the alias 'production' or 'serving'; others are names only",
            description = "A candidate is approved first, which its gates and the separation of duties may refuse.")
    public Done alias(@Nullable SetAlias wanted) {
        SetAlias given = Given.of(wanted);
        String role = stages.model(given.name());
        int number = stages.version(role, given.version());
        String alias = Keys.key("alias", given.alias());
        if (RegistryViews.SERVING.contains(alias)) {
            stages.serve(role, number, "alias " + alias + " set by a client of MLflow", callers.actor());
        } else {
            notes.name(role, alias, number, callers.actor());
        }
        return Views.DONE;
    }

    @DELETE
    @Path("alias")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(operationId = "mlflowDeleteAlias", summary = "Removes a name that has nothing serve")
    public Done unalias(@QueryParam("name") @Nullable String name, @QueryParam("alias") @Nullable String alias) {
        String role = stages.model(name);
        String given = Keys.key("alias", alias);
        if (RegistryViews.SERVING.contains(given)) {
            throw MlflowException.conflict(
                    "Something always serves. Set the alias to another version, or roll back with POST"
                            + " /api/v1/models/" + role + "/rollback.");
        }
        if (!notes.unname(role, given)) {
            throw MlflowException.missing("Model " + role + " has no such alias.");
        }
        return Views.DONE;
    }

    @PATCH
    @Path("update")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(operationId = "mlflowUpdateRegisteredModel", summary = "Describes a model")
    public One update(@Nullable Fields wanted) {
        Fields given = Given.of(wanted);
        String role = stages.model(given.name());
        notes.describe(role, ModelNotes.MODEL, given.description(), callers.actor());
        return new One(views.model(role));
    }

    @POST
    @Path("set-tag")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(operationId = "mlflowSetModelTag", summary = "Sets a tag of a model")
    public Done setTag(@Nullable SetTag wanted) {
        SetTag given = Given.of(wanted);
        tags.set(Tags.Kind.MODEL, stages.model(given.name()), new Tag(given.key(), given.value()), callers.actor());
        return Views.DONE;
    }

    @DELETE
    @Path("delete-tag")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(operationId = "mlflowDeleteModelTag", summary = "Removes a tag of a model")
    public Done deleteTag(@QueryParam("name") @Nullable String name, @QueryParam("key") @Nullable String key) {
        if (!tags.delete(Tags.Kind.MODEL, stages.model(name), key == null ? "" : key)) {
            throw MlflowException.missing("The model has no tag of that key.");
        }
        return Views.DONE;
    }
}
