package io.baigong.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.baigong.spi.Evaluation;
import io.baigong.spi.Evidence;
import io.baigong.spi.Gate;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** JSON of the journal's columns. */
public final class JournalJson {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().addModule(module()).build();

    private JournalJson() {}

    /** Writes texts so that the journal can keep them, see {@link Storable}, names the kinds of evidence, and leaves draws of metrics out. */
    public static Module module() {
        return new SimpleModule("baigong-journal")
                .addSerializer(String.class, new StorableString())
                .addKeySerializer(String.class, new StorableKey())
                .addSerializer(Instant.class, ToStringSerializer.instance)
                .addDeserializer(Instant.class, new Iso8601())
                .setMixInAnnotation(Evidence.class, EvidenceMixIn.class)
                .setMixInAnnotation(Evaluation.Metric.class, MetricMixIn.class)
                .setMixInAnnotation(Gate.class, GateMixIn.class);
    }

    /** A bootstrap's draws are rows of their own: a thousand numbers are nothing to read. */
    @JsonIgnoreProperties("draws")
    private abstract static class MetricMixIn {
        @JsonCreator
        @SuppressWarnings("UnusedVariable")
        MetricMixIn(
                @JsonProperty("value") double value,
                @JsonProperty("low") double low,
                @JsonProperty("high") double high,
                @JsonProperty("unit") String unit) {}
    }

    /** What a gate does not ask is not written, so that suites from before there were floors read the others. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private interface GateMixIn {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Evidence.TextSpan.class, name = "text-span"),
        @JsonSubTypes.Type(value = Evidence.TimeWindow.class, name = "time-window"),
        @JsonSubTypes.Type(value = Evidence.Attribution.class, name = "attribution"),
        @JsonSubTypes.Type(value = Evidence.Rule.class, name = "rule"),
        @JsonSubTypes.Type(value = Evidence.ImageRegion.class, name = "image-region")
    })
    private interface EvidenceMixIn {}

    /** An instant as ISO 8601, such as {@code 2026-01-01T00:00:00Z}. */
    private static final class Iso8601 extends StdScalarDeserializer<Instant> {
        Iso8601() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
            try {
                return Instant.parse(json.getText());
            } catch (DateTimeException e) {
                return (Instant) context.handleWeirdStringValue(Instant.class, json.getText(), "not ISO 8601");
            }
        }
    }

    private static final class StorableString extends StdScalarSerializer<String> {
        StorableString() {
            super(String.class);
        }

        @Override
        public void serialize(String text, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(Storable.text(text));
        }
    }

    private static final class StorableKey extends StdScalarSerializer<String> {
        StorableKey() {
            super(String.class);
        }

        @Override
        public void serialize(String text, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeFieldName(Storable.text(text));
        }
    }

    static String write(Object value, TypeReference<?> type) {
        try {
            return MAPPER.writerFor(type).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("this can't be written as JSON: " + type.getType(), e);
        }
    }

    static <T> T read(String json, TypeReference<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the journal holds JSON that is not a " + type.getType(), e);
        }
    }
}
