package io.baigong.gateway.key;

import io.baigong.gateway.proxy.Admission;
import io.baigong.gateway.proxy.ApiException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Admits calls by their keys. What a key may do is asked of the database once in {@link #TRUSTED}, so a key revoked elsewhere
 * ends after so long at the latest. Thread-safe.
 */
public final class KeyAdmission implements Admission {
    static final Duration TRUSTED = Duration.ofSeconds(5);

    /** So many secrets are remembered; more are only sent by who guesses. */
    private static final int MOST_REMEMBERED = 10_000;

    private final Vertx vertx;
    private final ApiKeys keys;
    private final UsageLedger ledger;
    private final InstantSource clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Map<UUID, KeyLimits> limits = new ConcurrentHashMap<>();

    private record Known(Optional<ApiKey> key, long until) {}

    public KeyAdmission(Vertx vertx, ApiKeys keys, UsageLedger ledger, InstantSource clock) {
        this.vertx = vertx;
        this.keys = keys;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public Future<Permit> admit(String secret) {
        if (!secret.startsWith(ApiKeys.PREFIX)) {
            return Future.failedFuture(ApiException.wrongKey());
        }
        Known remembered = known.get(secret);
        if (remembered != null && clock.millis() < remembered.until) {
            return permit(remembered.key);
        }
        return vertx.executeBlocking(() -> keys.find(secret), false).compose(found -> {
            Optional<ApiKey> key = Objects.requireNonNull(found);
            if (known.size() >= MOST_REMEMBERED) {
                known.clear();
            }
            known.put(secret, new Known(key, clock.millis() + TRUSTED.toMillis()));
            return permit(key);
        });
    }

    /** Asks the database anew for every key. */
    public void forget() {
        known.clear();
    }

    private Future<Permit> permit(Optional<ApiKey> found) {
        if (found.isEmpty()) {
            return Future.failedFuture(ApiException.wrongKey());
        }
        if (ledger.isFull()) {
            return Future.failedFuture(
                    ApiException.unavailable("Usage can't be written down; no call is let in without."));
        }
        ApiKey key = found.get();
        KeyLimits own = limits.computeIfAbsent(key.id(), _ -> new KeyLimits(key, clock));
        Optional<String> refusal = own.take();
        return refusal.isPresent()
                ? Future.failedFuture(ApiException.rateLimited(refusal.get()))
                : Future.succeededFuture(new Leave(key.id(), own));
    }

    private static final class Leave implements Permit {
        private final UUID key;
        private final KeyLimits limits;
        private final AtomicBoolean released = new AtomicBoolean();

        private Leave(UUID key, KeyLimits limits) {
            this.key = key;
            this.limits = limits;
        }

        @Override
        public UUID key() {
            return key;
        }

        @Override
        public void release() {
            if (released.compareAndSet(false, true)) {
                limits.release();
            }
        }
    }
}
