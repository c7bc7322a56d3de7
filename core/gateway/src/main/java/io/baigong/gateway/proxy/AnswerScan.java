package io.baigong.gateway.proxy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;

/**
 * What the gateway reads in an answer, or in one event of a stream.
 *
 * @param hasUsage whether it says how many tokens were used
 * @param inputTokens as the server counts them
 * @param outputTokens as the server counts them
 * @param onlyUsage whether it holds no choice, as the last event of a stream whose usage was asked for
 * @param isLast whether it is the event that ends a stream of the Responses API
 */
record AnswerScan(boolean hasUsage, long inputTokens, long outputTokens, boolean onlyUsage, boolean isLast) {
    private static final Set<String> LAST = Set.of("response.completed", "response.failed", "response.incomplete");

    private static final JsonFactory JSON = new JsonFactory();

    /** Reads JSON bytes {@code [from, to)}. Throws {@link IOException} when they are not one JSON object. */
    static AnswerScan of(byte[] bytes, int from, int to) throws IOException {
        boolean onlyUsage = false;
        boolean isLast = false;
        long[] tokens = {-1, -1};
        try (JsonParser json = JSON.createParser(bytes, from, to - from)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                if (field.equals("usage") && value == JsonToken.START_OBJECT) {
                    readUsage(json, tokens);
                } else if (field.equals("response") && value == JsonToken.START_OBJECT) {
                    readResponse(json, tokens);
                } else if (field.equals("type") && value == JsonToken.VALUE_STRING) {
                    isLast = LAST.contains(json.getText());
                } else if (field.equals("choices") && value == JsonToken.START_ARRAY) {
                    onlyUsage = json.nextToken() == JsonToken.END_ARRAY;
                    if (!onlyUsage) {
                        skipToEnd(json);
                    }
                } else {
                    json.skipChildren();
                }
            }
            if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
                throw new IOException("not one JSON object");
            }
        }
        boolean hasUsage = tokens[0] >= 0 || tokens[1] >= 0;
        return new AnswerScan(hasUsage, Math.max(0, tokens[0]), Math.max(0, tokens[1]), hasUsage && onlyUsage, isLast);
    }

    /** The answer within an event of the Responses API. */
    private static void readResponse(JsonParser json, long[] tokens) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            if (json.nextToken() == JsonToken.START_OBJECT && field.equals("usage")) {
                readUsage(json, tokens);
            } else {
                json.skipChildren();
            }
        }
    }

    private static void readUsage(JsonParser json, long[] tokens) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.VALUE_NUMBER_INT) {
                switch (field) {
                    case "prompt_tokens", "input_tokens" -> tokens[0] = json.getLongValue();
                    case "completion_tokens", "output_tokens" -> tokens[1] = json.getLongValue();
                    default -> {}
                }
            } else {
                json.skipChildren();
            }
        }
    }

    /** From the first token within an array to its end. */
    private static void skipToEnd(JsonParser json) throws IOException {
        for (JsonToken token = json.currentToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token == null) {
                throw new IOException("the JSON breaks off");
            }
            json.skipChildren();
        }
    }
}
