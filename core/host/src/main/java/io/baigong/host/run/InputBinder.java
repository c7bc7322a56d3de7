package io.baigong.host.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import io.baigong.spi.Attachment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes a task's input record from files and texts, by the names of its components. */
public final class InputBinder {
    private InputBinder() {}

    /** Names of the components that are files, in order. */
    public static List<String> fileComponents(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getType() == Attachment.class)
                .map(RecordComponent::getName)
                .toList();
    }

    /**
     * Makes the record.
     *
     * @throws InvalidInput if something is missing, unknown, given twice or unreadable; the message says what
     */
    public static <I extends Record> I bind(Class<I> type, List<GivenFile> files, Map<String, String> fields)
            throws InvalidInput {
        Map<String, GivenFile> byComponent = new HashMap<>();
        for (GivenFile file : files) {
            if (byComponent.put(file.component(), file) != null) {
                throw new InvalidInput(
                        "two files were given for " + file.component(),
                        "Send one file for it, and start a run for each.");
            }
        }
        var unknown = new TreeSet<>(fields.keySet());
        unknown.addAll(byComponent.keySet());
        List<Object> values = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            unknown.remove(component.getName());
            values.add(value(component, byComponent, fields));
        }
        if (!unknown.isEmpty()) {
            throw new InvalidInput(
                    "this task takes no " + String.join(", ", unknown),
                    "It takes " + names(type.getRecordComponents()) + ".");
        }
        return construct(type, values);
    }

    private static @Nullable Object value(
            RecordComponent component, Map<String, GivenFile> files, Map<String, String> fields) throws InvalidInput {
        String name = component.getName();
        if (component.getType() == Attachment.class) {
            GivenFile file = files.get(name);
            if (fields.containsKey(name)) {
                throw new InvalidInput(
                        name + " is a file, but was given as text", "Send it as a part with a file name.");
            }
            if (file == null) {
                return absent(component, "the file " + name + " is missing");
            }
            return new Attachment(file.name(), file.file());
        }
        if (files.containsKey(name)) {
            throw new InvalidInput(
                    name + " is a value, but was given as a file", "Send it as a part without a file name.");
        }
        String text = fields.get(name);
        if (text == null || (text.isEmpty() && optional(component))) {
            return absent(component, "the value of " + name + " is missing");
        }
        return parse(component, text);
    }

    private static @Nullable Object absent(RecordComponent component, String detail) throws InvalidInput {
        if (optional(component)) {
            return null;
        }
        throw new InvalidInput(
                detail,
                "Send " + component.getName() + (component.getType() == Attachment.class ? " as a file." : "."));
    }

    private static boolean optional(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** A text, number, truth value or constant stands as it is; everything else is JSON. */
    private static Object parse(RecordComponent component, String text) throws InvalidInput {
        var mapper = PlatformJson.mapper();
        JavaType type = mapper.constructType(component.getGenericType());
        if (type.hasRawClass(String.class)) {
            return text;
        }
        try {
            boolean structured = type.isContainerType() || type.getRawClass().isRecord();
            return structured ? mapper.readValue(text, type) : mapper.convertValue(text.strip(), type);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new InvalidInput(
                    component.getName() + " can't be " + shown(text), "Send " + expected(component.getType()) + ".");
        }
    }

    private static String shown(String text) {
        return text.length() <= 60 ? "“" + text + "”" : "“" + text.substring(0, 60) + "…”";
    }

    private static String expected(Class<?> type) {
        Object[] constants = type.getEnumConstants();
        if (constants != null) {
            return "one of " + Arrays.stream(constants).map(Object::toString).collect(Collectors.joining(", "));
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        return "JSON that fits the input schema of this task";
    }

    private static String names(RecordComponent[] components) {
        return Arrays.stream(components).map(RecordComponent::getName).collect(Collectors.joining(", "));
    }

    private static <I extends Record> I construct(Class<I> type, List<Object> values) throws InvalidInput {
        Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getConstructor(parameters).newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException wrong) {
                throw new InvalidInput(
                        String.valueOf(wrong.getMessage()), "See the input schema of this task for what it takes.");
            }
            throw new IllegalStateException("the constructor of " + type.getName() + " failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("input records must be public: " + type.getName(), e);
        }
    }
}
