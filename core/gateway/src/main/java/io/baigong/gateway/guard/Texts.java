package io.baigong.gateway.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The texts in a question or an answer of OpenAI's API: all but the protocol's own words, and what pictures and sound are made of. */
final class Texts {
    static final ObjectMapper JSON = new ObjectMapper();

    /** Fields that name things of the protocol. */
    private static final Set<String> PROTOCOL = Set.of(
            "model",
            "role",
            "type",
            "id",
            "object",
            "call_id",
            "item_id",
            "tool_call_id",
            "previous_response_id",
            "name",
            "detail",
            "encoding_format",
            "finish_reason",
            "status",
            "system_fingerprint",
            "service_tier");

    private Texts() {}

    /** Changes each text where it stands, and returns the node, or another in its place. */
    static JsonNode changed(JsonNode node, UnaryOperator<String> change) {
        return walk(node, "", change);
    }

    /** The texts, in order. */
    static List<String> in(JsonNode node) {
        var texts = new ArrayList<String>();
        walk(node, "", text -> {
            texts.add(text);
            return text;
        });
        return texts;
    }

    private static JsonNode walk(JsonNode node, String field, UnaryOperator<String> change) {
        switch (node) {
            case ObjectNode object ->
                object.properties().forEach(each -> each.setValue(walk(each.getValue(), each.getKey(), change)));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, walk(array.get(i), field, change));
                }
            }
            case TextNode text
            when !PROTOCOL.contains(field) && !text.textValue().startsWith("data:") -> {
                return TextNode.valueOf(
                        field.equals("arguments")
                                ? arguments(text.textValue(), change)
                                : change.apply(text.textValue()));
            }
            default -> {}
        }
        return node;
    }

    /** Arguments of a tool are JSON in a text; a number that is personal data becomes a text there. */
    private static String arguments(String text, UnaryOperator<String> change) {
        try {
            JsonNode arguments = JSON.readTree(text);
            return arguments.isContainerNode()
                    ? JSON.writeValueAsString(walkArguments(arguments, change))
                    : change.apply(text);
        } catch (IOException e) {
            return change.apply(text);
        }
    }

    private static JsonNode walkArguments(JsonNode node, UnaryOperator<String> change) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(each -> each.setValue(walkArguments(each.getValue(), change)));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, walkArguments(array.get(i), change));
            }
        } else if (node.isTextual()) {
            return TextNode.valueOf(change.apply(node.textValue()));
        } else if (node.isIntegralNumber()) {
            String changed = change.apply(node.asText());
            return changed.equals(node.asText()) ? node : TextNode.valueOf(changed);
        }
        return node;
    }
}
