package io.baigong.host.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A member of a task's output that can be measured against a truth, by its path: {@code verdict}, {@code codes.code} for that member of
 * all items of a list, {@code findings.length} for how many items a list has.
 *
 * @param constants what a constant or truth value may be; empty for other texts and for numbers
 */
record OutputField(String path, Kind kind, List<String> constants) {
    private static final String LENGTH = "length";

    /** How it is measured. */
    enum Kind {
        /** One word: right or wrong. */
        LABEL,
        /** Words of a list's items: each there or not. */
        SET,
        /** A number: near or far. */
        NUMBER
    }

    /** The field at a path of outputs of that type; empty if there is none, or one that is no word and no number. */
    static Optional<OutputField> of(Class<?> output, String path) {
        Type type = output;
        boolean many = false;
        for (String name : path.split("\\.", -1)) {
            Type item = item(type);
            if (item != null && name.equals(LENGTH) && component(item, LENGTH) == null) {
                return many || !path.endsWith(LENGTH)
                        ? Optional.empty()
                        : Optional.of(new OutputField(path, Kind.NUMBER, List.of()));
            }
            many |= item != null;
            type = component(item == null ? type : item, name);
            if (type == null) {
                return Optional.empty();
            }
        }
        Type item = item(type);
        return leaf(path, item == null ? type : item, many || item != null);
    }

    private static Optional<OutputField> leaf(String path, Type type, boolean many) {
        if (!(type instanceof Class<?> raw) || raw.isRecord() || Collection.class.isAssignableFrom(raw)) {
            return Optional.empty();
        }
        boolean isNumber =
                raw != char.class && raw != boolean.class && (raw.isPrimitive() || Number.class.isAssignableFrom(raw));
        List<String> constants = raw.isEnum()
                ? Arrays.stream(raw.getEnumConstants())
                        .map(constant -> ((Enum<?>) constant).name())
                        .toList()
                : raw == boolean.class || raw == Boolean.class ? List.of("true", "false") : List.of();
        return Optional.of(new OutputField(path, many ? Kind.SET : isNumber ? Kind.NUMBER : Kind.LABEL, constants));
    }

    private static @Nullable Type item(Type type) {
        return type instanceof ParameterizedType list
                        && list.getRawType() instanceof Class<?> raw
                        && Collection.class.isAssignableFrom(raw)
                ? list.getActualTypeArguments()[0]
                : null;
    }

    private static @Nullable Type component(Type type, String name) {
        return type instanceof Class<?> raw && raw.isRecord()
                ? Arrays.stream(raw.getRecordComponents())
                        .filter(component -> component.getName().equals(name))
                        .map(RecordComponent::getGenericType)
                        .findFirst()
                        .orElse(null)
                : null;
    }

    /** All paths that can be measured, for people. */
    static List<String> paths(Class<?> output) {
        return Arrays.stream(output.getRecordComponents())
                .flatMap(component -> {
                    String name = component.getName();
                    Type item = item(component.getGenericType());
                    var paths = new ArrayList<>(List.of(name));
                    if (item instanceof Class<?> raw && raw.isRecord()) {
                        Arrays.stream(raw.getRecordComponents())
                                .forEach(part -> paths.add(name + "." + part.getName()));
                    }
                    return paths.stream();
                })
                .filter(path -> of(output, path).isPresent())
                .toList();
    }

    /** The words that an output has here: none where it has no value. */
    Set<String> words(JsonNode output) {
        return values(output).stream()
                .filter(value -> value.isValueNode() && !value.isNull())
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The number that an output has here, if any. */
    OptionalDouble number(JsonNode output) {
        List<JsonNode> values = values(output);
        return values.size() == 1 && values.getFirst().isNumber()
                ? OptionalDouble.of(values.getFirst().doubleValue())
                : OptionalDouble.empty();
    }

    private List<JsonNode> values(JsonNode output) {
        List<JsonNode> values = List.of(output);
        for (String name : path.split("\\.", -1)) {
            var next = new ArrayList<JsonNode>();
            for (JsonNode value : values) {
                if (kind == Kind.NUMBER && name.equals(LENGTH) && value.isArray()) {
                    next.add(IntNode.valueOf(value.size()));
                } else if (value.isArray()) {
                    value.forEach(one -> next.add(one.path(name)));
                } else {
                    next.add(value.path(name));
                }
            }
            values = next;
        }
        var flat = new ArrayList<JsonNode>();
        for (JsonNode value : values) {
            if (value.isArray()) {
                value.forEach(flat::add);
            } else {
                flat.add(value);
            }
        }
        return flat;
    }
}
