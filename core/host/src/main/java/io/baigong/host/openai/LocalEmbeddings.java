package io.baigong.host.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.compute.Embeddings;
import io.baigong.gateway.Gateway;
import io.baigong.gateway.proxy.ApiException;
import io.baigong.gateway.proxy.LocalModels;
import io.baigong.gateway.proxy.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** {@code embeddings} by the encoders in this process, as OpenAI's API has them. */
public final class LocalEmbeddings implements LocalModels {
    private static final int MOST_TEXTS = 2048;

    private final Gateway gateway;
    private final ObjectMapper mapper = new ObjectMapper();

    public LocalEmbeddings(Gateway gateway) {
        this.gateway = gateway;
    }

    /** One text's vector: numbers, or their 32-bit little-endian bytes in Base64. */
    private record Vector(String object, int index, Object embedding) {}

    private record Tokens(
            @JsonProperty("prompt_tokens") long prompt,
            @JsonProperty("total_tokens") long total) {}

    private record Vectors(String object, List<Vector> data, String model, Tokens usage) {}

    @Override
    public Set<String> names(Operation operation) {
        return operation == Operation.EMBEDDINGS ? gateway.encoders() : Set.of();
    }

    @Override
    public Answer answer(Operation operation, String model, byte[] body) throws ApiException {
        try {
            JsonNode request = mapper.readTree(body);
            List<String> texts = input(request.path("input"));
            boolean base64 = base64(request);
            Embeddings embeddings = embed(model, texts, request);
            long tokens = Arrays.stream(embeddings.tokens()).sum();
            List<Vector> vectors = IntStream.range(0, texts.size())
                    .mapToObj(i -> vector(i, embeddings.vectors()[i], base64))
                    .toList();
            return new Answer(
                    mapper.writeValueAsBytes(new Vectors("list", vectors, model, new Tokens(tokens, tokens))), tokens);
        } catch (IOException e) {
            throw ApiException.invalid("We could not parse the JSON body of your request.", null);
        }
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
}
