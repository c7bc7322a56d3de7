package io.baigong.host.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.gateway.Gateway;
import io.baigong.host.access.Roles;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.registry.ModelLocation;
import io.baigong.registry.Registry;
import io.baigong.registry.RunKey;
import io.baigong.registry.history.ModelHistories;
import io.baigong.registry.history.ModelHistory;
import io.baigong.registry.history.Share;
import io.baigong.spi.ModelRole;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Which model fills which role. */
@Path("/api/v1/models")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Models")
public class ModelResource {
    private final Catalogue catalogue;
    private final Registry registry;
    private final Gateway gateway;
    private final ModelHistories histories;
    private final ObjectMapper json;

    ModelResource(
            Catalogue catalogue, Registry registry, Gateway gateway, ModelHistories histories, ObjectMapper json) {
        this.catalogue = catalogue;
        this.registry = registry;
        this.gateway = gateway;
        this.histories = histories;
        this.json = json;
    }

    /** Where a model comes from. */
    public enum Origin {
        /** It came with the suite. */
        SHIPPED,
        /** A folder of the operator's. */
        OPERATOR,
        /** A registered version that was promoted. */
        REGISTERED,
        /** The platform's own for this kind of role. */
        PLATFORM
    }

    /** A role, and what fills it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Serving(
            @Schema(examples = "finance.clause-tagger") String role,
            ModelRole.Kind kind,

            @Schema(examples = "[\"finance.contract-review\"]")
            List<String> tasks,

            Origin origin,
            @Schema(examples = "clause-tagger") @Nullable String name,
            @Schema(examples = "1") @Nullable String version,

            @Schema(
                    description = "candidates that came after the version that serves and wait for an approval",
                    examples = "0")
            int waiting,

            @Schema(
                    description =
                            "how versions share the role's runs; 0 is the model that ships. Absent when one gets all")
            @Nullable
            List<Share> shares) {}

    /** A role, what fills it, and its model card. */
    public record Card(
            Serving serving,

            @Schema(description = "Markdown; empty when there is none")
            String card) {}

    @GET
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR, Roles.ADMINISTRATOR
    })
    @Operation(operationId = "listModelRoles", summary = "All roles, and the model that fills each")
    @APIResponse(responseCode = "200", description = "The roles, by name")
    public List<Serving> all() throws IOException {
        var all = new ArrayList<Serving>();
        Map<String, ModelHistory> known = histories.all();
        for (ModelRole role : registry.roles()) {
            all.add(serving(role, Optional.ofNullable(known.get(role.name()))));
        }
        all.sort(Comparator.comparing(Serving::role));
        return all;
    }

    @GET
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR, Roles.ADMINISTRATOR
    })
    @Path("{role}")
    @Operation(operationId = "getModelRole", summary = "A role, the model that fills it, and its model card")
    @APIResponse(responseCode = "200", description = "The role")
    @APIResponse(responseCode = "404", ref = "Problem")
    public Card one(@PathParam("role") String name) throws IOException {
        ModelRole role = registry.roles().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        ProblemException.notFound("there is no role " + FileNames.last(name), "See /api/v1/models."));
        return new Card(
                serving(role, Optional.of(histories.of(role.name()))),
                gateway.beside(name, "README.md")
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .orElse(""));
    }

    private Serving serving(ModelRole role, Optional<ModelHistory> history) throws IOException {
        Optional<byte[]> description = gateway.beside(role.name(), "model.json");
        JsonNode model = description.isPresent() ? json.readTree(description.get()) : json.nullNode();
        return new Serving(
                role.name(),
                role.kind(),
                catalogue.tasks().stream()
                        .filter(task -> task.roles().contains(role))
                        .map(task -> task.id().toString())
                        .toList(),
                switch (registry.locate(role.name(), RunKey.NONE)) {
                    case ModelLocation.Shipped _ -> Origin.SHIPPED;
                    case ModelLocation.Folder _ -> Origin.OPERATOR;
                    case ModelLocation.Registered _ -> Origin.REGISTERED;
                    case ModelLocation.Platform _ -> Origin.PLATFORM;
                },
                model.path("name").textValue(),
                model.path("version").textValue(),
                history.map(ModelHistory::waiting).map(List::size).orElse(0),
                history.map(ModelHistory::shares)
                        .filter(shares -> shares.size() > 1)
                        .orElse(null));
    }
}
