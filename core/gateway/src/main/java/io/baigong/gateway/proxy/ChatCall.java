package io.baigong.gateway.proxy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A call of {@code /v1/chat/completions} or {@code /v1/completions}: its bytes, and the few things in them that the gateway must
 * know. What it does not know is passed on as it came.
 *
 * @param model name that the caller gave
 * @param stream whether the answer shall come as server-sent events
 * @param wantsUsage whether the caller asked for usage at the end of the stream
 */
@SuppressWarnings("ArrayRecordComponent")
record ChatCall(
        byte[] body,
        String model,
        boolean stream,
        boolean wantsUsage,
        Place modelPlace,
        @Nullable Place options) {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** Bytes {@code [from, to)} of the body. */
    record Place(int from, int to) {}

    /** Reads a body. Throws {@link ApiException} with what is wrong, in OpenAI's terms. */
    static ChatCall read(byte[] body) throws ApiException {
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw ApiException.invalid("The body must be a JSON object.", null);
            }
            String model = null;
            Place place = null;
            Place options = null;
            boolean stream = false;
            boolean usage = false;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                int from = (int) json.currentTokenLocation().getByteOffset();
                switch (field) {
                    case "model" -> {
                        if (value != JsonToken.VALUE_STRING) {
                            throw ApiException.invalid("model must be a string.", "model");
                        }
                        model = json.getText();
                        place = new Place(from, (int) json.currentLocation().getByteOffset());
                    }
                    case "stream" -> stream = value == JsonToken.VALUE_TRUE;
                    case "stream_options" -> {
                        usage = includesUsage(json, value);
                        options = new Place(from, (int) json.currentLocation().getByteOffset());
                    }
                    default -> json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                throw ApiException.invalid("Something follows the JSON object.", null);
            }
            if (model == null || place == null || model.isBlank()) {
                throw ApiException.invalid("you must provide a model parameter", "model");
            }
            return new ChatCall(body, model, stream, usage, place, options);
        } catch (IOException e) {
            throw ApiException.invalid("We could not parse the JSON body of your request: " + brief(e), null);
        }
    }

    private static boolean includesUsage(JsonParser json, JsonToken value) throws IOException {
        boolean usage = false;
        if (value == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                boolean truth = json.nextToken() == JsonToken.VALUE_TRUE;
                usage |= field.equals("include_usage") && truth;
                json.skipChildren();
            }
        }
        return usage;
    }

    private static String brief(IOException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    /** The body for a server that knows the model by another name. A streamed answer is asked to end with its usage. */
    byte[] bodyFor(String name) {
        var out = new ByteArrayOutputStream(body.length + 64);
        byte[] quoted = ('"' + new String(JsonStringEncoder.getInstance().quoteAsString(name)) + '"')
                .getBytes(StandardCharsets.UTF_8);
        byte[] usage = "{\"include_usage\":true}".getBytes(StandardCharsets.UTF_8);
        boolean ask = stream && !wantsUsage;
        int at = 0;
        if (ask && options == null) {
            int open = openingBrace();
            out.write(body, 0, open + 1);
            out.writeBytes("\"stream_options\":{\"include_usage\":true},".getBytes(StandardCharsets.UTF_8));
            at = open + 1;
        }
        Place first = modelPlace;
        byte[] firstBytes = quoted;
        if (ask && options != null) {
            boolean before = options.from < modelPlace.from;
            first = before ? options : modelPlace;
            firstBytes = before ? usage : quoted;
            Place second = before ? modelPlace : options;
            at = replace(out, at, first, firstBytes);
            at = replace(out, at, second, before ? quoted : usage);
        } else {
            at = replace(out, at, first, firstBytes);
        }
        out.write(body, at, body.length - at);
        return out.toByteArray();
    }

    private int replace(ByteArrayOutputStream out, int at, Place place, byte[] bytes) {
        out.write(body, at, place.from - at);
        out.writeBytes(bytes);
        return place.to;
    }

    private int openingBrace() {
        int at = 0;
        while (body[at] != '{') {
            at++;
        }
        return at;
    }
}
