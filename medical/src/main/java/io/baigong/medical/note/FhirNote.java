package io.baigong.medical.note;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.spi.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The text of a FHIR R4 resource (hl7.org/fhir/R4): of a document reference, a composition, or all of these in a bundle. */
final class FhirNote {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int DEEPEST = 20;

    private FhirNote() {}

    static String of(String json) throws UnreadableNote {
        JsonNode resource;
        try {
            resource = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UnreadableNote(
                    ErrorCode.User.CORRUPT, "it begins as JSON but is none", "send a whole FHIR R4 resource");
        }
        var text = new StringBuilder();
        append(resource, text, 0);
        if (text.toString().isBlank()) {
            throw new UnreadableNote(
                    ErrorCode.User.NO_TEXT,
                    "it holds no note: resource type '%s'".formatted(type(resource)),
                    "send a FHIR R4 DocumentReference with inline data, a Composition with section texts, or a Bundle of these");
        }
        return text.toString();
    }

    private static String type(JsonNode resource) {
        String type = resource.path("resourceType").asText("none");
        return type.matches("[A-Za-z]{1,40}") ? type : "unknown";
    }

    private static void append(JsonNode resource, StringBuilder text, int depth) throws UnreadableNote {
        if (depth > DEEPEST) {
            return;
        }
        switch (resource.path("resourceType").asText("")) {
            case "Bundle" -> {
                for (JsonNode entry : resource.path("entry")) {
                    append(entry.path("resource"), text, depth + 1);
                }
            }
            case "Composition" -> {
                for (JsonNode section : resource.path("section")) {
                    section(section, text, depth + 1);
                }
            }
            case "DocumentReference" -> {
                for (JsonNode content : resource.path("content")) {
                    attachment(content.path("attachment"), text);
                }
            }
            default -> {}
        }
    }

    private static void section(JsonNode section, StringBuilder text, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        String title = section.path("title").asText("");
        String div = section.path("text").path("div").asText("");
        if (!title.isBlank()) {
            text.append(title).append(":\n");
        }
        if (!div.isBlank()) {
            text.append(NoteReader.plain(div)).append("\n\n");
        }
        for (JsonNode inner : section.path("section")) {
            section(inner, text, depth + 1);
        }
    }

    private static void attachment(JsonNode attachment, StringBuilder text) throws UnreadableNote {
        String data = attachment.path("data").asText("");
        String type = attachment.path("contentType").asText("text/plain");
        if (data.isEmpty()) {
            return;
        }
        if (!type.startsWith("text/")) {
            throw new UnreadableNote(
                    ErrorCode.User.UNSUPPORTED_FORMAT,
                    "the attachment is no text",
                    "send the note as text/plain or text/html");
        }
        String decoded;
        try {
            decoded = new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new UnreadableNote(
                    ErrorCode.User.CORRUPT, "the attachment's data is broken Base64", "send the resource again");
        }
        text.append(type.startsWith("text/html") ? NoteReader.plain(decoded) : decoded)
                .append("\n\n");
    }
}
