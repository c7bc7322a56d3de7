package io.baigong.host.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.host.run.PlatformJson;
import io.baigong.journal.audit.AuditReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** An entry of the log as a row. */
final class EntryRow {
    static final List<String> COLUMNS = List.of(
            "seq",
            "logged",
            "time",
            "kind",
            "actor",
            "task",
            "subject",
            "purpose",
            "correlation",
            "models",
            "input",
            "output",
            "evidence",
            "record",
            "files",
            "detail",
            "hash");

    /** Which demand of the EU AI Act an entry serves. */
    static final String DEMAND = "demand";

    private final JsonNode entry;
    private final Map<String, String> values = new LinkedHashMap<>();

    private EntryRow(AuditReader.Entry read, JsonNode leaf) {
        entry = leaf.path("entry");
        values.put("seq", String.valueOf(read.seq()));
        put("logged", leaf.path("logged").asText());
        for (String name : List.of("time", "kind", "actor", "task", "subject", "purpose", "correlation")) {
            put(name, entry.path(name).asText());
        }
        put(
                "models",
                joined(
                        entry.path("models"),
                        model -> model.path("role").asText() + " "
                                + model.path("name").asText() + "@"
                                + model.path("version").asText() + " "
                                + model.path("sha256").asText()));
        for (String name : List.of("input", "output", "evidence", "record")) {
            put(name, entry.path(name).asText());
        }
        put("files", joined(entry.path("records"), JsonNode::asText));
        put(
                "detail",
                entry.path("detail").properties().stream()
                        .map(member -> member.getKey() + "=" + member.getValue().asText())
                        .collect(Collectors.joining("; ")));
        values.put("hash", read.hash());
    }

    /** A leaf that was made unreadable keeps its number and hash. */
    static EntryRow of(AuditReader.Entry read) {
        try {
            return new EntryRow(read, PlatformJson.mapper().readTree(read.leaf()));
        } catch (JsonProcessingException e) {
            var row = new EntryRow(read, PlatformJson.mapper().createObjectNode());
            row.put("detail", "unreadable: this entry was changed");
            return row;
        }
    }

    private static String joined(JsonNode array, java.util.function.Function<JsonNode, String> text) {
        return StreamSupport.stream(array.spliterator(), false).map(text).collect(Collectors.joining("; "));
    }

    private void put(String column, String value) {
        if (!value.isEmpty()) {
            values.put(column, value);
        }
    }

    JsonNode entry() {
        return entry;
    }

    String kind() {
        return entry.path("kind").asText();
    }

    String detail(String name) {
        return entry.path("detail").path(name).asText();
    }

    Map<String, String> values() {
        return values;
    }

    /** Whether a person overruled a model, a gate or another person. */
    boolean overrides() {
        return switch (kind()) {
            case "gate-override" -> true;
            case "decision" -> !detail("verdict").equals("ACCEPTED");
            case "second-review" -> detail("opinion").equals("DISAGREED");
            default -> false;
        };
    }

    /** With what it serves of the EU AI Act, Art. 12 (2). */
    EntryRow withDemand() {
        boolean risk = switch (kind()) {
            case "run" -> !detail("status").equals("ANSWERED");
            case "promotion", "gate-override", "configuration", "erasure" -> true;
            default -> overrides();
        };
        boolean market = List.of("run", "decision", "second-review", "comment", "gate-override", "promotion")
                .contains(kind());
        values.put(DEMAND, "12(1)" + (risk ? " 12(2)(a)" : "") + (market ? " 12(2)(b)" : "") + " 12(2)(c)");
        return this;
    }
}
