package io.baigong.gateway.proxy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.RelevanceScore;
import io.baigong.journal.WithoutWords;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers to be given again to the same caller for a question that means the same: its vector is near, its decisive words are the
 * same, and all else of the request is equal. In memory, bounded by bytes. Thread-safe.
 *
 * <p>An answer belongs to the key that it was given to, under the guard that let it pass; no other key ever sees it.
 */
public final class SemanticCache {
    /** So many questions are embedded at one time; others go on as if there were no cache, for the encoder is shared. */
    private static final int MOST_LOOKUPS = 64;

    /** A search compares each; more would take longer than many an answer. */
    private static final int MOST_OF_SCOPE = 1_024;

    private static final int CANDIDATES = 8;
    private static final int ENTRY_BYTES = 500;
    private static final System.Logger LOG = System.getLogger(SemanticCache.class.getName());

    private final Function<Script, EmbeddingModel> encoders;
    private final MeterRegistry meters;
    private final Cache<String, Scope> scopes;
    private final Semaphore lookups = new Semaphore(MOST_LOOKUPS);
    private final long mostOfScope;

    /**
     * A cache without answers.
     *
     * @param mostBytes of all answers and vectors together; 0 keeps none
     * @param encoders asked for one when the first question of its script comes
     */
    public SemanticCache(long mostBytes, Function<Script, EmbeddingModel> encoders, MeterRegistry meters) {
        this.encoders = encoders;
        this.meters = meters;
        this.mostOfScope = mostBytes / 2;
        this.scopes = Caffeine.newBuilder()
                .maximumWeight(mostBytes)
                .weigher((String digest, Scope scope) -> (int) Math.min(Integer.MAX_VALUE, scope.bytes))
                .expireAfter(Expiry.writing((String digest, Scope scope) -> scope.lifetime))
                .build();
        Gauge.builder("baigong.gateway.semantic_cache.size", scopes, SemanticCache::bytes)
                .description("Answers that are kept for questions that mean the same")
                .baseUnit("bytes")
                .register(meters);
    }

    private static double bytes(Cache<String, Scope> scopes) {
        scopes.cleanUp(); // what came last is not yet in the sum
        return scopes.policy().eviction().orElseThrow().weightedSize().orElse(0);
    }

    private record Entry(Wording wording, KeptAnswer answer, Duration lifetime, int width) {
        long bytes() {
            return ENTRY_BYTES + answer.body().length() + (long) Float.BYTES * width;
        }

        boolean isOver() {
            return answer.age().compareTo(lifetime) >= 0;
        }
    }

    /** Answers that share all but the question. Changed under the lock of its place in the cache. */
    private static final class Scope {
        private final NewestVectors<Entry> store = new NewestVectors<>(MOST_OF_SCOPE);
        private Duration lifetime = Duration.ZERO;
        private long bytes;

        private void add(Embedding vector, Entry entry, long most) {
            bytes += entry.bytes();
            lifetime = entry.lifetime;
            for (Entry oldest = store.oldest();
                    oldest != null && (oldest.isOver() || bytes > most || store.size() == MOST_OF_SCOPE);
                    oldest = store.oldest()) {
                store.removeOldest();
                bytes -= oldest.bytes();
            }
            store.add(vector, entry);
        }
    }

    /** An answer to a question that means the same; {@code similarity} is the cosine of the two. */
    record Found(KeptAnswer answer, double similarity) {}

    /** Looks for an answer. Takes the time of an encoder, so not on an event loop. Never throws. */
    Place place(SemanticQuestion question, SemanticCacheSettings settings) {
        long began = System.nanoTime();
        if (!lookups.tryAcquire()) {
            return counted("skipped", began, new Place(question, settings, null, Optional.empty()));
        }
        try {
            Embedding vector =
                    encoders.apply(question.script()).embed(question.text()).content();
            vector.normalize();
            return look(question, settings, vector, began);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a question can't be embedded, so it is asked without its cache",
                    WithoutWords.of(e));
            return counted("failed", began, new Place(question, settings, null, Optional.empty()));
        } finally {
            lookups.release();
        }
    }

    private Place look(SemanticQuestion question, SemanticCacheSettings settings, Embedding vector, long began) {
        Scope scope = scopes.getIfPresent(question.scope());
        String result = "miss";
        if (scope != null) {
            var near = scope.store.search(EmbeddingSearchRequest.builder()
                    .queryEmbedding(vector)
                    .maxResults(CANDIDATES)
                    .minScore(RelevanceScore.fromCosineSimilarity(settings.threshold()))
                    .build());
            for (EmbeddingMatch<Entry> match : near.matches()) {
                Entry entry = match.embedded();
                if (entry.isOver()) {
                    continue;
                }
                if (entry.wording.mayAskSameAs(question.wording())) {
                    var found = new Found(entry.answer, 2 * match.score() - 1);
                    return counted("hit", began, new Place(question, settings, vector, Optional.of(found)));
                }
                result = "differs";
            }
        }
        return counted(result, began, new Place(question, settings, vector, Optional.empty()));
    }

    private Place counted(String result, long began, Place place) {
        Timer.builder("baigong.gateway.semantic_cache.lookup")
                .description("Looking for an answer to a question that means the same")
                .tag("result", result)
                .register(meters)
                .record(Duration.ofNanos(System.nanoTime() - began));
        return place;
    }

    /** Where the answer to one call is, or will be. */
    final class Place {
        private final SemanticQuestion question;
        private final SemanticCacheSettings settings;
        private final @Nullable Embedding vector;
        private final Optional<Found> found;

        private Place(
                SemanticQuestion question,
                SemanticCacheSettings settings,
                @Nullable Embedding vector,
                Optional<Found> found) {
            this.question = question;
            this.settings = settings;
            this.vector = vector;
            this.found = found;
        }

        /** The answer, if one was given before and may be given again. */
        Optional<Found> answer() {
            return found;
        }

        /** Keeps the answer, if the question could be embedded. */
        void keep(KeptAnswer answer) {
            if (vector == null) {
                return;
            }
            var entry = new Entry(question.wording(), answer, settings.lifetime(), vector.dimension());
            if (entry.bytes() > mostOfScope) {
                return;
            }
            scopes.asMap().compute(question.scope(), (digest, before) -> {
                Scope scope = before == null ? new Scope() : before;
                scope.add(vector, entry, mostOfScope);
                return scope;
            });
        }
    }
}
