package io.baigong.host.decay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.host.run.PlatformJson;
import io.baigong.journal.RunRecord;
import io.baigong.journal.StoredAttachment;
import io.baigong.spi.Attachment;
import io.baigong.spi.Signal;
import io.baigong.spi.Signal.Side;
import io.baigong.spi.Task;
import java.lang.Character.UnicodeScript;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is watched of any run, by the types of its task's records: numbers, constants and truth values themselves, the length and script of
 * texts, how many items a list has, the size and kind of a file. Never a text.
 */
final class PlainSignals {
    private static final Pattern CONSTANT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,60}");

    /** A script that so many of the letters have is the text's. */
    private static final double MOST = 0.5;

    private PlainSignals() {}

    static List<Signal> of(Task<?, ?> task, RunRecord run) {
        var signals = new ArrayList<Signal>();
        for (StoredAttachment file : run.attachments()) {
            signals.add(Signal.input(file.component() + ".bytes", (double) file.bytes()));
            signals.add(Signal.input(file.component() + ".type", file.mediaType()));
        }
        for (RecordComponent component : task.inputType().getRecordComponents()) {
            String given = run.fields().get(component.getName());
            if (given != null && component.getType() != Attachment.class) {
                input(component, given, signals);
            }
        }
        String output = run.output();
        if (output != null) {
            try {
                output(task.outputType(), PlatformJson.mapper().readTree(output), signals);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("the output of run " + run.id() + " is no JSON", e);
            }
        }
        return signals;
    }

    private static void input(RecordComponent component, String given, List<Signal> signals) {
        String name = component.getName();
        Class<?> type = component.getType();
        if (type == String.class) {
            signals.add(Signal.input(name + ".characters", given.codePointCount(0, given.length())));
            signals.add(Signal.input(name + ".script", script(given)));
        } else if (isNumber(type)) {
            number(Side.INPUT, name, given, signals);
        } else if (isLabel(type)) {
            label(Side.INPUT, name, given.strip(), signals);
        } else if (Collection.class.isAssignableFrom(type)) {
            try {
                JsonNode list = PlatformJson.mapper().readTree(given);
                signals.add(Signal.input(name + ".items", list.size()));
            } catch (JsonProcessingException e) {
                // A run that was given no list failed, and is counted among those.
            }
        }
    }

    private static void output(Class<?> type, JsonNode output, List<Signal> signals) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = component.getName();
            JsonNode value = output.path(name);
            if (Collection.class.isAssignableFrom(component.getType()) && value.isArray()) {
                signals.add(Signal.output(name + ".items", value.size()));
            } else if (isNumber(component.getType()) && value.isNumber()) {
                signals.add(Signal.output(name, value.doubleValue()));
            } else if (isLabel(component.getType()) && value.isValueNode() && !value.isNull()) {
                label(Side.OUTPUT, name, value.asText(), signals);
            }
        }
    }

    private static void number(Side side, String name, String given, List<Signal> signals) {
        try {
            signals.add(new Signal.Figure(side, name, Double.parseDouble(given.strip())));
        } catch (NumberFormatException e) {
            // As above.
        }
    }

    private static void label(Side side, String name, String value, List<Signal> signals) {
        if (CONSTANT.matcher(value).matches()) {
            signals.add(new Signal.Label(side, name, value));
        }
    }

    private static boolean isNumber(Class<?> type) {
        return type != boolean.class
                && type != char.class
                && (type.isPrimitive() || Number.class.isAssignableFrom(type));
    }

    private static boolean isLabel(Class<?> type) {
        return type.isEnum() || type == boolean.class || type == Boolean.class;
    }

    /** The script of most of its letters, such as {@code latin}; {@code mixed}, or {@code none} without letters. */
    private static String script(String text) {
        var counts = new TreeMap<UnicodeScript, Integer>();
        text.codePoints()
                .filter(Character::isLetter)
                .forEach(sign -> counts.merge(UnicodeScript.of(sign), 1, Integer::sum));
        int letters = counts.values().stream().mapToInt(Integer::intValue).sum();
        return letters == 0
                ? "none"
                : counts.entrySet().stream()
                        .filter(one -> one.getValue() > MOST * letters)
                        .map(one -> one.getKey().name().toLowerCase(Locale.ROOT))
                        .findFirst()
                        .orElse("mixed");
    }
}
