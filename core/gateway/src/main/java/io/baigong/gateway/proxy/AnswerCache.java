package io.baigong.gateway.proxy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers to be given again to the same caller for the same request: equal JSON, in whatever order its fields come. In memory,
 * bounded by bytes. Thread-safe.
 *
 * <p>An answer belongs to the key that it was given to, under the guard that let it pass; no other key ever sees it.
 */
final class AnswerCache {
    private final Cache<String, Entry> answers;

    private record Entry(KeptAnswer answer, Duration lifetime) {}

    /** @param mostBytes of all answers together; 0 keeps none */
    AnswerCache(long mostBytes) {
        this.answers = Caffeine.newBuilder()
                .maximumWeight(mostBytes)
                .weigher((String key, Entry entry) -> entry.answer.body().length() + 200)
                .expireAfter(Expiry.writing((String key, Entry entry) -> entry.lifetime))
                .build();
    }

    /**
     * The place for the answer to a call, which may hold one; null if there can be none.
     *
     * @param owner whose call it is, and what is kept to in it
     */
    @Nullable
    Place place(String owner, ModelCall call, Duration lifetime) {
        if (call.body().length > CanonicalJson.MOST_BYTES) {
            return null;
        }
        try {
            String digest = CanonicalJson.digest(owner + "\n" + call.operation(), CanonicalJson.read(call.body()));
            return new Place(digest, lifetime);
        } catch (IOException e) {
            return null;
        }
    }

    /** Where the answer to one call is, or will be. */
    final class Place {
        private final String digest;
        private final Duration lifetime;

        private Place(String digest, Duration lifetime) {
            this.digest = digest;
            this.lifetime = lifetime;
        }

        /** The answer, if one was given before and may be given again. */
        Optional<KeptAnswer> answer() {
            return Optional.ofNullable(answers.getIfPresent(digest)).map(Entry::answer);
        }

        void keep(KeptAnswer answer) {
            answers.put(digest, new Entry(answer, lifetime));
        }
    }
}
