package io.baigong.tuning.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Makes documents of lines. Thread-safe. */
final class DocumentParser {
    private static final int MOST_ID = 200;

    private final Reading reading;
    private final ObjectMapper mapper;

    DocumentParser(Reading reading) {
        this.reading = reading;
        var constraints = StreamReadConstraints.builder()
                .maxStringLength(reading.maxLineBytes())
                .maxNestingDepth(200)
                .build();
        this.mapper = JsonMapper.builder(
                        JsonFactory.builder().streamReadConstraints(constraints).build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
    }

    Document parsed(Source.Line line) {
        if (line.tooLong()) {
            String detail = "longer than " + reading.maxLineBytes() + " bytes";
            return new Document.Refused(line.index(), line.place(), DropReason.LINE_TOO_LONG, detail);
        }
        String text = new String(line.bytes(), StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0 && !isUtf8(line.bytes())) {
            return refused(line, "not UTF-8");
        }
        if (text.isBlank()) {
            return new Document.Blank(line.index(), line.place());
        }
        if (reading.plain()) {
            String json = mapper.createObjectNode().put(reading.text(), text).toString();
            return new Document.Text(line.index(), line.place(), text, null, null, json);
        }
        return ofJson(line, text);
    }

    private Document ofJson(Source.Line line, String json) {
        JsonNode node;
        try {
            node = mapper.readTree(json);
        } catch (JsonProcessingException e) {
            return refused(line, "no JSON: " + e.getOriginalMessage());
        }
        if (!(node instanceof ObjectNode object)) {
            return refused(line, "no JSON object");
        }
        JsonNode text = object.path(reading.text());
        if (!text.isTextual() || text.asText().isBlank()) {
            return refused(line, "no text in its field '" + reading.text() + "'");
        }
        // Only escapes can bring in halves of surrogate pairs, which no UTF-8 can write.
        if (json.contains("\\u") && !StandardCharsets.UTF_8.newEncoder().canEncode(object.toString())) {
            return refused(line, "half of a surrogate pair");
        }
        String id = value(object, reading.id());
        return new Document.Text(
                line.index(),
                id == null ? line.place() : id.substring(0, Math.min(id.length(), MOST_ID)),
                text.asText(),
                value(object, reading.label()),
                value(object, reading.group()),
                json);
    }

    private static @Nullable String value(ObjectNode object, String field) {
        JsonNode value = object.path(field);
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }

    /** The document's JSON with another text. */
    String withText(Document.Text document, String text) {
        return object(document).put(reading.text(), text).toString();
    }

    /** The document's JSON as an object, all fields as they came. */
    ObjectNode object(Document.Text document) {
        try {
            return (ObjectNode) mapper.readTree(document.json());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("it was read before", e);
        }
    }

    private static Document refused(Source.Line line, String detail) {
        return new Document.Refused(line.index(), line.place(), DropReason.UNREADABLE, detail);
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
