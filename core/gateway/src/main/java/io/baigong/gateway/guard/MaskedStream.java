package io.baigong.gateway.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Puts a caller's data back into a streamed answer. A text comes in pieces that may end within a placeholder or a number: such an
 * end waits for the next piece, the rest goes on at once.
 *
 * <p>Not thread-safe.
 */
public final class MaskedStream {
    private static final String DATA = "data:";

    private final Masking masking;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();

    /**
     * The end of a text that waits.
     *
     * @param event a copy, in which the end can be sent
     */
    private record Waiting(String end, ObjectNode event) {}

    public MaskedStream(Masking masking) {
        this.masking = masking;
    }

    /** Takes whole events, and returns those that the caller may see now. Throws {@link IOException} for what is no JSON. */
    public String take(String events) throws IOException {
        var out = new StringBuilder();
        for (String event : events.split("\r?\n\r?\n", -1)) {
            if (!event.isEmpty()) {
                event(event, out);
            }
        }
        return out.toString();
    }

    private void event(String event, StringBuilder out) throws IOException {
        var kept = new StringBuilder();
        for (String line : event.split("\r?\n", -1)) {
            if (!line.startsWith(DATA)) {
                kept.append(line).append('\n');
            } else if (line.strip().endsWith("[DONE]")) {
                release("", out);
                kept.append(line).append('\n');
            } else if (Masking.JSON.readTree(line.substring(DATA.length())) instanceof ObjectNode data) {
                data(data, out);
                kept.append(DATA).append(' ').append(data).append('\n');
            }
        }
        out.append(kept).append('\n');
    }

    private void data(ObjectNode data, StringBuilder out) {
        String type = data.path("type").asText("");
        if (type.startsWith("response.")) {
            String channel = type.replaceAll("\\.(delta|done)$", "")
                    + data.path("item_id").asText()
                    + '/'
                    + data.path("output_index").asText()
                    + '/'
                    + data.path("content_index").asText();
            if (type.endsWith(".delta") && data.path("delta").isTextual()) {
                piece(channel, data, data, "delta");
            } else {
                release(type.endsWith(".done") ? channel : "", out);
                masking.restored(data);
            }
            return;
        }
        for (JsonNode choice : data.path("choices")) {
            String channel = choice.path("index").asText();
            if (!choice.path("finish_reason").isNull() && choice.has("finish_reason")) {
                release(channel + "/", out);
            }
            pieces(choice, channel, (at, holder) -> piece(at, data, holder, at.substring(at.lastIndexOf('/') + 1)));
        }
    }

    /** The texts of a choice that come in pieces, each with a name of its own. */
    private static void pieces(JsonNode choice, String channel, BiConsumer<String, ObjectNode> each) {
        JsonNode delta = choice.path("delta");
        for (String field : new String[] {"content", "reasoning_content", "refusal"}) {
            if (delta.path(field).isTextual()) {
                each.accept(channel + "/delta/" + field, (ObjectNode) delta);
            }
        }
        if (choice.path("text").isTextual()) {
            each.accept(channel + "/text", (ObjectNode) choice);
        }
        for (JsonNode call : delta.path("tool_calls")) {
            if (call.path("function").path("arguments").isTextual()) {
                each.accept(channel + "/tool/" + call.path("index").asText() + "/arguments", (ObjectNode)
                        call.path("function"));
            }
        }
    }

    /** Sends of a text what can be sent, and keeps its end. */
    private void piece(String channel, ObjectNode event, ObjectNode holder, String field) {
        Waiting before = waiting.remove(channel);
        String text = (before == null ? "" : before.end) + holder.path(field).textValue();
        int open = Math.min(masking.openEnd(text), text.length());
        String end = text.substring(text.length() - open);
        holder.put(field, masking.restore(text.substring(0, text.length() - open)));
        if (!end.isEmpty()) {
            waiting.put(channel, new Waiting(end, event.deepCopy()));
        }
    }

    /** Sends the ends that wait, of all texts whose name begins so. */
    private void release(String prefix, StringBuilder out) {
        waiting.entrySet().removeIf(each -> {
            if (!each.getKey().startsWith(prefix)) {
                return false;
            }
            Waiting ended = each.getValue();
            ObjectNode event = ended.event;
            String text = masking.restore(ended.end);
            if (event.path("type").asText("").startsWith("response.")) {
                event.put("delta", text);
            } else {
                alone(event, each.getKey(), text);
            }
            String name = event.path("type").asText("");
            out.append(name.isEmpty() ? "" : "event: " + name + "\n")
                    .append(DATA)
                    .append(' ')
                    .append(event)
                    .append("\n\n");
            return true;
        });
    }

    /** Leaves of an event only the one text that waited, and no reason to finish. */
    private static void alone(ObjectNode event, String at, String text) {
        event.remove("usage");
        var choices = event.path("choices").elements();
        while (choices.hasNext()) {
            var choice = (ObjectNode) choices.next();
            String channel = choice.path("index").asText();
            if (!at.startsWith(channel + "/")) {
                choices.remove();
                continue;
            }
            choice.putNull("finish_reason");
            pieces(
                    choice,
                    channel,
                    (each, holder) ->
                            holder.put(each.substring(each.lastIndexOf('/') + 1), each.equals(at) ? text : ""));
        }
    }
}
