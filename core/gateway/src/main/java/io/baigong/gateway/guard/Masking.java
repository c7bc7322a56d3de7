package io.baigong.gateway.guard;

import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.compute.text.PersonalData;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Personal data of one call: taken out of what is asked, and put back into what is answered. Each value has a placeholder of its
 * own, such as {@code [PHONE_1]}, the same wherever it stands. What a model says of its own accord is masked and stays so.
 *
 * <p>Pictures and sound are not looked at. Not thread-safe.
 */
public final class Masking {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\[[A-Z_]{4,13}_\\d{1,6}]");

    private final PersonalData data;
    private final Map<String, String> placeholders = new HashMap<>();
    private final Map<String, String> values = new HashMap<>();
    private final Map<PersonalData.Kind, Integer> counts = new HashMap<>();

    public Masking(PersonalData data) {
        this.data = data;
    }

    /** How many different values have been masked. */
    public int size() {
        return values.size();
    }

    /** A question without personal data. */
    JsonNode masked(JsonNode question) {
        return Texts.changed(question, this::mask);
    }

    /** An answer with the caller's own data put back, and any other masked. */
    JsonNode restored(JsonNode answer) {
        return Texts.changed(answer, this::restore);
    }

    /** The text with placeholders. */
    String mask(String text) {
        return replaced(text, true);
    }

    /** The text with the caller's data in place of its placeholders, and other personal data masked. */
    String restore(String text) {
        String masked = replaced(text, false);
        var out = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(masked);
        while (placeholder.find()) {
            String value = values.get(placeholder.group());
            placeholder.appendReplacement(out, Matcher.quoteReplacement(value == null ? placeholder.group() : value));
        }
        return placeholder.appendTail(out).toString();
    }

    /** How many characters at the end of an answer so far may belong to what is still to come. */
    int openEnd(String text) {
        int open = data.openEnd(text);
        int bracket = text.lastIndexOf('[');
        boolean begun = bracket >= 0
                && text.length() - bracket <= 22
                && text.substring(bracket + 1)
                        .chars()
                        .allMatch(c -> c == '_' || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
        return begun ? Math.max(open, text.length() - bracket) : open;
    }

    /** @param remember whether the values are the caller's, to be put back */
    private String replaced(String text, boolean remember) {
        var out = new StringBuilder();
        int at = 0;
        for (PersonalData.Found found : data.in(text)) {
            String value = text.substring(found.start(), found.end());
            out.append(text, at, found.start())
                    .append(remember ? placeholder(found.kind(), value) : known(found, value));
            at = found.end();
        }
        return at == 0 ? text : out.append(text, at, text.length()).toString();
    }

    private String placeholder(PersonalData.Kind kind, String value) {
        return placeholders.computeIfAbsent(value, fresh -> {
            String placeholder = "[" + kind + "_" + counts.merge(kind, 1, Integer::sum) + "]";
            values.put(placeholder, fresh);
            return placeholder;
        });
    }

    /** The placeholder of a value that the caller sent, which will be put back; another value is only named by its kind. */
    private String known(PersonalData.Found found, String value) {
        return placeholders.getOrDefault(value, "[" + found.kind() + "]");
    }
}
