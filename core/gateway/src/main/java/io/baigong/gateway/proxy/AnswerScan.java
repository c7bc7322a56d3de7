package io.baigong.gateway.proxy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * What the gateway reads in an answer, or in one event of a stream.
 *
 * @param hasUsage whether it says how many tokens were used
 * @param inputTokens as the server counts them
 * @param outputTokens as the server counts them
 * @param onlyUsage whether it holds no choice, as the last event of a stream whose usage was asked for
 */
record AnswerScan(boolean hasUsage, long inputTokens, long outputTokens, boolean onlyUsage) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Reads JSON bytes {@code [from, to)}. Throws {@link IOException} when they are not one JSON object. */
    static AnswerScan of(byte[] bytes, int from, int to) throws IOException {
        boolean hasUsage = false;
        boolean onlyUsage = false;
        long[] tokens = new long[2];
        try (JsonParser json = JSON.createParser(bytes, from, to - from)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                if (field.equals("usage") && value == JsonToken.START_OBJECT) {
                    hasUsage = true;
                    readUsage(json, tokens);
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
        return new AnswerScan(hasUsage, tokens[0], tokens[1], hasUsage && onlyUsage);
    }

    private static void readUsage(JsonParser json, long[] tokens) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.VALUE_NUMBER_INT && field.equals("prompt_tokens")) {
                tokens[0] = json.getLongValue();
            } else if (value == JsonToken.VALUE_NUMBER_INT && field.equals("completion_tokens")) {
                tokens[1] = json.getLongValue();
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
