package io.baigong.gateway.proxy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A message of a WebSocket: a request, or that one is to be given up.
 *
 * @param correlationId which request it is, in the caller's words; empty if it does not say
 * @param headers of this request, with names in lower case
 * @param request as the operation has it, in UTF-8; null in a message that gives one up
 */
@SuppressWarnings("ArrayRecordComponent")
record SocketMessage(String correlationId, Map<String, String> headers, byte @Nullable [] request) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_ID = 200;
    private static final String FORM =
            "Send {\"correlationId\": …, \"headers\": {…}, \"request\": {…}}, of which all but the request may be left"
                    + " out, or {\"correlationId\": …, \"cancel\": true}.";

    /** Reads a message. Throws {@link ApiException} that says what it should be. */
    static SocketMessage read(String text) throws ApiException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String id = "";
        Map<String, String> headers = Map.of();
        byte[] request = null;
        boolean cancels = false;
        try (JsonParser json = JSON.createParser(bytes)) {
            expect(json.nextToken() == JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                switch (field) {
                    case "correlationId" -> {
                        expect(value == JsonToken.VALUE_STRING && json.getTextLength() <= MOST_ID);
                        id = json.getText();
                    }
                    case "headers" -> headers = headers(json);
                    case "request" -> {
                        expect(value == JsonToken.START_OBJECT);
                        int from = (int) json.currentTokenLocation().getByteOffset();
                        json.skipChildren();
                        request = Arrays.copyOfRange(
                                bytes, from, (int) json.currentLocation().getByteOffset());
                    }
                    case "cancel" -> cancels = value == JsonToken.VALUE_TRUE;
                    default -> json.skipChildren();
                }
            }
            expect(json.nextToken() == null && (request != null) != cancels);
        } catch (IOException e) {
            throw ApiException.invalid("The message is no JSON. " + FORM, null);
        }
        return new SocketMessage(id, headers, request);
    }

    private static Map<String, String> headers(JsonParser json) throws IOException, ApiException {
        expect(json.currentToken() == JsonToken.START_OBJECT);
        var headers = new TreeMap<String, String>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName().toLowerCase(Locale.ROOT);
            expect(json.nextToken() == JsonToken.VALUE_STRING);
            headers.put(name, json.getText());
        }
        return headers;
    }

    private static void expect(boolean so) throws ApiException {
        if (!so) {
            throw ApiException.invalid("The message is no request. " + FORM, null);
        }
    }
}
