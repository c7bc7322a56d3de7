package io.baigong.registry.language;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code model.json} says of a language model, whose weights lie elsewhere and are served by another process.
 *
 * @param format always {@link #FORMAT}
 * @param served under which name the gateway has it: one of {@code baigong.gateway.models}
 * @param architecture such as {@code qwen2}; empty where the files do not say
 * @param parameters numbers that were trained, as they are stored; 0 where the files do not say
 * @param contextLength most tokens of question and answer; 0 where the files do not say
 * @param precision of the weights, such as {@code Q4_K} or {@code bfloat16}; empty where the files do not say
 * @param base the model that an adapter belongs to; null for a whole model
 * @param files by name
 */
public record LanguageModel(
        String format,
        Kind kind,
        String name,
        String version,
        String served,
        String architecture,
        long parameters,
        long contextLength,
        String precision,
        @Nullable String base,
        SortedMap<String, Part> files) {
    public static final String FORMAT = "language-model/1";

    /** Files of a large model come in hundreds of parts, each with a line here. */
    private static final int MOST_BYTES = 1 << 20;

    private static final int LONGEST = 200;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** How its files are laid out. */
    public enum Kind {
        /** One file of llama.cpp. */
        GGUF,
        /** A folder with {@code config.json} and safetensors, as Transformers and vLLM read it. */
        HUGGING_FACE,
        /** A folder with {@code adapter_config.json} and safetensors, as PEFT writes it. */
        ADAPTER
    }

    /**
     * A file.
     *
     * @param sha256 lower-case hex
     */
    public record Part(long bytes, String sha256) {
        public Part {
            if (bytes < 0 || !sha256.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("a file has a length and a SHA-256 in hex");
            }
        }
    }

    public LanguageModel {
        if (!format.equals(FORMAT)) {
            throw new IllegalArgumentException("a language model is described as " + FORMAT + ", not as " + format);
        }
        Objects.requireNonNull(kind, "a language model has a kind");
        check("name", name);
        check("version", version);
        check("served", served);
        if (files.isEmpty() || parameters < 0 || contextLength < 0) {
            throw new IllegalArgumentException("a language model has files, and no numbers below 0");
        }
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    private static void check(String field, String text) {
        if (text.isBlank() || text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "a language model's " + field + " is a line of 1 to " + LONGEST + " characters");
        }
    }

    /** Reads a description. Throws {@link IOException} that says what is wrong with it. */
    public static LanguageModel read(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IOException("the description of a language model has at most " + MOST_BYTES + " bytes");
        }
        LanguageModel model = JSON.readValue(bytes, LanguageModel.class);
        if (model == null) {
            throw new IOException("the description of a language model is empty");
        }
        return model;
    }

    /** As {@link #read} takes it; equal models give equal bytes. */
    public byte[] json() throws IOException {
        return JSON.writeValueAsBytes(this);
    }
}
