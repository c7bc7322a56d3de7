package io.baigong.host.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.compute.Embeddings;
import io.baigong.gateway.Gateway;
import io.baigong.gateway.key.KeyAdmission;
import io.baigong.gateway.key.UsageLedger;
import io.baigong.gateway.key.UsageMeters;
import io.baigong.gateway.proxy.Admission;
import io.baigong.gateway.proxy.ApiException;
import io.baigong.gateway.proxy.ModelProxy;
import io.baigong.gateway.proxy.Usage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.Future;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The models that answer in process, and the list of all, as OpenAI's API has them. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "OpenAI")
public class OpenAiResource {
    private static final int MOST_TEXTS = 2048;
    private static final int MOST_NAME = 200;
    private static final String BEARER = "Bearer ";

    private final Gateway gateway;
    private final ModelProxy proxy;
    private final KeyAdmission admission;
    private final UsageLedger ledger;
    private final UsageMeters meters;
    private final ObjectMapper mapper;

    OpenAiResource(
            Gateway gateway,
            ModelProxy proxy,
            KeyAdmission admission,
            UsageLedger ledger,
            UsageMeters meters,
            ObjectMapper mapper) {
        this.gateway = gateway;
        this.proxy = proxy;
        this.admission = admission;
        this.ledger = ledger;
        this.meters = meters;
        this.mapper = mapper;
    }

    /** A model that callers may name. */
    public record Model(
            String id,
            String object,
            long created,
            @JsonProperty("owned_by") String ownedBy) {}

    /** A list, as OpenAI's API has them. */
    public record Page<T>(String object, List<T> data) {}

    /** One text's vector: numbers, or their 32-bit little-endian bytes in Base64. */
    public record Vector(String object, int index, Object embedding) {}

    /** Tokens that were read. */
    public record Tokens(
            @JsonProperty("prompt_tokens") long prompt,
            @JsonProperty("total_tokens") long total) {}

    /** The answer to a call of {@code /v1/embeddings}. */
    public record Vectors(String object, List<Vector> data, String model, Tokens usage) {}

    @GET
    @Path("models")
    @Operation(operationId = "listModels", summary = "The models that a key may call")
    public Page<Model> models(@HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization)
            throws ApiException {
        admit(authorization).release(0);
        return new Page<>(
                "list",
                Stream.concat(proxy.models().stream(), gateway.encoders().stream())
                        .distinct()
                        .sorted()
                        .map(name -> new Model(name, "model", 0, "baigong"))
                        .toList());
    }

    @POST
    @Path("embeddings")
    @Operation(operationId = "createEmbeddings", summary = "Texts as vectors")
    public Vectors embeddings(@HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization, byte[] body)
            throws ApiException {
        Instant at = Instant.now();
        long began = System.nanoTime();
        Admission.Permit permit = admit(authorization);
        int status = 500;
        long tokens = 0;
        String model = "";
        try {
            JsonNode request = json(body);
            model = text(request, "model");
            List<String> texts = input(request.path("input"));
            boolean base64 = base64(request);
            // No token is shorter than a character; each text has two markers.
            await(permit.reserve(
                    texts.stream().mapToLong(text -> text.length() + 2).sum()));
            Embeddings embeddings = embed(model, texts, request);
            tokens = Arrays.stream(embeddings.tokens()).sum();
            status = 200;
            return new Vectors(
                    "list",
                    IntStream.range(0, texts.size())
                            .mapToObj(i -> vector(i, embeddings.vectors()[i], base64))
                            .toList(),
                    model,
                    new Tokens(tokens, tokens));
        } catch (ApiException e) {
            status = e.status();
            throw e;
        } finally {
            double millis = (System.nanoTime() - began) / 1e6;
            ledger.andThen(meters)
                    .accept(new Usage(
                            UUID.randomUUID(),
                            permit.key(),
                            "embeddings",
                            model,
                            status == 200 ? "in process" : "",
                            status,
                            false,
                            tokens,
                            0,
                            at,
                            millis,
                            millis));
            permit.release(tokens);
        }
    }

    private Admission.Permit admit(@Nullable String authorization) throws ApiException {
        String secret = authorization != null && authorization.startsWith(BEARER)
                ? authorization.substring(BEARER.length()).strip()
                : "";
        return await(admission.admit(secret));
    }

    private static <T> T await(Future<T> future) throws ApiException {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ApiException refusal) {
                throw refusal;
            }
            throw e;
        }
    }

    private JsonNode json(byte[] body) throws ApiException {
        try {
            JsonNode node = mapper.readTree(body);
            if (!node.isObject()) {
                throw ApiException.invalid("The body must be a JSON object.", null);
            }
            return node;
        } catch (IOException e) {
            throw ApiException.invalid("We could not parse the JSON body of your request.", null);
        }
    }

    private static String text(JsonNode request, String field) throws ApiException {
        String text = request.path(field).textValue();
        if (text == null || text.isBlank() || text.length() > MOST_NAME) {
            throw ApiException.invalid(field + " must be a string.", field);
        }
        return text;
    }

    private static List<String> input(JsonNode input) throws ApiException {
        List<String> texts = new ArrayList<>();
        if (input.isTextual()) {
            texts.add(input.textValue());
        } else if (input.isArray()) {
            for (JsonNode each : input) {
                if (!each.isTextual()) {
                    throw ApiException.invalid(
                            "input must be a string or an array of strings; tokens are not read here.", "input");
                }
                texts.add(each.textValue());
            }
        }
        if (texts.isEmpty() || texts.size() > MOST_TEXTS || texts.stream().anyMatch(String::isEmpty)) {
            throw ApiException.invalid("input must be 1 to " + MOST_TEXTS + " texts, none of them empty.", "input");
        }
        return texts;
    }

    private static boolean base64(JsonNode request) throws ApiException {
        String format = request.path("encoding_format").asText("float");
        if (!format.equals("float") && !format.equals("base64")) {
            throw ApiException.invalid("encoding_format must be float or base64.", "encoding_format");
        }
        return format.equals("base64");
    }

    private Embeddings embed(String model, List<String> texts, JsonNode request) throws ApiException {
        if (!gateway.encoders().contains(model)) {
            throw ApiException.noSuchModel(model);
        }
        try {
            Embeddings embeddings = gateway.embed(model, texts);
            int width = embeddings.vectors()[0].length;
            if (request.path("dimensions").asInt(width) != width) {
                throw ApiException.invalid(
                        "This model has " + width + " dimensions and no other number.", "dimensions");
            }
            return embeddings;
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(String.valueOf(e.getMessage()), "input");
        }
    }

    private static Vector vector(int index, float[] values, boolean base64) {
        if (!base64) {
            return new Vector("embedding", index, values);
        }
        var bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return new Vector("embedding", index, Base64.getEncoder().encodeToString(bytes.array()));
    }

    @ServerExceptionMapper
    Response refused(ApiException e) {
        var response =
                Response.status(e.status()).type(MediaType.APPLICATION_JSON).entity(e.json());
        return (e.status() == 429 || e.status() == 503 ? response.header(HttpHeaders.RETRY_AFTER, "1") : response)
                .build();
    }
}
