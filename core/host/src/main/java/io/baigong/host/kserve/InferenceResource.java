package io.baigong.host.kserve;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.gateway.proxy.ApiException;
import io.baigong.gateway.proxy.ProxyConfig;
import io.baigong.host.access.Admits;
import io.baigong.host.kserve.InferenceModels.Described;
import io.baigong.host.kserve.InferenceModels.Description;
import io.baigong.host.kserve.InferenceModels.Inferred;
import io.baigong.host.kserve.NamedTensor.Floats;
import io.baigong.host.kserve.NamedTensor.Texts;
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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** {@code /v2}: the Open Inference Protocol in JSON. */
@Path("/v2")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@PermitAll // but for the keys
@Tag(name = "Open Inference Protocol")
public class InferenceResource {
    /** Of Triton's binary extension, which is not spoken here. */
    private static final String BINARY = "Inference-Header-Content-Length";

    private final InferenceCalls calls;
    private final ProxyConfig config;
    private final ObjectMapper mapper;

    InferenceResource(InferenceCalls calls, ProxyConfig config, ObjectMapper mapper) {
        this.calls = calls;
        this.config = config;
        this.mapper = mapper;
    }

    /** What the server is. */
    public record Server(String name, String version, List<String> extensions) {}

    /** A model. */
    public record Model(
            String name, List<String> versions, String platform, List<Tensor> inputs, List<Tensor> outputs) {}

    /** A tensor that a model takes or gives. */
    public record Tensor(String name, String datatype, List<Long> shape) {
        static Tensor of(Described described) {
            return new Tensor(described.name(), described.datatype(), described.shape());
        }
    }

    /** What a model gave. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Answer(
            @JsonProperty("model_name") String modelName,
            @Nullable String id,
            List<Output> outputs) {}

    /** An output, flat and row-major. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Output(String name, String datatype, long[] shape, float[] data) {}

    @GET
    @Admits(anyone = true)
    @Operation(operationId = "inferenceServer", summary = "What the server is")
    public Server server() {
        return new Server("baigong", "2", List.of());
    }

    @GET
    @Admits(anyone = true)
    @Path("health/live")
    @Operation(operationId = "inferenceLive", summary = "Whether the server answers")
    public Map<String, Boolean> live() {
        return Map.of("live", true);
    }

    @GET
    @Admits(anyone = true)
    @Path("health/ready")
    @Operation(operationId = "inferenceReady", summary = "Whether models can be asked")
    public Map<String, Boolean> ready() {
        return Map.of("ready", true);
    }

    @GET
    @Admits(key = true)
    @Path("models/{model}")
    @Operation(operationId = "inferenceModel", summary = "What a model takes and gives")
    public Model model(
            @PathParam("model") String model,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @DefaultValue("") String authorization)
            throws ApiException {
        Description description = calls.describe(authorization, model, "");
        return new Model(
                description.name(),
                List.of(),
                description.platform(),
                description.inputs().stream().map(Tensor::of).toList(),
                description.outputs().stream().map(Tensor::of).toList());
    }

    @GET
    @Admits(key = true)
    @Path("models/{model}/ready")
    @Operation(operationId = "inferenceModelReady", summary = "Whether a model can be asked")
    public Map<String, Object> modelReady(
            @PathParam("model") String model,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @DefaultValue("") String authorization)
            throws ApiException {
        calls.describe(authorization, model, "");
        return Map.of("name", model, "ready", true);
    }

    @POST
    @Admits(key = true)
    @Path("models/{model}/infer")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "infer", summary = "Asks a model")
    public Answer infer(
            @PathParam("model") String model,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @DefaultValue("") String authorization,
            @HeaderParam(BINARY) @DefaultValue("") String binary,
            InputStream body)
            throws ApiException {
        var id = new String[1];
        Inferred inferred = calls.infer(authorization, model, "", () -> {
            if (!binary.isEmpty()) {
                throw ApiException.invalid(
                        "Binary data after the JSON are not read; send JSON alone, or use gRPC.", null);
            }
            return request(body, id);
        });
        return new Answer(
                model,
                id[0],
                inferred.outputs().stream()
                        .map(output -> new Output(
                                output.name(), output.data().type(), output.shape(), ((Floats) output.data()).values()))
                        .toList());
    }

    private InferenceCalls.Request request(InputStream body, @Nullable String[] id) throws ApiException {
        try {
            byte[] bytes = body.readNBytes(config.maxRequestBytes() + 1);
            if (bytes.length > config.maxRequestBytes()) {
                throw ApiException.invalid("A request may have at most " + config.maxRequestBytes() + " bytes.", null);
            }
            JsonNode json = mapper.readTree(bytes);
            id[0] = json.path("id").isTextual() ? json.path("id").textValue() : null;
            List<NamedTensor> inputs = new ArrayList<>();
            for (JsonNode input : json.path("inputs")) {
                inputs.add(tensor(input));
            }
            List<String> wanted = new ArrayList<>();
            json.path("outputs")
                    .forEach(output -> wanted.add(output.path("name").asText()));
            return new InferenceCalls.Request(inputs, wanted, bytes.length);
        } catch (IOException e) {
            throw ApiException.invalid("The body can't be read as JSON.", null);
        }
    }

    private static NamedTensor tensor(JsonNode input) throws ApiException {
        String name = input.path("name").asText();
        long[] shape = new long[input.path("shape").size()];
        for (int axis = 0; axis < shape.length; axis++) {
            if (!input.path("shape").path(axis).canConvertToLong()) {
                throw ApiException.invalid("input " + name + " has a shape that is no list of numbers.", name);
            }
            shape[axis] = input.path("shape").path(axis).longValue();
        }
        List<JsonNode> elements = new ArrayList<>();
        RestBodies.flatten(input.path("data"), elements);
        String type = input.path("datatype").asText();
        if (!type.equals("BYTES")) {
            throw ApiException.invalid("input " + name + " must be BYTES, got " + type + ".", name);
        }
        if (!elements.stream().allMatch(JsonNode::isTextual)) {
            throw ApiException.invalid("input " + name + " is BYTES, so its data are texts.", name);
        }
        return NamedTensor.of(
                name,
                shape,
                new Texts(elements.stream().map(JsonNode::textValue).toList()));
    }

    /** Errors as the protocol has them. */
    @ServerExceptionMapper
    Response refused(ApiException e) {
        var response = Response.status(e.status())
                .type(MediaType.APPLICATION_JSON)
                .entity(Map.of("error", String.valueOf(e.getMessage())));
        return (e.status() == 429 || e.status() == 503 ? response.header(HttpHeaders.RETRY_AFTER, "1") : response)
                .build();
    }
}
