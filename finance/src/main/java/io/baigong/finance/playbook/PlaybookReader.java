package io.baigong.finance.playbook;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.baigong.finance.clause.ClauseType;
import io.baigong.finance.fact.Fact;
import io.baigong.finance.playbook.InvalidPlaybook.Fault;
import io.baigong.spi.LocalText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads playbooks; every fault comes with its line and column. */
public final class PlaybookReader {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(new String(resource("/playbooks/playbook.schema.json"), StandardCharsets.UTF_8));

    private static final int MOST_FAULTS = 20;

    private static final Map<ShippedPlaybook, Playbook> SHIPPED = new ConcurrentHashMap<>();

    private PlaybookReader() {}

    /** A playbook that comes with the product. */
    public static Playbook shipped(ShippedPlaybook playbook) {
        return SHIPPED.computeIfAbsent(playbook, PlaybookReader::readShipped);
    }

    private static Playbook readShipped(ShippedPlaybook playbook) {
        try {
            return read(resource(playbook.resource()));
        } catch (InvalidPlaybook e) {
            throw new IllegalStateException("the shipped playbook " + playbook + " is wrong: " + e.getMessage(), e);
        }
    }

    /** The YAML of a playbook that comes with the product. */
    public static String source(ShippedPlaybook playbook) {
        return new String(resource(playbook.resource()), StandardCharsets.UTF_8);
    }

    /** A user's file, YAML or JSON. */
    public static Playbook read(Path file) throws InvalidPlaybook {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in.readNBytes(MarkedJson.MOST_BYTES + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The content of a file, YAML or JSON in UTF-8. */
    public static Playbook read(byte[] content) throws InvalidPlaybook {
        MarkedJson json = MarkedJson.read(content);
        List<Fault> faults = SCHEMA.validate(json.root().toString(), InputFormat.JSON).stream()
                .map(error -> fault(json, error))
                .distinct()
                .sorted(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column))
                .limit(MOST_FAULTS)
                .toList();
        if (!faults.isEmpty()) {
            throw new InvalidPlaybook(faults);
        }
        refuseSameIds(json);
        JsonNode root = json.root();
        var rules = new ArrayList<Rule>();
        for (int i = 0; i < root.get("rules").size(); i++) {
            rules.add(rule(json, root.get("rules").get(i), "/rules/" + i));
        }
        return new Playbook(
                root.get("playbook").asText(),
                root.get("version").asText(),
                text(root.get("title")),
                texts(root.path("parties").get("us")),
                texts(root.path("parties").get("them")),
                List.copyOf(rules));
    }

    private static Fault fault(MarkedJson json, com.networknt.schema.Error error) {
        String pointer = error.getInstanceLocation().toString();
        String property = error.getProperty();
        String message = error.getMessage();
        if (property != null && Objects.equals(error.getKeyword(), "additionalProperties")) {
            pointer = pointer + "/" + property.replace("~", "~0").replace("/", "~1");
            message = "the field \"" + property + "\" is not known here; remove it or check its spelling";
        } else if (property != null && Objects.equals(error.getKeyword(), "required")) {
            message = "the field \"" + property + "\" is missing";
        } else if (error.getSchemaNode() != null && Objects.equals(error.getKeyword(), "not")) {
            message = "a field of another kind of rule is used here; see docs/playbooks.md";
        }
        MarkedJson.Place place = json.places().get(pointer);
        String where = pointer.isEmpty() ? "" : " (at " + pointer + ")";
        return place == null
                ? new Fault(0, 0, message + where)
                : new Fault(place.line(), place.column(), message + where);
    }

    private static void refuseSameIds(MarkedJson json) throws InvalidPlaybook {
        Map<String, Integer> lines = new HashMap<>();
        JsonNode rules = json.root().get("rules");
        for (int i = 0; i < rules.size(); i++) {
            String id = rules.get(i).get("id").asText();
            MarkedJson.Place place = json.places().getOrDefault("/rules/" + i + "/id", new MarkedJson.Place(0, 0));
            Integer earlier = lines.putIfAbsent(id, place.line());
            if (earlier != null) {
                throw MarkedJson.fault(
                        place.line(),
                        place.column(),
                        "the rule id \"" + id + "\" is already used on line " + earlier + "; each rule needs its own");
            }
        }
    }

    private static Rule rule(MarkedJson json, JsonNode rule, String pointer) throws InvalidPlaybook {
        JsonNode citation = rule.get("citation");
        JsonNode fallback = rule.get("fallback");
        return new Rule(
                rule.get("id").asText(),
                Finding.Severity.valueOf(upper(rule.get("severity"))),
                text(rule.get("title")),
                text(rule.get("reason")),
                fallback == null ? null : text(fallback),
                citation == null ? null : citation.asText(),
                condition(json, rule, pointer));
    }

    private static Rule.Condition condition(MarkedJson json, JsonNode rule, String pointer) throws InvalidPlaybook {
        return switch (rule.get("kind").asText()) {
            case "required" -> new Rule.Required(passages(rule));
            case "forbidden" -> new Rule.Forbidden(passages(rule));
            case "allowed" -> new Rule.Allowed(fact(rule.get("fact")), texts(rule.get("values")));
            case "limit" -> {
                boolean atMost = rule.has("at-most");
                String field = atMost ? "at-most" : "at-least";
                var bounds = new ArrayList<Fact.Value>();
                for (String bound : texts(rule.get(field))) {
                    bounds.add(Bounds.parse(bound)
                            .orElseThrow(() -> at(
                                    json,
                                    pointer + "/" + field,
                                    "\"" + bound + "\" is no limit; write 90 days, USD 1000000 or 12 months of fees")));
                }
                yield new Rule.Limit(fact(rule.get("fact")), atMost, bounds);
            }
            default ->
                rule.has("differing")
                        ? new Rule.Differing(fact(rule.get("differing")))
                        : new Rule.Together(
                                passages(rule.get("between").get(0)),
                                passages(rule.get("between").get(1)));
        };
    }

    private static InvalidPlaybook at(MarkedJson json, String pointer, String message) {
        MarkedJson.Place place = json.places().getOrDefault(pointer, new MarkedJson.Place(0, 0));
        return MarkedJson.fault(place.line(), place.column(), message);
    }

    private static Rule.Passages passages(JsonNode node) {
        JsonNode by = node.get("by");
        JsonNode clause = node.get("clause");
        return new Rule.Passages(
                clause == null ? null : ClauseType.ofCuadName(clause.asText()).orElseThrow(),
                by == null ? null : Rule.Side.valueOf(upper(by)),
                texts(node.get("words")),
                texts(node.get("without")));
    }

    private static Fact.Kind fact(JsonNode node) {
        return Fact.Kind.valueOf(upper(node).replace('-', '_'));
    }

    private static String upper(JsonNode node) {
        return node.asText().toUpperCase(Locale.ROOT);
    }

    /** One text, or a list of them. */
    private static List<String> texts(@Nullable JsonNode node) {
        if (node == null) {
            return List.of();
        }
        var texts = new ArrayList<String>();
        if (node.isArray()) {
            node.forEach(item -> texts.add(item.asText()));
        } else {
            texts.add(node.asText());
        }
        return List.copyOf(texts);
    }

    private static LocalText text(JsonNode node) {
        return node.isObject()
                ? new LocalText(
                        node.get("en").asText(),
                        node.path("zh").asText(node.get("en").asText()))
                : new LocalText(node.asText(), node.asText());
    }

    private static byte[] resource(String name) {
        try (InputStream in = PlaybookReader.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
