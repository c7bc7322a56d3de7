package io.baigong.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.baigong.spi.Evidence;

/** JSON of the journal's columns. */
public final class JournalJson {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().addMixIn(Evidence.class, EvidenceMixIn.class).build();

    private JournalJson() {}

    /** Names the kinds of evidence in JSON; for mappers outside of this module too. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Evidence.TextSpan.class, name = "text-span"),
        @JsonSubTypes.Type(value = Evidence.Rule.class, name = "rule")
    })
    public interface EvidenceMixIn {}

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
