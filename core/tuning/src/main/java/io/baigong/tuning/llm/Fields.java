package io.baigong.tuning.llm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The fields of a JSON object, each of which is there and of its kind or refused with its path. */
final class Fields {
    private static final int MOST_SIZE = 1 << 24;
    private static final int MOST_COUNT = 1 << 12;

    private final String path;
    private final JsonNode node;
    private final Set<String> read = new HashSet<>();

    Fields(String path, JsonNode node) throws InvalidRecipe {
        this.path = path;
        this.node = node;
        if (!node.isObject()) {
            throw new InvalidRecipe(path.isEmpty() ? "recipe" : path, "no JSON object", "Write {…}.");
        }
    }

    String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Whether it is there and not null. */
    boolean has(String name) {
        read.add(name);
        return node.hasNonNull(name);
    }

    private JsonNode need(String name) throws InvalidRecipe {
        if (!has(name)) {
            throw new InvalidRecipe(path(name), "missing", "Nothing has a default; give it.");
        }
        return node.get(name);
    }

    private InvalidRecipe wrong(String name, String remedy) {
        String given = node.get(name).toString();
        return new InvalidRecipe(
                path(name), given.length() > 80 ? "not of its kind" : given + " is not of its kind", remedy);
    }

    Fields object(String name) throws InvalidRecipe {
        return new Fields(path(name), need(name));
    }

    String text(String name) throws InvalidRecipe {
        if (!need(name).isTextual()) {
            throw wrong(name, "It is a text.");
        }
        return node.get(name).textValue();
    }

    List<String> texts(String name) throws InvalidRecipe {
        var texts = new ArrayList<String>();
        for (JsonNode each : need(name)) {
            texts.add(each.isTextual() ? each.textValue() : "");
        }
        return texts;
    }

    long whole(String name) throws InvalidRecipe {
        if (!need(name).isIntegralNumber() || !node.get(name).canConvertToLong()) {
            throw wrong(name, "It is a whole number.");
        }
        return node.get(name).longValue();
    }

    int integer(String name) throws InvalidRecipe {
        long whole = whole(name);
        if (whole != (int) whole) {
            throw wrong(name, "It is a whole number of at most " + Integer.MAX_VALUE + ".");
        }
        return (int) whole;
    }

    /** A size of a model: from 1 to 16,777,216. */
    int size(String name) throws InvalidRecipe {
        return upTo(MOST_SIZE, name);
    }

    /** How many layers or heads there are, or how wide a head is: from 1 to 4096, with which no product of sizes overflows. */
    int count(String name) throws InvalidRecipe {
        return upTo(MOST_COUNT, name);
    }

    private int upTo(int most, String name) throws InvalidRecipe {
        int size = integer(name);
        if (size < 1 || size > most) {
            throw wrong(name, "It is from 1 to " + most + "; copy config.json as it is.");
        }
        return size;
    }

    double number(String name) throws InvalidRecipe {
        if (!need(name).isNumber()) {
            throw wrong(name, "It is a number.");
        }
        return node.get(name).doubleValue();
    }

    boolean flag(String name) throws InvalidRecipe {
        if (!need(name).isBoolean()) {
            throw wrong(name, "It is true or false.");
        }
        return node.get(name).booleanValue();
    }

    <E extends Enum<E>> E one(String name, Class<E> kind) throws InvalidRecipe {
        String given = text(name);
        for (E each : kind.getEnumConstants()) {
            if (name(each).equals(given)) {
                return each;
            }
        }
        throw wrong(
                name,
                "It is one of "
                        + String.join(
                                ", ",
                                Arrays.stream(kind.getEnumConstants())
                                        .map(Fields::name)
                                        .toList())
                        + ".");
    }

    /** As JSON names it. */
    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Throws where there are fields that nobody asked for. */
    void refuseOthers() throws InvalidRecipe {
        for (String name : (Iterable<String>) node::fieldNames) {
            if (!read.contains(name)) {
                throw new InvalidRecipe(
                        path(name.length() > 80 ? name.substring(0, 80) : name),
                        "there is no such field",
                        "The fields are "
                                + String.join(", ", read.stream().sorted().toList()) + ".");
            }
        }
    }
}
