package io.baigong.finance.playbook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.finance.playbook.InvalidPlaybook.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * A YAML or JSON file as a JSON tree that knows the line and column of each value. Bounded: no aliases, one document, and
 * limits on bytes, depth and number of values.
 *
 * @param places by JSON Pointer: {@code line, column}, both from 1
 */
record MarkedJson(JsonNode root, Map<String, Place> places) {
    static final int MOST_BYTES = 1 << 20;
    private static final int DEEPEST = 12;
    private static final int MOST_VALUES = 20_000;

    record Place(int line, int column) {}

    static MarkedJson read(byte[] file) throws InvalidPlaybook {
        if (file.length > MOST_BYTES) {
            throw fault(0, 0, "the playbook is larger than 1 MiB; split it into smaller playbooks");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
        } catch (CharacterCodingException e) {
            throw fault(0, 0, "the playbook is not UTF-8 text; save it as UTF-8");
        }
        boolean json = text.stripLeading().startsWith("{");
        guardDepth(text);
        // YAML allows no tabs as indentation, JSON does; within a JSON string a raw tab isn't allowed anyway.
        String source = json ? text.replace('\t', ' ') : text;
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel("playbook")
                    .setAllowDuplicateKeys(false)
                    .setCodePointLimit(MOST_BYTES)
                    .build();
            var composer = new Composer(settings, new ParserImpl(settings, new StreamReader(settings, source)));
            Node root = composer.getSingleNode()
                    .orElseThrow(() -> fault(0, 0, "the playbook is empty; begin with: playbook: my-playbook"));
            var reading = new Reading();
            JsonNode tree = reading.read(root, "", 0);
            return new MarkedJson(tree, reading.places);
        } catch (MarkedYamlEngineException e) {
            Place place = e.getProblemMark().map(MarkedJson::place).orElse(new Place(0, 0));
            throw fault(place.line(), place.column(), "not valid " + (json ? "JSON" : "YAML") + ": " + e.getProblem());
        } catch (YamlEngineException e) {
            throw fault(0, 0, "not valid YAML: " + e.getMessage());
        }
    }

    /** The parser recurses once per level, so depth is bounded before it runs. */
    private static void guardDepth(String text) throws InvalidPlaybook {
        int line = 1;
        int lineStart = 0;
        int dashes = 0;
        boolean leading = true;
        int brackets = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line++;
                lineStart = i + 1;
                leading = true;
                dashes = 0;
                continue;
            }
            brackets += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
            brackets = Math.max(0, brackets);
            if (leading && (c == '-' || c == '?')) {
                dashes++;
            } else if (c != ' ') {
                leading = false;
            }
            if (brackets > 8 * DEEPEST || (dashes > 8 * DEEPEST) || (leading && i - lineStart > 1_000)) {
                throw fault(
                        line, i - lineStart + 1, "nested too deeply; a playbook has at most " + DEEPEST + " levels");
            }
        }
    }

    private static Place place(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    static InvalidPlaybook fault(int line, int column, String message) {
        return new InvalidPlaybook(List.of(new Fault(line, column, message)));
    }

    private static final class Reading {
        private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
        private final Map<String, Place> places = new HashMap<>();
        private int values;

        private JsonNode read(Node node, String pointer, int depth) throws InvalidPlaybook {
            Place place = node.getStartMark().map(MarkedJson::place).orElse(new Place(0, 0));
            if (node.getAnchor().isPresent()) {
                throw fault(place.line(), place.column(), "anchors and aliases are not allowed; write the value out");
            }
            if (depth > DEEPEST) {
                throw fault(
                        place.line(),
                        place.column(),
                        "nested too deeply; a playbook has at most " + DEEPEST + " levels");
            }
            if (++values > MOST_VALUES) {
                throw fault(place.line(), place.column(), "more than " + MOST_VALUES + " values; split the playbook");
            }
            places.putIfAbsent(pointer, place);
            return switch (node) {
                case MappingNode mapping -> mapping(mapping, pointer, depth);
                case SequenceNode sequence -> {
                    var array = JSON.arrayNode();
                    int index = 0;
                    for (Node item : sequence.getValue()) {
                        array.add(read(item, pointer + "/" + index++, depth + 1));
                    }
                    yield array;
                }
                case ScalarNode scalar -> scalar(scalar);
                default -> throw fault(place.line(), place.column(), "only maps, lists and plain values are allowed");
            };
        }

        private ObjectNode mapping(MappingNode mapping, String pointer, int depth) throws InvalidPlaybook {
            ObjectNode object = JSON.objectNode();
            for (NodeTuple tuple : mapping.getValue()) {
                Place place =
                        tuple.getKeyNode().getStartMark().map(MarkedJson::place).orElse(new Place(0, 0));
                if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                    throw fault(place.line(), place.column(), "a field's name must be plain text");
                }
                if (object.has(key.getValue())) {
                    throw fault(
                            place.line(),
                            place.column(),
                            "the field \"" + key.getValue() + "\" is given twice; remove one of the two");
                }
                String child = pointer + "/" + key.getValue().replace("~", "~0").replace("/", "~1");
                places.put(child, place);
                object.set(key.getValue(), read(tuple.getValueNode(), child, depth + 1));
            }
            return object;
        }

        private static JsonNode scalar(ScalarNode scalar) {
            String value = scalar.getValue();
            return switch (scalar.getTag().getValue()) {
                case "tag:yaml.org,2002:null" -> JSON.nullNode();
                case "tag:yaml.org,2002:bool" -> JSON.booleanNode(Boolean.parseBoolean(value));
                // A number is kept as text, so that a version 1.10 stays 1.10; no field of a playbook is a number.
                default -> JSON.textNode(value);
            };
        }
    }
}
