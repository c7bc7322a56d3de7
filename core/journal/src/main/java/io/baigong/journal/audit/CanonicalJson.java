package io.baigong.journal.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON that is the same bytes for the same content (RFC 8785), but for numbers with a fraction or an exponent: those are
 * written as the shortest decimal that {@link java.math.BigDecimal} prints, so that none loses a digit.
 */
public final class CanonicalJson {
    private final StringBuilder out = new StringBuilder(512);

    private CanonicalJson() {}

    /** Maps by their sorted keys, lists, texts and whole numbers. */
    public static String of(Map<String, ?> object) {
        var json = new CanonicalJson();
        json.value(object);
        return json.out.toString();
    }

    /** A JSON value of any kind. */
    public static String of(JsonNode value) {
        var json = new CanonicalJson();
        json.node(value);
        return json.out.toString();
    }

    private void value(Object value) {
        switch (value) {
            case String text -> text(text);
            case Integer number -> out.append(number);
            case Long number -> out.append(number);
            case JsonNode node -> node(node);
            case Map<?, ?> map -> {
                char before = '{';
                for (var member : new TreeMap<>(map).entrySet()) {
                    out.append(before);
                    text((String) member.getKey());
                    out.append(':');
                    value(member.getValue());
                    before = ',';
                }
                out.append(before == '{' ? "{}" : "}");
            }
            case List<?> list -> {
                char before = '[';
                for (Object element : list) {
                    out.append(before);
                    value(element);
                    before = ',';
                }
                out.append(before == '[' ? "[]" : "]");
            }
            default -> throw new IllegalArgumentException("no JSON is made of a " + value.getClass());
        }
    }

    private void node(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, JsonNode> members = new TreeMap<>();
                node.forEachEntry(members::put);
                value(members);
            }
            case ARRAY -> {
                char before = '[';
                for (JsonNode element : node) {
                    out.append(before);
                    node(element);
                    before = ',';
                }
                out.append(before == '[' ? "[]" : "]");
            }
            case STRING -> text(node.textValue());
            case NUMBER -> out.append(node.decimalValue().stripTrailingZeros());
            default -> out.append(node.asText());
        }
    }

    private void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
