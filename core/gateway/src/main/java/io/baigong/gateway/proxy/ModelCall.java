package io.baigong.gateway.proxy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A call: its bytes, and the few things in them that the gateway must know. What it does not know is passed on as it came.
 *
 * @param model name that the caller gave
 * @param stream whether the answer shall come as server-sent events
 * @param wantsUsage whether the caller asked for usage at the end of the stream
 * @param maxTokens most tokens of each answer, if the caller says so; else -1
 * @param answers how many answers the caller wants, to all its prompts
 * @param needs what a model must be able to do
 * @param textTokens about how many tokens its texts have, rather too few
 * @param beginning what all turns of one conversation begin with; null if it is none
 * @param end where the closing brace is
 */
@SuppressWarnings("ArrayRecordComponent")
record ModelCall(
        Operation operation,
        byte[] body,
        String model,
        boolean stream,
        boolean wantsUsage,
        long maxTokens,
        int answers,
        Set<Capability> needs,
        long textTokens,
        @Nullable Place beginning,
        Place modelPlace,
        @Nullable Place options,
        int end) {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final String USAGE = "{\"include_usage\":true}";
    private static final int MOST_NAME = 200;
    private static final long MOST_TOKENS = 1_000_000_000;
    private static final int MOST_ANSWERS = 1_000_000;

    /** Bytes {@code [from, to)} of the body. */
    record Place(int from, int to) {}

    /** Reads a body. Throws {@link ApiException} with what is wrong, in OpenAI's terms. */
    static ModelCall read(Operation operation, byte[] body) throws ApiException {
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw ApiException.invalid("The body must be a JSON object.", null);
            }
            String model = null;
            Place place = null;
            Place options = null;
            boolean stream = false;
            boolean usage = false;
            long maxTokens = -1;
            int answers = 1;
            int prompts = 1;
            int beginning = 0;
            var needs = EnumSet.noneOf(Capability.class);
            var conversation = new ConversationScan();
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
                    case "max_tokens", "max_completion_tokens", "max_output_tokens" -> {
                        if (value == JsonToken.VALUE_NUMBER_INT) {
                            maxTokens = Math.max(maxTokens, json.getLongValue());
                        }
                        json.skipChildren();
                    }
                    case "n", "best_of" -> {
                        if (value == JsonToken.VALUE_NUMBER_INT) {
                            answers = Math.max(answers, json.getIntValue());
                        }
                        json.skipChildren();
                    }
                    case "background" -> {
                        if (value == JsonToken.VALUE_TRUE) {
                            throw ApiException.invalid(
                                    "background is not passed on: what it uses could not be counted.", "background");
                        }
                        json.skipChildren();
                    }
                    case "prompt" -> prompts = prompts(json, conversation);
                    case "messages", "input" -> {
                        beginning = from;
                        conversation.read(json);
                    }
                    case "tools" -> {
                        if (value == JsonToken.START_ARRAY && !isEmpty(json)) {
                            needs.add(Capability.TOOLS);
                        }
                    }
                    case "response_format", "text" -> {
                        if (isSchema(json)) {
                            needs.add(Capability.JSON_SCHEMA);
                        }
                    }
                    default -> json.skipChildren();
                }
            }
            int end = (int) json.currentTokenLocation().getByteOffset();
            if (json.nextToken() != null) {
                throw ApiException.invalid("Something follows the JSON object.", null);
            }
            if (model == null || place == null || model.isBlank() || model.length() > MOST_NAME) {
                throw ApiException.invalid("you must provide a model parameter", "model");
            }
            if (place.from < 0 || body[place.from] != '"' || body[place.to - 1] != '"') {
                throw ApiException.invalid("The body must be in UTF-8.", null);
            }
            int all = (int) Math.min(MOST_ANSWERS, (long) answers * prompts);
            needs.addAll(conversation.needs());
            int beginningEnds = conversation.beginningEnds();
            return new ModelCall(
                    operation,
                    body,
                    model,
                    stream,
                    usage,
                    maxTokens,
                    all,
                    needs,
                    conversation.tokens(),
                    beginningEnds < 0 ? null : new Place(beginning, beginningEnds),
                    place,
                    options,
                    end);
        } catch (IOException e) {
            throw ApiException.invalid("We could not parse the JSON body of your request: " + brief(e), null);
        }
    }

    /** How many prompts there are: a text or an array of tokens is one, an array of either is many. */
    private static int prompts(JsonParser json, ConversationScan texts) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            texts.read(json);
            return 1;
        }
        int prompts = 0;
        for (JsonToken each = json.nextToken(); each != JsonToken.END_ARRAY; each = json.nextToken()) {
            if (each == null) {
                throw new IOException("the JSON breaks off");
            }
            prompts += each == JsonToken.VALUE_NUMBER_INT ? 0 : 1;
            texts.read(json);
        }
        return Math.max(1, prompts);
    }

    /** Whether the array that begins is empty; reads it to its end. */
    private static boolean isEmpty(JsonParser json) throws IOException {
        boolean empty = true;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == null) {
                throw new IOException("the JSON breaks off");
            }
            empty = false;
            json.skipChildren();
        }
        return empty;
    }

    /** Whether the form that is wanted of an answer is a schema; reads it to its end. */
    private static boolean isSchema(JsonParser json) throws IOException {
        boolean schema = false;
        int depth = json.currentToken().isStructStart() ? 1 : 0;
        String field = "";
        while (depth > 0) {
            switch (json.nextToken()) {
                case null -> throw new IOException("the JSON breaks off");
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> depth--;
                case FIELD_NAME -> field = json.currentName();
                case VALUE_STRING ->
                    schema |=
                            depth <= 2 && field.equals("type") && json.getText().equals("json_schema");
                default -> {}
            }
        }
        return schema;
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

    /** The first line of what is wrong. */
    static String brief(IOException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    /**
     * The most that the call can use: no token of text is shorter than a byte.
     *
     * @param mostOfAnswer tokens, for a caller that does not say
     * @param price of the tokens, at most
     */
    Cost most(int mostOfAnswer, Price price) {
        long most = maxTokens < 0 ? mostOfAnswer : Math.min(maxTokens, MOST_TOKENS);
        return price.of(body.length, most * answers);
    }

    /**
     * The body for a server that knows the model by another name. A streamed answer is asked to end with its usage.
     *
     * @param mostOfAnswer tokens that an answer may have if the caller does not say; null for no limit
     */
    byte[] bodyFor(String name, @Nullable Integer mostOfAnswer) {
        var edits = new TreeMap<Integer, Edit>();
        edits.put(modelPlace.from, new Edit(modelPlace, quoted(name)));
        var added = new StringBuilder();
        if (stream && !wantsUsage && operation.usageIsAskedFor()) {
            if (options == null) {
                added.append(",\"stream_options\":").append(USAGE);
            } else {
                edits.put(options.from, new Edit(options, USAGE));
            }
        }
        if (mostOfAnswer != null && maxTokens < 0) {
            added.append(",\"" + operation.limit() + "\":").append(mostOfAnswer);
        }
        // At the end, for of a field that is there twice the last counts: the caller may have sent a null.
        edits.put(end, new Edit(new Place(end, end), added.toString()));
        var out = new ByteArrayOutputStream(body.length + 128);
        int at = 0;
        for (Edit edit : edits.values()) {
            out.write(body, at, edit.place.from - at);
            out.writeBytes(edit.text.getBytes(StandardCharsets.UTF_8));
            at = edit.place.to;
        }
        out.write(body, at, body.length - at);
        return out.toByteArray();
    }

    /** Text to be put in a place. */
    private record Edit(Place place, String text) {}

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
