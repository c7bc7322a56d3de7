package io.baigong.journal.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is searched for in a leaf, and what links it to the one before.
 *
 * @param time when it happened, as the entry says
 * @param logged when it got its number; never before that of the leaf before
 * @param previous hex hash of the leaf before; zeros for the first
 * @param terms see {@link Terms}
 */
record Leaf(
        long seq,
        UUID id,
        String tenant,
        String kind,
        String actor,
        String time,
        String logged,
        String previous,
        List<String> terms) {
    static final String FIRST_PREVIOUS = "0".repeat(64);
    private static final JsonFactory JSON = new JsonFactory();

    /** The bytes of a leaf around an entry's canonical JSON; canonical too. */
    static String text(long seq, String logged, String previous, String entry) {
        return "{\"entry\":" + entry + ",\"logged\":\"" + logged + "\",\"prev\":\"" + previous + "\",\"seq\":" + seq
                + "}";
    }

    /**
     * Reads a leaf.
     *
     * @throws IOException if it is none
     */
    static Leaf parse(byte[] leaf) throws IOException {
        try (JsonParser json = JSON.createParser(leaf)) {
            Map<String, String> texts = new HashMap<>();
            List<String> terms = new ArrayList<>();
            long seq = -1;
            expect(json.nextToken() == JsonToken.START_OBJECT);
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                switch (name) {
                    case "entry" -> entry(json, texts, terms);
                    case "seq" -> seq = json.nextLongValue(-1);
                    default -> texts.put("/" + name, text(json));
                }
            }
            expect(json.nextToken() == null);
            return new Leaf(
                    seq,
                    UUID.fromString(needed(texts, "id")),
                    needed(texts, "tenant"),
                    needed(texts, "kind"),
                    needed(texts, "actor"),
                    needed(texts, "time"),
                    needed(texts, "/logged"),
                    needed(texts, "/prev"),
                    terms);
        } catch (IllegalArgumentException e) {
            throw new IOException("this is no leaf of an audit log", e);
        }
    }

    private static void entry(JsonParser json, Map<String, String> texts, List<String> terms) throws IOException {
        expect(json.nextToken() == JsonToken.START_OBJECT);
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            switch (name) {
                case "models" -> models(json, terms);
                case "records" -> {
                    expect(json.nextToken() == JsonToken.START_ARRAY);
                    while (json.nextToken() == JsonToken.VALUE_STRING) {
                        terms.add(Terms.record(json.getText()));
                    }
                    expect(json.currentToken() == JsonToken.END_ARRAY);
                }
                case "detail" -> {
                    json.nextToken();
                    json.skipChildren();
                }
                case "mono" -> json.nextLongValue(-1);
                default -> {
                    String text = text(json);
                    texts.put(name, text);
                    switch (name) {
                        case "task" -> terms.add(Terms.task(text));
                        case "subject" -> terms.add(Terms.record(text));
                        default -> {}
                    }
                }
            }
        }
    }

    private static void models(JsonParser json, List<String> terms) throws IOException {
        expect(json.nextToken() == JsonToken.START_ARRAY);
        while (json.nextToken() == JsonToken.START_OBJECT) {
            String name = "";
            String version = "";
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                String text = text(json);
                if (field.equals("name")) {
                    name = text;
                } else if (field.equals("version")) {
                    version = text;
                }
            }
            terms.add(Terms.model(name, version));
        }
        expect(json.currentToken() == JsonToken.END_ARRAY);
    }

    private static String text(JsonParser json) throws IOException {
        expect(json.nextToken() == JsonToken.VALUE_STRING);
        return json.getText();
    }

    private static String needed(Map<String, String> texts, String name) throws IOException {
        @Nullable String text = texts.get(name);
        expect(text != null);
        return String.valueOf(text);
    }

    private static void expect(boolean so) throws IOException {
        if (!so) {
            throw new IOException("this is no leaf of an audit log");
        }
    }
}
