package io.baigong.gateway.proxy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a chat asks last, and all else that it must share with another to be given that one's answer.
 *
 * @param text of the last message, which is a user's
 * @param scope digest over whose call it is, what is kept to in it, and the request without that text: model, parameters, form of the answer, system
 *     prompt and earlier turns
 */
record SemanticQuestion(String text, Script script, Wording wording, String scope) {
    /** Of a longer text one vector says too little. */
    static final int MOST_CHARACTERS = 500;

    /**
     * The question of a call; empty if it is none that can be compared: no chat, with tools, with pictures, too long, or in a script
     * that no encoder here reads.
     *
     * @param owner whose call it is, and what is kept to in it
     */
    static Optional<SemanticQuestion> of(String owner, ModelCall call) {
        if (call.operation() != Operation.CHAT
                || !call.needs().stream().allMatch(need -> need == Capability.JSON_SCHEMA)
                || call.body().length > CanonicalJson.MOST_BYTES) {
            return Optional.empty();
        }
        try {
            return CanonicalJson.read(call.body()) instanceof Map<?, ?> request ? of(owner, request) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<SemanticQuestion> of(String owner, Map<?, ?> request) throws IOException {
        if (request.containsKey("tools")
                || request.containsKey("functions")
                || !(request.get("messages") instanceof List<?> messages)
                || messages.isEmpty()
                || !(messages.getLast() instanceof Map<?, ?> last)
                || !"user".equals(last.get("role"))) {
            return Optional.empty();
        }
        String text = text(last.get("content"));
        if (text == null || text.isBlank() || text.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        Optional<Script> script = Script.of(text);
        if (script.isEmpty()) {
            return Optional.empty();
        }
        var asked = new LinkedHashMap<Object, Object>(last);
        asked.put("content", "");
        var turns = new ArrayList<Object>(messages);
        turns.set(turns.size() - 1, asked);
        var rest = new LinkedHashMap<Object, Object>(request);
        rest.put("messages", turns);
        String scope = CanonicalJson.digest(owner + "\n" + script.get(), rest);
        return Optional.of(new SemanticQuestion(text, script.get(), Wording.of(text), scope));
    }

    /** A text, or the only part of a content, if that is one. */
    private static @Nullable String text(@Nullable Object content) {
        if (content instanceof List<?> parts
                && parts.size() == 1
                && parts.getFirst() instanceof Map<?, ?> part
                && "text".equals(part.get("type"))
                && part.size() == 2) {
            return part.get("text") instanceof String text ? text : null;
        }
        return content instanceof String text ? text : null;
    }
}
