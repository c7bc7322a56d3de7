package io.baigong.host.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.baigong.host.access.Roles;
import io.baigong.host.mlflow.RegisteredModelsResource.OneVersion;
import io.baigong.host.mlflow.RegistryViews.Version;
import io.baigong.host.mlflow.SearchFilter.Entity;
import io.baigong.host.mlflow.SearchFilter.Order;
import io.baigong.host.mlflow.Views.Done;
import io.baigong.host.mlflow.Views.Tag;
import io.baigong.host.model.ModelLife;
import io.baigong.host.rest.Callers;
import io.baigong.journal.Actor;
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
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** {@code model-versions/*} of MLflow's REST API 2.0. */
@Path("/api/2.0/mlflow/model-versions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@org.eclipse.microprofile.openapi.annotations.tags.Tag(name = "MLflow")
public class ModelVersionsResource {
    private final ModelLife life;
    private final VersionsOfRuns made;
    private final Stages stages;
    private final RegistryViews views;
    private final ModelNotes notes;
    private final Tags tags;
    private final Callers callers;

    ModelVersionsResource(
            ModelLife life,
            VersionsOfRuns made,
            Stages stages,
            RegistryViews views,
            ModelNotes notes,
            Tags tags,
            Callers callers) {
        this.life = life;
        this.made = made;
        this.stages = stages;
        this.views = views;
        this.notes = notes;
        this.tags = tags;
        this.callers = callers;
    }

    /** A new version. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "MlflowCreateVersion")
    public record Create(
            @Nullable String name,

            @Schema(examples = "runs:/0197c2b05f3e7c118a523d9e0c1f7a10/model") @Nullable
            String source,

            @Nullable String runId,
            @Nullable List<Tag> tags,
            @Nullable String description) {}

    /** A version, and what is said of it. */
    @Schema(name = "MlflowVersionFields")
    public record Fields(
            @Nullable String name,
            @Nullable String version,
            @Nullable String description) {}

    /** A stage for a version. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "MlflowTransition")
    public record Transition(
            @Nullable String name,
            @Nullable String version,

            @Schema(enumeration = {"Staging", "Production", "Archived"}) @Nullable
            String stage,

            @Nullable Boolean archiveExistingVersions) {}

    /** A tag of a version. */
    @Schema(name = "MlflowVersionTag")
    public record SetTag(
            @Nullable String name,
            @Nullable String version,
            @Nullable String key,
            @Nullable String value) {}

    /** Versions, and how to ask for more. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "MlflowFoundVersions")
    public record Found(
            List<Version> modelVersions, @Nullable String nextPageToken) {}

    /** Where files are. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "MlflowArtifactUri")
    public record Uri(String artifactUri) {}

    @POST
    @Path("create")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(
            operationId = "mlflowCreateVersion",
            summary = "Registers files of a run, or of another version, as a candidate")
    public OneVersion create(@Nullable Create wanted) throws IOException {
        Create given = Given.of(wanted);
        Actor by = callers.actor();
        String role = stages.model(given.name());
        int number = made.register(role, given, by);
        if (given.tags() != null) {
            given.tags().forEach(tag -> tags.set(Tags.Kind.VERSION, RegistryViews.subject(role, number), tag, by));
        }
        return one(role, number);
    }

    private OneVersion one(String role, int number) {
        String wanted = String.valueOf(number);
        return views.versions(role).stream()
                .filter(version -> version.version().equals(wanted))
                .findFirst()
                .map(OneVersion::new)
                .orElseThrow();
    }

    @GET
    @Path("get")
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR, Roles.ADMINISTRATOR
    })
    @Operation(operationId = "mlflowGetVersion", summary = "A version")
    public OneVersion get(@QueryParam("name") @Nullable String name, @QueryParam("version") @Nullable String version) {
        String role = stages.model(name);
        return one(role, stages.version(role, version));
    }

    @GET
    @Path("get-download-uri")
    @RolesAllowed({Roles.AUDITOR, Roles.MODEL_OWNER})
    @Operation(operationId = "mlflowGetDownloadUri", summary = "Where the files of a version are")
    public Uri uri(@QueryParam("name") @Nullable String name, @QueryParam("version") @Nullable String version) {
        String role = stages.model(name);
        return new Uri(RegistryViews.uri(role, stages.version(role, version)));
    }

    @GET
    @Path("search")
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR, Roles.ADMINISTRATOR
    })
    @Operation(operationId = "mlflowSearchVersions", summary = "Versions, newest first")
    public Found search(
            @QueryParam("filter") @Nullable String filter,
            @QueryParam("max_results") @Nullable Integer most,
            @QueryParam("order_by") List<String> orders,
            @QueryParam("page_token") @Nullable String token) {
        SearchFilter asked = SearchFilter.of(filter);
        var found = new ArrayList<>(life.roles().stream()
                .flatMap(role -> views.versions(role).reversed().stream())
                .filter(version -> asked.holds(key -> text(version, key)))
                .toList());
        if (orders.isEmpty()) {
            found.sort(Comparator.comparingLong(Version::lastUpdatedTimestamp).reversed());
        }
        for (String order : orders.reversed()) {
            found.sort(comparator(Order.of(order)));
        }
        var page = Paging.of(most, 1_000, token).of(found);
        return new Found(page.items(), page.next());
    }

    private static Comparator<Version> comparator(Order order) {
        Comparator<Version> by = switch (order.key().name()) {
            case "version_number", "version" -> Comparator.comparingInt(version -> Integer.parseInt(version.version()));
            case "creation_timestamp" -> Comparator.comparingLong(Version::creationTimestamp);
            case "last_updated_timestamp" -> Comparator.comparingLong(Version::lastUpdatedTimestamp);
            default ->
                Comparator.comparing(version -> text(version, order.key()).orElse(""));
        };
        return order.descending() ? by.reversed() : by;
    }

    private static Optional<String> text(Version version, SearchFilter.Key key) {
        if (key.entity() == Entity.TAG) {
            return version.tags().stream()
                    .filter(tag -> key.name().equals(tag.key()))
                    .map(tag -> String.valueOf(tag.value()))
                    .findFirst();
        }
        return switch (key.name()) {
            case "name" -> Optional.of(version.name());
            case "version_number", "version" -> Optional.of(version.version());
            case "run_id" -> Optional.ofNullable(version.runId());
            case "source_path" -> Optional.of(version.source());
            case "creation_timestamp" -> Optional.of(String.valueOf(version.creationTimestamp()));
            case "last_updated_timestamp" -> Optional.of(String.valueOf(version.lastUpdatedTimestamp()));
            default ->
                throw MlflowException.invalid("versions are searched by name, version_number, run_id, source_path,"
                        + " creation_timestamp, last_updated_timestamp and tags.KEY, not by '" + key.name() + "'");
        };
    }

    @POST
    @Path("transition-stage")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(
            operationId = "mlflowTransitionStage",
            summary = "Approves a version (Staging), has it serve (Production) or retires it (Archived)",
            description = "By the same gates and the same two persons as over /api/v1/models.")
    public OneVersion transition(@Nullable Transition wanted) {
        Transition given = Given.of(wanted);
        if (Boolean.TRUE.equals(given.archiveExistingVersions())) {
            throw MlflowException.invalid(
                    "archive_existing_versions would take what served out for good, and with it the way back."
                            + " Leave it out; what served before stays in Staging. Retire it by a call of its own.");
        }
        String role = stages.model(given.name());
        int number = stages.version(role, given.version());
        stages.transition(role, number, given.stage(), callers.actor());
        return one(role, number);
    }

    @PATCH
    @Path("update")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(operationId = "mlflowUpdateVersion", summary = "Describes a version")
    public OneVersion update(@Nullable Fields wanted) {
        Fields given = Given.of(wanted);
        String role = stages.model(given.name());
        int number = stages.version(role, given.version());
        notes.describe(role, number, given.description(), callers.actor());
        return one(role, number);
    }

    @POST
    @Path("set-tag")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(operationId = "mlflowSetVersionTag", summary = "Sets a tag of a version")
    public Done setTag(@Nullable SetTag wanted) {
        SetTag given = Given.of(wanted);
        String role = stages.model(given.name());
        String subject = RegistryViews.subject(role, stages.version(role, given.version()));
        tags.set(Tags.Kind.VERSION, subject, new Tag(given.key(), given.value()), callers.actor());
        return Views.DONE;
    }

    @DELETE
    @Path("delete-tag")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(operationId = "mlflowDeleteVersionTag", summary = "Removes a tag of a version")
    public Done deleteTag(
            @QueryParam("name") @Nullable String name,
            @QueryParam("version") @Nullable String version,
            @QueryParam("key") @Nullable String key) {
        String role = stages.model(name);
        String subject = RegistryViews.subject(role, stages.version(role, version));
        if (!tags.delete(Tags.Kind.VERSION, subject, key == null ? "" : key)) {
            throw MlflowException.missing("The version has no tag of that key.");
        }
        return Views.DONE;
    }
}
