package io.baigong.gateway.guard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The JSON schema (draft 2020-12) that a question gives for its answer. Schemas elsewhere are not fetched, and regular expressions,
 * which a caller could make run for ever, are not looked at.
 */
final class AnswerSchema {
    private static final int MOST_FAULTS = 3;
    private static final int MOST_DEPTH = 100;
    private static final Set<String> EXPRESSIONS = Set.of("pattern", "patternProperties");
    private static final Set<String> NAMES_OF_ONES_OWN =
            Set.of("properties", "$defs", "definitions", "dependentSchemas");
    private static final Set<String> VALUES = Set.of("enum", "const", "default", "examples");

    private final Schema schema;

    private AnswerSchema(Schema schema) {
        this.schema = schema;
    }

    /** The schema of a question; empty if it gives none. Throws {@link Refused} for one that is none. */
    static Optional<AnswerSchema> of(JsonNode question) throws Refused {
        JsonNode given = question.at("/response_format/json_schema/schema");
        if (given.isMissingNode()) {
            given = question.at("/text/format/schema");
        }
        if (!given.isObject()) {
            return Optional.empty();
        }
        try {
            JsonNode bounded = given.deepCopy();
            withoutExpressions(bounded, MOST_DEPTH);
            return Optional.of(new AnswerSchema(SchemaRegistry.withDefaultDialect(
                            SpecificationVersion.DRAFT_2020_12,
                            builder -> builder.schemaLoader(loader -> loader.fetchRemoteResources(false)))
                    .getSchema(bounded.toString())));
        } catch (SchemaException | IllegalArgumentException e) {
            throw new Refused(Refused.Reason.SCHEMA, "The schema for the answer can't be used: " + e.getMessage());
        }
    }

    private static void withoutExpressions(JsonNode node, int depth) throws Refused {
        if (depth == 0) {
            throw new Refused(Refused.Reason.SCHEMA, "The schema for the answer is nested too deep.");
        }
        if (node instanceof ArrayNode array) {
            for (JsonNode each : array) {
                withoutExpressions(each, depth - 1);
            }
        } else if (node instanceof ObjectNode object) {
            object.remove(EXPRESSIONS);
            for (var each : object.properties()) {
                if (VALUES.contains(each.getKey())) {
                    continue;
                }
                boolean names = NAMES_OF_ONES_OWN.contains(each.getKey());
                for (JsonNode within :
                        names ? each.getValue() : Texts.JSON.createArrayNode().add(each.getValue())) {
                    withoutExpressions(within, depth - 1);
                }
            }
        }
    }

    /** Throws {@link Refused} when an answer does not keep to it. The message shows where, and nothing of the answer. */
    void check(String answer) throws Refused {
        String faults;
        try {
            Texts.JSON.readTree(answer);
            faults = schema.validate(answer, InputFormat.JSON).stream()
                    .limit(MOST_FAULTS)
                    .map(fault -> fault.getInstanceLocation() + " breaks '" + fault.getKeyword() + "'")
                    .collect(Collectors.joining(", "));
        } catch (JsonProcessingException e) {
            faults = "it is no JSON";
        } catch (RuntimeException e) {
            faults = "the schema can't be applied; it may name another that is not in it";
        }
        if (!faults.isEmpty()) {
            throw new Refused(
                    Refused.Reason.SCHEMA,
                    "The model's answer does not keep to the schema that was given: " + faults + ".");
        }
    }
}
