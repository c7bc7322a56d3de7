package io.baigong.host.rest;

import io.baigong.gateway.key.ApiKey;
import io.baigong.gateway.key.ApiKeys;
import io.baigong.gateway.key.KeyAdmission;
import io.baigong.host.access.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Keys with which programs call {@code /v1}. */
@Path("/api/v1/keys")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Keys")
public class ApiKeyResource {
    private final ApiKeys keys;
    private final KeyAdmission admission;
    private final Callers callers;

    ApiKeyResource(ApiKeys keys, KeyAdmission admission, Callers callers) {
        this.keys = keys;
        this.admission = admission;
        this.callers = callers;
    }

    /** What a new key shall be. */
    public record NewKey(
            @Schema(examples = "nightly batch") @Nullable String name,
            @Schema(examples = "600") @Nullable Integer requestsPerMinute,
            @Schema(examples = "8") @Nullable Integer concurrentRequests,
            @Schema(examples = "2000000") @Nullable Long tokensPerDay,
            @Schema(examples = "20.50") @Nullable BigDecimal moneyPerDay,

            @Schema(
                    description = "whether its holder may have models trained at /v1/fine_tuning, as long as you may",
                    examples = "false")
            @Nullable
            Boolean trains) {}

    @POST
    @RolesAllowed({Roles.OPERATOR, Roles.ADMINISTRATOR})
    @Operation(operationId = "issueKey", summary = "Makes a key; its secret is shown this once")
    @APIResponse(responseCode = "201", description = "The key and its secret")
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "401", ref = "Problem")
    public Response issue(@Nullable NewKey wanted) {
        callers.needAllTasks();
        try {
            if (wanted == null || wanted.name == null) {
                throw new IllegalArgumentException("a key needs a name");
            }
            var issued = keys.issue(
                    new ApiKey.Wanted(
                            wanted.name,
                            Optional.ofNullable(wanted.requestsPerMinute),
                            Optional.ofNullable(wanted.concurrentRequests),
                            Optional.ofNullable(wanted.tokensPerDay),
                            Optional.ofNullable(wanted.moneyPerDay),
                            Boolean.TRUE.equals(wanted.trains)),
                    callers.actor());
            return Response.status(201).entity(issued).build();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.of(
                    400,
                    "invalid",
                    String.valueOf(e.getMessage()),
                    "Send {\"name\": …}, and if wanted \"requestsPerMinute\", \"concurrentRequests\","
                            + " \"tokensPerDay\", \"moneyPerDay\" and \"trains\"."));
        }
    }

    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(operationId = "listKeys", summary = "All keys, newest first, without their secrets")
    @APIResponse(responseCode = "200", description = "The keys")
    @APIResponse(responseCode = "401", ref = "Problem")
    public List<ApiKey> all() {
        callers.needAllTasks();
        return keys.all();
    }

    @DELETE
    @RolesAllowed({Roles.OPERATOR, Roles.ADMINISTRATOR})
    @Path("{id}")
    @Operation(operationId = "revokeKey", summary = "Ends a key for good")
    @APIResponse(responseCode = "200", description = "The key as it is now")
    @APIResponse(responseCode = "401", ref = "Problem")
    @APIResponse(responseCode = "404", ref = "Problem")
    public ApiKey revoke(@PathParam("id") UUID id) {
        callers.needAllTasks();
        ApiKey key = keys.revoke(id, callers.actor())
                .orElseThrow(() -> new ProblemException(
                        Problem.of(404, "not-found", "there is no key " + id, "GET /api/v1/keys lists them.")));
        admission.forget();
        return key;
    }
}
