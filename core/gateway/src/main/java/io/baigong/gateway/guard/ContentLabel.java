package io.baigong.gateway.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * China's label on generated text: 人工智能生成合成内容标识办法, articles 4 and 5, in the manner of GB 45438-2025: words that a reader
 * sees at the end of the text (section 4), and the field {@code AIGC} in the metadata, for which the answer's JSON serves (section 5).
 *
 * @param producer name or code of who provides the service
 * @param id of this answer, unique for the producer
 */
record ContentLabel(String producer, String id) {
    /** Names both elements that the standard asks for: artificial intelligence, and that it generated the text. */
    static final String WORDS = "（本内容由人工智能生成 · AI-generated content）";

    private static final String METADATA = "AIGC";

    /** What stands behind a text. */
    String behind() {
        return "\n\n" + WORDS;
    }

    /** Puts the metadata into an answer, or an event of one. */
    void describe(ObjectNode answer) {
        answer.putObject(METADATA)
                .put("Label", "1") // is generated; 2 would say perhaps, 3 suspected
                .put("ContentProducer", producer)
                .put("ProduceID", id)
                .put("ReservedCode1", "")
                .put("ContentPropagator", "")
                .put("PropagateID", "")
                .put("ReservedCode2", "");
    }

    /**
     * Labels a whole answer of chat, completions or responses; one that holds no generated text stays as it is.
     *
     * @param visible whether the texts are read by people, and not as JSON by programs
     */
    void label(ObjectNode answer, boolean visible) {
        boolean generated = false;
        for (JsonNode choice : answer.path("choices")) {
            generated |= behind(choice.path("message"), "content", visible);
            generated |= behind(choice, "text", visible);
        }
        for (JsonNode item : answer.path("output")) {
            for (JsonNode part : item.path("content")) {
                generated |= behind(part, "text", visible);
            }
        }
        if (generated) {
            describe(answer);
        }
    }

    /** Puts the words behind a text, if there is one and {@code visible}; says whether there is. */
    private boolean behind(JsonNode holder, String field, boolean visible) {
        boolean generated = !holder.path(field).asText("").isEmpty();
        if (generated && visible) {
            behind(holder, field);
        }
        return generated;
    }

    /** Puts the words behind a text, if there is one. */
    void behind(JsonNode holder, String field) {
        String text = holder.path(field).asText("");
        if (!text.isEmpty() && holder instanceof ObjectNode object) {
            object.put(field, text + behind());
        }
    }
}
