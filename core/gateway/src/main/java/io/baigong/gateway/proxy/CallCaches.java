package io.baigong.gateway.proxy;

import io.baigong.gateway.guard.Guard;
import io.baigong.gateway.proxy.Routes.Route;
import io.baigong.journal.WithoutWords;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The caches as one call sees them: it looks for an answer to the same request, then for one to a question that means the same, and
 * keeps its own answer in both. Lives on one event loop.
 */
final class CallCaches {
    private static final System.Logger LOG = System.getLogger(CallCaches.class.getName());
    private static final String EXACT = "cache";
    private static final String SEMANTIC = "semantic-cache";

    private final ModelProxy proxy;
    private final ModelCall call;
    private final Route route;
    private final CacheWish wish;
    private final String owner;
    private final AnswerCache.@Nullable Place exact;
    private SemanticCache.@Nullable Place semantic;
    private final Buffer body = Buffer.buffer();
    private boolean tooLong;

    CallCaches(ModelProxy proxy, Admission.Permit caller, Guard guard, ModelCall call, Route route, CacheWish wish) {
        this.proxy = proxy;
        this.call = call;
        this.route = route;
        this.wish = wish;
        this.owner = caller.tenant() + "\n" + caller.key() + "\n" + guard.digest();
        this.exact = wish.keep() && route.cache().isPresent()
                ? proxy.cache.place(owner, call, route.cache().get())
                : null;
    }

    /**
     * An answer that may be given again.
     *
     * @param source the cache, by the name that it has as a server
     * @param similarity cosine of the two questions; empty if the requests are equal
     */
    record Found(KeptAnswer answer, String source, OptionalDouble similarity) {}

    /** Looks for an answer and tells {@code then}, at once or later on this event loop. */
    void find(Context context, Consumer<Optional<Found>> then) {
        Optional<Found> same = exact != null && wish.look()
                ? exact.answer().map(answer -> new Found(answer, EXACT, OptionalDouble.empty()))
                : Optional.empty();
        Optional<SemanticCacheSettings> settings = route.semanticCache().filter(_ -> wish.keep());
        if (same.isPresent() || settings.isEmpty()) {
            then.accept(same);
            return;
        }
        Thread.ofVirtual().name("semantic-cache").start(() -> {
            Optional<SemanticCache.Place> place = place(settings.get());
            context.runOnContext(_ -> {
                semantic = place.orElse(null);
                then.accept(place.filter(_ -> wish.look())
                        .flatMap(SemanticCache.Place::answer)
                        .map(found -> new Found(found.answer(), SEMANTIC, OptionalDouble.of(found.similarity()))));
            });
        });
    }

    /** Empty also after a fault: a call must go on, its caller waits. */
    private Optional<SemanticCache.Place> place(SemanticCacheSettings settings) {
        try {
            return SemanticQuestion.of(owner, call).map(question -> proxy.semantic.place(question, settings));
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a question can't be compared, so it is asked without its cache",
                    WithoutWords.of(e));
            return Optional.empty();
        }
    }

    /** A part of the answer, as the caller gets it. */
    void add(Buffer part) {
        if (exact == null && semantic == null) {
            return;
        }
        tooLong |= body.length() + (long) part.length() > proxy.mostKeptBytes();
        if (!tooLong) {
            body.appendBuffer(part);
        }
    }

    /** The answer is whole. */
    void keep(String mediaType) {
        if (tooLong) {
            return;
        }
        var answer = new KeptAnswer(body, mediaType, System.nanoTime());
        if (exact != null) {
            exact.keep(answer);
        }
        if (semantic != null) {
            semantic.keep(answer);
        }
    }
}
