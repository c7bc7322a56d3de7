package io.baigong.gateway.proxy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** JSON whose fields are in one order, so that equal requests have equal bytes. */
final class CanonicalJson {
    /** A longer request is not put in order: that would hold up others. */
    static final int MOST_BYTES = 256 << 10;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private CanonicalJson() {}

    /** Maps, lists, texts and numbers. Throws {@link IOException} for a field that is there twice: only the server knows what it means. */
    static Object read(byte[] json) throws IOException {
        return MAPPER.readValue(json, Object.class);
    }

    /** Lower-case hex SHA-256 over a heading and a value that was {@link #read}. */
    static String digest(String heading, Object value) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((heading + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(MAPPER.writeValueAsBytes(value));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
