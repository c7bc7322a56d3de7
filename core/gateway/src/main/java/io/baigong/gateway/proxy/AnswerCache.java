package io.baigong.gateway.proxy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Answers to be given again to the same caller for the same request: equal JSON, in whatever order its fields come. In memory,
 * bounded by bytes. Thread-safe.
 *
 * <p>An answer belongs to the key that it was given to; no other key ever sees it.
 */
final class AnswerCache {
    /** What HTTP calls no-store (RFC 9111, section 5.2.1.5): neither look nor keep. */
    private static final String NO_STORE = "no-store";

    /** What HTTP calls no-cache (section 5.2.1.4): keep, but do not look. */
    private static final String NO_CACHE = "no-cache";

    /** A longer request is not looked up: to put its fields in order would hold up others. */
    private static final int MOST_REQUEST_BYTES = 256 << 10;

    private static final ObjectMapper CANONICAL = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final Cache<String, Answer> answers;
    private final int mostBytes;

    /**
     * An answer as it was given.
     *
     * @param lifetime from when it was given
     * @param given by {@link System#nanoTime}
     */
    record Answer(Buffer body, String mediaType, Duration lifetime, long given) {
        Duration age() {
            return Duration.ofNanos(System.nanoTime() - given);
        }
    }

    /** @param mostBytes of all answers together; 0 keeps none */
    AnswerCache(long mostBytes) {
        this.mostBytes = (int) Math.min(mostBytes / 8, 16 << 20);
        this.answers = Caffeine.newBuilder()
                .maximumWeight(mostBytes)
                .weigher((String key, Answer answer) -> answer.body.length() + 200)
                .expireAfter(Expiry.writing((String key, Answer answer) -> answer.lifetime))
                .build();
    }

    /**
     * The place for the answer to a call, which may hold one; none if there is to be none.
     *
     * @param cacheControl the caller's header, if any
     */
    @Nullable
    Place place(UUID key, ModelCall call, Duration lifetime, @Nullable String cacheControl) {
        String wish = cacheControl == null ? "" : cacheControl.toLowerCase(java.util.Locale.ROOT);
        if (wish.contains(NO_STORE) || call.body().length > MOST_REQUEST_BYTES) {
            return null;
        }
        try {
            return new Place(digest(key, call), lifetime, !wish.contains(NO_CACHE));
        } catch (IOException e) {
            return null; // a field that is there twice: only the server knows what it means
        }
    }

    private static String digest(UUID key, ModelCall call) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((key + "\n" + call.operation() + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(CANONICAL.writeValueAsBytes(CANONICAL.readValue(call.body(), Object.class)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Where the answer to one call is, or will be. Lives on one event loop. */
    final class Place {
        private final String digest;
        private final Duration lifetime;
        private final boolean look;
        private final Buffer body = Buffer.buffer();
        private boolean tooLong;

        private Place(String digest, Duration lifetime, boolean look) {
            this.digest = digest;
            this.lifetime = lifetime;
            this.look = look;
        }

        /** The answer, if one was given before and may be given again. */
        Optional<Answer> answer() {
            return look ? Optional.ofNullable(answers.getIfPresent(digest)) : Optional.empty();
        }

        /** A part of the answer, as the caller gets it. */
        void add(Buffer part) {
            tooLong |= body.length() + (long) part.length() > mostBytes;
            if (!tooLong) {
                body.appendBuffer(part);
            }
        }

        /** The answer is whole. */
        void keep(String mediaType) {
            if (!tooLong) {
                answers.put(digest, new Answer(body, mediaType, lifetime, System.nanoTime()));
            }
        }
    }
}
