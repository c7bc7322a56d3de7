package io.baigong.host.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.baigong.gateway.key.KeyAdmission;
import io.baigong.gateway.proxy.Admission;
import io.baigong.gateway.proxy.ApiException;
import io.baigong.gateway.proxy.Cost;
import io.baigong.gateway.proxy.ModelProxy;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** {@code /v1/models}. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "OpenAI")
public class ModelsResource {
    private final ModelProxy proxy;
    private final KeyAdmission admission;

    ModelsResource(ModelProxy proxy, KeyAdmission admission) {
        this.proxy = proxy;
        this.admission = admission;
    }

    /** A model that callers may name. */
    public record Model(
            String id,
            String object,
            long created,
            @JsonProperty("owned_by") String ownedBy) {}

    /** The models, as OpenAI's API has lists. */
    public record Models(String object, List<Model> data) {}

    @GET
    @PermitAll // but for the key
    @Path("models")
    @Operation(operationId = "listModels", summary = "The models that a key may call")
    public Uni<Models> models(@HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        return Uni.createFrom()
                .completionStage(
                        () -> admission.admit(Admission.secret(authorization)).toCompletionStage())
                .map(permit -> {
                    permit.release(Cost.NOTHING);
                    return new Models(
                            "list",
                            proxy.models().stream()
                                    .map(name -> new Model(name, "model", 0, "baigong"))
                                    .toList());
                });
    }

    @ServerExceptionMapper
    Response refused(ApiException e) {
        return answer(e);
    }

    /** As OpenAI's API says it. */
    static Response answer(ApiException e) {
        var response =
                Response.status(e.status()).type(MediaType.APPLICATION_JSON).entity(e.json());
        return (e.status() == 429 || e.status() == 503 ? response.header(HttpHeaders.RETRY_AFTER, "1") : response)
                .build();
    }
}
