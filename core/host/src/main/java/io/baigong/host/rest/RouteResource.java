package io.baigong.host.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baigong.gateway.admin.RouteAdmin;
import io.baigong.gateway.admin.RouteAdmin.Change;
import io.baigong.gateway.admin.RouteAdmin.Named;
import io.baigong.gateway.admin.RouteConflict;
import io.baigong.gateway.admin.RouteStore.Kind;
import io.baigong.gateway.guard.GuardSettings;
import io.baigong.gateway.proxy.BackendSettings;
import io.baigong.gateway.proxy.ModelSettings;
import io.baigong.gateway.proxy.Routes.Standing;
import io.baigong.host.access.Roles;
import io.baigong.journal.Actor;
import io.quarkus.security.ForbiddenException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The servers and models of the gateway, and what tenants' calls keep to. They are the house's, so tenants other than {@code default} neither see nor change them. */
@Path("/api/v1/gateway")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Gateway")
public class RouteResource {
    private static final String ONLY_NEW = "* refuses to change what is there already";

    private final RouteAdmin admin;
    private final Callers callers;

    RouteResource(RouteAdmin admin, Callers callers) {
        this.admin = admin;
        this.callers = callers;
    }

    /**
     * A server.
     *
     * @param changed who changed it last; missing where the configuration has it, so that it can't be changed here
     * @param outstanding calls from this instance that have no whole answer yet
     * @param failing whether it has failed so often that it is asked last, or its settings can't be used on this instance
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record BackendView(
            String name, BackendSettings settings, @Nullable Change changed, int outstanding, boolean failing) {
        static BackendView of(Named<BackendSettings> backend, @Nullable Standing standing) {
            return new BackendView(
                    backend.name(),
                    backend.settings(),
                    backend.changed().orElse(null),
                    standing == null ? 0 : standing.outstanding(),
                    standing == null || standing.failing());
        }
    }

    /**
     * A model that programs may name.
     *
     * @param changed who changed it last; missing where the configuration has it, so that it can't be changed here
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RouteView(
            String name, ModelSettings settings, @Nullable Change changed) {
        static RouteView of(Named<ModelSettings> model) {
            return new RouteView(model.name(), model.settings(), model.changed().orElse(null));
        }
    }

    /**
     * What is kept to in the calls of a tenant, whose name it has.
     *
     * @param changed who changed it last; missing where the configuration has it, so that it can't be changed here
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record GuardView(
            String name, GuardSettings settings, @Nullable Change changed) {
        static GuardView of(Named<GuardSettings> guard) {
            return new GuardView(guard.name(), guard.settings(), guard.changed().orElse(null));
        }
    }

    @GET
    @Path("backends")
    @RolesAllowed({Roles.OPERATOR, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(operationId = "listBackends", summary = "The servers that models run on, and how they are doing")
    @APIResponse(responseCode = "200", description = "The servers, by name")
    @APIResponse(responseCode = "403", ref = "Problem")
    public List<BackendView> backends() {
        house();
        Map<String, Standing> standings =
                admin.standings().stream().collect(Collectors.toMap(Standing::backend, Function.identity()));
        return admin.backends().stream()
                .map(each -> BackendView.of(each, standings.get(each.name())))
                .toList();
    }

    @PUT
    @Path("backends/{name}")
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putBackend",
            summary = "Adds a server, or changes it",
            description = "What is missing gets its default. The secret is a name in baigong.gateway.secrets.")
    @APIResponse(responseCode = "204", description = "Calls may go there now; on other instances within five seconds")
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "403", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    @APIResponse(responseCode = "412", ref = "Problem")
    public void putBackend(
            @PathParam("name") String name,
            @Parameter(description = ONLY_NEW) @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            @Nullable BackendSettings settings) {
        Actor by = house();
        BackendSettings given = given(settings, "{\"url\": \"http://10.0.0.7:8000/v1\"}");
        onlyNew(ifNoneMatch, name, admin.backends());
        change(() -> admin.put(name, given, by));
    }

    @DELETE
    @Path("backends/{name}")
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Operation(operationId = "removeBackend", summary = "Removes a server that no model names")
    @APIResponse(responseCode = "204", description = "No call goes there any more")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    public void removeBackend(@PathParam("name") String name) {
        remove(Kind.BACKEND, name);
    }

    @GET
    @Path("models")
    @RolesAllowed({Roles.OPERATOR, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(operationId = "listRoutes", summary = "The models that programs may name, and where they run")
    @APIResponse(responseCode = "200", description = "The models, by name")
    @APIResponse(responseCode = "403", ref = "Problem")
    public List<RouteView> models() {
        house();
        return admin.models().stream().map(RouteView::of).toList();
    }

    @PUT
    @Path("models/{name: .+}")
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putRoute",
            summary = "Adds a model, or changes where it runs",
            description = "What is missing gets its default.")
    @APIResponse(responseCode = "204", description = "It may be called now; on other instances within five seconds")
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "403", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    @APIResponse(responseCode = "412", ref = "Problem")
    public void putModel(
            @PathParam("name") String name,
            @Parameter(description = ONLY_NEW) @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            @Nullable ModelSettings settings) {
        Actor by = house();
        ModelSettings given = given(settings, "{\"targets\": [{\"backend\": \"north\"}]}");
        onlyNew(ifNoneMatch, name, admin.models());
        change(() -> admin.put(name, given, by));
    }

    @DELETE
    @Path("models/{name: .+}")
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Operation(operationId = "removeRoute", summary = "Removes a model; calls on their way end as they began")
    @APIResponse(responseCode = "204", description = "It can't be called any more")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    public void removeModel(@PathParam("name") String name) {
        remove(Kind.MODEL, name);
    }

    @GET
    @Path("guards")
    @RolesAllowed({Roles.OPERATOR, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(
            operationId = "listGuards",
            summary = "What is kept to in the calls of tenants that have settings of their own")
    @APIResponse(responseCode = "200", description = "The guards, by tenant")
    @APIResponse(responseCode = "403", ref = "Problem")
    public List<GuardView> guards() {
        house();
        return admin.guards().stream().map(GuardView::of).toList();
    }

    @PUT
    @Path("guards/{tenant}")
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putGuard",
            summary = "Says what is kept to in a tenant's calls, in the place of what holds for every tenant",
            description = "What is missing is off.")
    @APIResponse(responseCode = "204", description = "It holds now; on other instances within five seconds")
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "403", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    @APIResponse(responseCode = "412", ref = "Problem")
    public void putGuard(
            @PathParam("tenant") String tenant,
            @Parameter(description = ONLY_NEW) @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            @Nullable GuardSettings settings) {
        Actor by = house();
        GuardSettings given = given(settings, "{\"zones\": [\"house\"], \"maskPersonalData\": true}");
        onlyNew(ifNoneMatch, tenant, admin.guards());
        change(() -> admin.put(tenant, given, by));
    }

    @DELETE
    @Path("guards/{tenant}")
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Operation(
            operationId = "removeGuard",
            summary = "Removes a tenant's guard; what holds for every tenant holds for it again")
    @APIResponse(responseCode = "204", description = "It holds no longer")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    public void removeGuard(@PathParam("tenant") String tenant) {
        remove(Kind.GUARD, tenant);
    }

    /** The caller, who is of the house. */
    private Actor house() {
        callers.needAllTasks();
        Actor by = callers.actor();
        if (!by.tenant().equals(Actor.DEFAULT_TENANT)) {
            throw new ForbiddenException("servers, models and guards are the house's");
        }
        return by;
    }

    private static <T> T given(@Nullable T settings, String example) {
        if (settings == null) {
            throw ProblemException.invalid("there are no settings", "Send such as " + example + ".");
        }
        return settings;
    }

    /** Refuses to change what was added before, where the caller wants to add (RFC 9110, section 13.1.2). */
    private static void onlyNew(@Nullable String ifNoneMatch, String name, List<? extends Named<?>> there) {
        if ("*".equals(ifNoneMatch)
                && there.stream()
                        .anyMatch(each ->
                                each.name().equals(name) && each.changed().isPresent())) {
            throw new ProblemException(Problem.of(
                    412,
                    "name-taken",
                    name + " is there already",
                    "Change it where it is listed, or choose another name."));
        }
    }

    private void remove(Kind kind, String name) {
        Actor by = house();
        change(() -> {
            if (!admin.remove(kind, name, by)) {
                throw ProblemException.notFound(
                        "there is no " + name,
                        "GET /api/v1/gateway/" + kind.name().toLowerCase(Locale.ROOT) + "s lists them.");
            }
        });
    }

    private static void change(Runnable change) {
        try {
            change.run();
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(
                    String.valueOf(e.getMessage()), "docs/guides/gateway.md says what each setting means.");
        } catch (RouteConflict e) {
            throw new ProblemException(Problem.of(409, "conflict", String.valueOf(e.getMessage()), e.remedy()));
        }
    }
}
