package io.baigong.gateway.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Guards a streamed answer. A text comes in pieces that may end within a placeholder, a number or a blocked phrase: such an end
 * waits for the next piece, the rest goes on at once.
 *
 * <p>Not thread-safe.
 */
public final class GuardedStream {
    private static final String DATA = "data:";

    private final CallGuard guard;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private final Map<String, String> before = new HashMap<>();
    private final Map<String, StringBuilder> whole = new HashMap<>();
    private long number;
    private int inserted;

    /**
     * The end of a text that waits.
     *
     * @param event a copy, in which the end can be sent
     */
    private record Waiting(String end, ObjectNode event) {}

    /** A text in an event. */
    @FunctionalInterface
    private interface EachText {
        void at(String channel, ObjectNode holder) throws Refused;
    }

    GuardedStream(CallGuard guard) {
        this.guard = guard;
    }

    /**
     * Takes whole events, and returns those that the caller may see now.
     *
     * @throws IOException for what is no JSON
     * @throws Refused when what has come may not pass; nothing may follow
     */
    public String take(String events) throws IOException, Refused {
        var out = new StringBuilder();
        for (String event : events.split("\r?\n\r?\n", -1)) {
            if (!event.isEmpty()) {
                event(event, out);
            }
        }
        return out.toString();
    }

    private void event(String event, StringBuilder out) throws IOException, Refused {
        var kept = new StringBuilder();
        for (String line : event.split("\r?\n", -1)) {
            if (!line.startsWith(DATA)) {
                kept.append(line).append('\n');
            } else if (line.strip().endsWith("[DONE]")) {
                release("", out);
                kept.append(line).append('\n');
            } else if (Texts.JSON.readTree(line.substring(DATA.length())) instanceof ObjectNode data) {
                if (data.path("type").asText("").startsWith("response.")) {
                    response(data, out);
                } else {
                    chunk(data, out);
                }
                kept.append(DATA).append(' ').append(data).append('\n');
            }
        }
        out.append(kept).append('\n');
    }

    /** An event of the Responses API. */
    private void response(ObjectNode data, StringBuilder out) throws Refused {
        number = data.path("sequence_number").asLong();
        String type = data.path("type").asText();
        String channel = type.replaceAll("\\.(delta|done)$", "")
                + data.path("item_id").asText()
                + '/'
                + data.path("output_index").asText()
                + '/'
                + data.path("content_index").asText();
        if (type.endsWith(".delta") && data.path("delta").isTextual()) {
            piece(channel, data, data, "delta", false);
        } else {
            release(type.endsWith(".done") ? channel : "", out);
            guard.restored(data);
            labelResponse(data, type, out);
        }
        renumber(data);
    }

    /** The words for readers come as the last piece of a text, and stand in each event that holds it whole. */
    private void labelResponse(ObjectNode data, String type, StringBuilder out) throws Refused {
        ContentLabel label = guard.label();
        if (label == null) {
            return;
        }
        if (data.path("response") instanceof ObjectNode response) {
            label.label(response, !guard.wantsJson());
        }
        if (guard.wantsJson()) {
            return;
        }
        switch (type) {
            case "response.output_text.done" -> {
                ObjectNode last = data.deepCopy();
                last.put("type", "response.output_text.delta").remove("text");
                insert(last, "", label.behind(), out);
                label.behind(data, "text");
            }
            case "response.content_part.done" -> label.behind(data.path("part"), "text");
            case "response.output_item.done" -> {
                for (JsonNode part : data.path("item").path("content")) {
                    label.behind(part, "text");
                }
            }
            default -> {}
        }
    }

    /** Events of the Responses API are numbered; those that were put in have moved the others on. */
    private void renumber(ObjectNode event) {
        if (event.has("sequence_number")) {
            event.put("sequence_number", number + inserted);
        }
    }

    /** An event of chat or completions. */
    private void chunk(ObjectNode data, StringBuilder out) throws Refused {
        for (JsonNode choice : data.path("choices")) {
            String channel = choice.path("index").asText();
            boolean finishes = choice.path("finish_reason").isTextual();
            if (finishes) {
                release(channel + "/", out);
            }
            pieces(choice, channel, (at, holder) -> piece(at, data, holder, field(at), finishes));
            if (finishes) {
                finish(data, (ObjectNode) choice, channel);
            }
        }
    }

    /** The texts of a choice that come in pieces, each with a name of its own. */
    private static void pieces(JsonNode choice, String channel, EachText each) throws Refused {
        JsonNode delta = choice.path("delta");
        for (String field : new String[] {"content", "reasoning_content", "refusal"}) {
            if (delta.path(field).isTextual()) {
                each.at(channel + "/delta/" + field, (ObjectNode) delta);
            }
        }
        if (choice.path("text").isTextual()) {
            each.at(channel + "/text", (ObjectNode) choice);
        }
        for (JsonNode call : delta.path("tool_calls")) {
            if (call.path("function").path("arguments").isTextual()) {
                each.at(channel + "/tool/" + call.path("index").asText() + "/arguments", (ObjectNode)
                        call.path("function"));
            }
        }
    }

    private static String field(String channel) {
        return channel.substring(channel.lastIndexOf('/') + 1);
    }

    /**
     * Sends of a text what can be sent, and keeps its end.
     *
     * @param last whether nothing follows
     */
    private void piece(String channel, ObjectNode event, ObjectNode holder, String field, boolean last) throws Refused {
        Waiting held = waiting.remove(channel);
        String text = (held == null ? "" : held.end) + holder.path(field).textValue();
        int open = last ? 0 : guard.openEnd(before.getOrDefault(channel, ""), text);
        String end = text.substring(text.length() - open);
        holder.put(field, passed(channel, text.substring(0, text.length() - open)));
        if (!end.isEmpty()) {
            waiting.put(channel, new Waiting(end, event.deepCopy()));
        }
    }

    private String passed(String channel, String text) throws Refused {
        String earlier = before.getOrDefault(channel, "");
        String piece = guard.piece(earlier, text);
        if (guard.looksBack()) {
            String all = earlier + piece;
            before.put(channel, all.substring(Math.max(0, all.length() - Guardrail.LOOK_BACK)));
        }
        if (guard.schema() != null || guard.label() != null) {
            whole.computeIfAbsent(channel, fresh -> new StringBuilder()).append(piece);
        }
        return piece;
    }

    /** Sends the ends that wait, of all texts whose name begins so. */
    private void release(String prefix, StringBuilder out) throws Refused {
        for (var each = waiting.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<String, Waiting> ended = each.next();
            if (ended.getKey().startsWith(prefix)) {
                insert(ended.getValue().event, ended.getKey(), passed(ended.getKey(), ended.getValue().end), out);
                each.remove();
            }
        }
    }

    /** Puts an event in that holds only that text. */
    private void insert(ObjectNode event, String channel, String text, StringBuilder out) throws Refused {
        String name = event.path("type").asText("");
        if (name.startsWith("response.")) {
            event.put("delta", text);
            renumber(event);
            inserted++;
        } else {
            alone(event, channel, text);
        }
        out.append(name.isEmpty() ? "" : "event: " + name + "\n")
                .append(DATA)
                .append(' ')
                .append(event)
                .append("\n\n");
    }

    /** A choice is whole: holds it against its schema, and labels it in the event that says so. */
    private void finish(ObjectNode data, ObjectNode choice, String channel) throws Refused {
        AnswerSchema schema = guard.schema();
        ContentLabel label = guard.label();
        StringBuilder content = whole.get(channel + "/delta/content");
        StringBuilder text = whole.get(channel + "/text");
        if (schema != null && content != null && !content.isEmpty()) {
            schema.check(content.toString());
        }
        if (label == null) {
            return;
        }
        if (content != null && !content.isEmpty()) {
            label(label, data, choice.withObjectProperty("delta"), "content");
        } else if (text != null && !text.isEmpty()) {
            label(label, data, choice, "text");
        }
    }

    private void label(ContentLabel label, ObjectNode data, ObjectNode holder, String field) {
        label.describe(data);
        if (!guard.wantsJson()) {
            holder.put(field, holder.path(field).asText("") + label.behind());
        }
    }

    /** Leaves of an event only the one text that waited, and no reason to finish. */
    private static void alone(ObjectNode event, String at, String text) throws Refused {
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
            pieces(choice, channel, (each, holder) -> holder.put(field(each), each.equals(at) ? text : ""));
        }
    }
}
