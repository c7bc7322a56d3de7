package io.baigong.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import io.baigong.spi.Evidence;
import java.io.IOException;

/** JSON of the journal's columns. */
public final class JournalJson {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().addModule(module()).build();

    private JournalJson() {}

    /** Writes texts so that the journal can keep them, see {@link Storable}, and names the kinds of evidence. */
    public static Module module() {
        return new SimpleModule("baigong-journal")
                .addSerializer(String.class, new StorableString())
                .addKeySerializer(String.class, new StorableKey())
                .setMixInAnnotation(Evidence.class, EvidenceMixIn.class);
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Evidence.TextSpan.class, name = "text-span"),
        @JsonSubTypes.Type(value = Evidence.Rule.class, name = "rule")
    })
    private interface EvidenceMixIn {}

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
