package io.baigong.testkit;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.baigong.spi.Attachment;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Which types a task's records may be made of, so that each has a JSON Schema and equal values stay equal through JSON. */
final class JsonTypes {
    /** Writes as the platform does: dates as ISO 8601, unknown properties ignored when read back. */
    static final JsonMapper MAPPER = JsonMapper.builder()
            .findAndAddModules()
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final Set<Class<?>> SCALARS = Set.of(
            String.class,
            boolean.class,
            Boolean.class,
            int.class,
            Integer.class,
            long.class,
            Long.class,
            float.class,
            Float.class,
            double.class,
            Double.class,
            BigDecimal.class,
            BigInteger.class,
            LocalDate.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            Instant.class,
            Duration.class,
            UUID.class,
            URI.class);

    private final List<String> faults = new ArrayList<>();
    private final Set<Class<?>> seen = new HashSet<>();

    private JsonTypes() {}

    /** What in an input record has no JSON Schema; its own components, but no deeper ones, may be attachments. */
    static List<String> faultsOfInput(Class<?> input) {
        var types = new JsonTypes();
        for (RecordComponent component : input.getRecordComponents()) {
            if (component.getType() != Attachment.class) {
                types.check(component.getGenericType(), component.getName());
            }
        }
        return types.faults;
    }

    /** What in an output record has no JSON Schema. */
    static List<String> faultsOfOutput(Class<?> output) {
        var types = new JsonTypes();
        types.check(output, output.getSimpleName());
        return types.faults;
    }

    private void check(Type type, String path) {
        switch (type) {
            case Class<?> c when SCALARS.contains(c) || c.isEnum() -> {}
            case Class<?> c
            when c == Attachment.class ->
                faults.add(path + " is an attachment, which only a component of the input record itself can be");
            case Class<?> c
            when c.isRecord() -> {
                if (seen.add(c)) {
                    for (RecordComponent component : c.getRecordComponents()) {
                        check(component.getGenericType(), path + "." + component.getName());
                    }
                }
            }
            case Class<?> c
            when c.isSealed() -> {
                if (seen.add(c)) {
                    for (Class<?> permitted : c.getPermittedSubclasses()) {
                        check(permitted, path + "<" + permitted.getSimpleName() + ">");
                    }
                }
            }
            case ParameterizedType p
            when p.getRawType() == List.class || p.getRawType() == Set.class || p.getRawType() == Optional.class ->
                check(p.getActualTypeArguments()[0], path + "[]");
            case ParameterizedType p
            when p.getRawType() == Map.class -> {
                if (p.getActualTypeArguments()[0] != String.class) {
                    faults.add(path + " is a map whose keys are no strings");
                }
                check(p.getActualTypeArguments()[1], path + "{}");
            }
            default -> faults.add(path + " is a " + type.getTypeName() + ", which has no plain JSON Schema");
        }
    }
}
