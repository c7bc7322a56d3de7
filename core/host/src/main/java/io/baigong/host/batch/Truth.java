package io.baigong.host.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.host.run.InvalidInput;
import io.baigong.host.run.PlatformJson;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads what a record's sender knows to be right: the member or column {@code truth}, an object whose members are paths of the output,
 * or members such as {@code truth.verdict}, one a path. Kept as an object by path: a word, a number, or a list of words.
 */
final class Truth {
    private static final String MEMBER = "truth";
    private static final String SEPARATOR = ";";

    private final Class<? extends Record> output;
    private final Map<String, OutputField> fields = new HashMap<>();

    Truth(Class<? extends Record> output) {
        this.output = output;
    }

    static boolean isMember(String name) {
        return name.equals(MEMBER) || name.startsWith(MEMBER + ".");
    }

    /**
     * Adds what a member says.
     *
     * @param place where the record is, for people
     * @throws InvalidInput where it is no path of the output, or no value of that member
     */
    void read(String place, String member, JsonNode value, ObjectNode into) throws InvalidInput {
        if (member.length() > MEMBER.length()) {
            add(place, member.substring(MEMBER.length() + 1), value, into);
            return;
        }
        JsonNode all = value;
        if (value.isTextual()) {
            try {
                all = PlatformJson.mapper().readTree(value.textValue());
            } catch (JsonProcessingException e) {
                throw new InvalidInput(
                        "the truth of " + place + " is no JSON object", "Write it as {\"" + example() + "\": …}.");
            }
        }
        if (!all.isObject()) {
            throw new InvalidInput(
                    "the truth of " + place + " is no JSON object", "Write it as {\"" + example() + "\": …}.");
        }
        for (var one : all.properties()) {
            add(place, one.getKey(), one.getValue(), into);
        }
    }

    private String example() {
        var paths = OutputField.paths(output);
        return paths.isEmpty() ? "path" : paths.getFirst();
    }

    private void add(String place, String path, JsonNode value, ObjectNode into) throws InvalidInput {
        if (value.isNull()) {
            return;
        }
        OutputField field = fields.get(path);
        if (field == null) {
            field = OutputField.of(output, path)
                    .orElseThrow(() -> new InvalidInput(
                            "the truth of " + place + " is about " + BatchReader.shortened(path)
                                    + ", which is no word and no number of the output",
                            "It can be about " + String.join(", ", OutputField.paths(output)) + "."));
            fields.put(path, field);
        }
        switch (field.kind()) {
            case LABEL -> into.put(path, word(place, field, value));
            case NUMBER -> into.put(path, number(place, path, value));
            case SET -> {
                ArrayNode words = into.putArray(path);
                if (value.isArray()) {
                    for (JsonNode one : value) {
                        words.add(word(place, field, one));
                    }
                } else {
                    for (String one : value.asText().split(SEPARATOR, -1)) {
                        if (!one.isBlank()) {
                            words.add(word(place, field, words.textNode(one.strip())));
                        }
                    }
                }
            }
        }
    }

    private static String word(String place, OutputField field, JsonNode value) throws InvalidInput {
        String word = value.asText();
        if (!value.isValueNode() || value.isNull()) {
            throw new InvalidInput(
                    "the truth of " + place + " for " + field.path() + " is no word",
                    field.kind() == OutputField.Kind.SET ? "Send a list of words." : "Send one word.");
        }
        if (!field.constants().isEmpty() && !field.constants().contains(word)) {
            throw new InvalidInput(
                    "the truth of " + place + " for " + field.path() + " is " + BatchReader.shortened(word),
                    "It is one of " + String.join(", ", field.constants()) + ".");
        }
        return word;
    }

    private static double number(String place, String path, JsonNode value) throws InvalidInput {
        try {
            double number = value.isNumber() ? value.doubleValue() : Double.parseDouble(value.asText());
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new InvalidInput("the truth of " + place + " for " + path + " is no number", "Send a number.");
    }
}
