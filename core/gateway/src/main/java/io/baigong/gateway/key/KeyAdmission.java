package io.baigong.gateway.key;

import io.baigong.gateway.proxy.Admission;
import io.baigong.gateway.proxy.ApiException;
import io.baigong.gateway.proxy.Cost;
import io.baigong.journal.Tenancy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Admits calls by their keys. What a key may do is asked of the database once in {@link #TRUSTED}, so a key revoked elsewhere
 * ends after so long at the latest. Thread-safe.
 */
public final class KeyAdmission implements Admission, AutoCloseable {
    static final Duration TRUSTED = Duration.ofSeconds(5);

    /** So many secrets are remembered; more are only sent by who guesses. */
    private static final int MOST_REMEMBERED = 10_000;

    private final Vertx vertx;
    private final ApiKeys keys;
    private final UsageLedger ledger;
    private final InstantSource clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final BudgetStore budgets;
    private final Map<UUID, Spending> spendings = new ConcurrentHashMap<>();

    private record Known(Optional<ApiKey> key, long until) {
        <T> Future<T> then(Function<ApiKey, Future<T>> then) {
            return key.isEmpty() ? Future.failedFuture(ApiException.wrongKey()) : then.apply(key.get());
        }
    }

    public KeyAdmission(Vertx vertx, ApiKeys keys, DataSource database, UsageLedger ledger, InstantSource clock) {
        this.vertx = vertx;
        this.keys = keys;
        this.budgets = new BudgetTable(database);
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public Future<Permit> admit(String secret) {
        return known(secret, this::permit);
    }

    @Override
    public Future<Void> recognise(String secret) {
        return known(secret, _ -> Future.succeededFuture());
    }

    /** Goes on with a key that is known. */
    private <T> Future<T> known(String secret, Function<ApiKey, Future<T>> then) {
        if (!ApiKeys.isSecret(secret)) {
            return Future.failedFuture(ApiException.wrongKey());
        }
        Known remembered = known.get(secret);
        if (remembered != null && clock.millis() < remembered.until) {
            return remembered.then(then);
        }
        return vertx.executeBlocking(() -> Tenancy.platform().call(() -> keys.find(secret)), false)
                .compose(found -> {
                    Optional<ApiKey> key = Objects.requireNonNull(found);
                    if (known.size() >= MOST_REMEMBERED) {
                        known.clear();
                    }
                    var now = new Known(key, clock.millis() + TRUSTED.toMillis());
                    known.put(secret, now);
                    return now.then(then);
                });
    }

    /** Asks the database anew for every key. */
    public void forget() {
        known.clear();
    }

    private Future<Permit> permit(ApiKey key) {
        if (ledger.isFull()) {
            return Future.failedFuture(
                    ApiException.unavailable("Usage can't be written down; no call is let in without."));
        }
        Spending own = spendings.computeIfAbsent(key.id(), _ -> Spending.of(key, budgets, clock));
        Optional<String> refusal = own.limits.take();
        return refusal.isPresent()
                ? Future.failedFuture(ApiException.rateLimited(refusal.get()))
                : Future.succeededFuture(new Leave(key, own));
    }

    /** Gives what is left of budgets back. */
    @Override
    public void close() {
        spendings.values().forEach(each -> each.budgets.close());
    }

    /** What a key does on this instance. */
    private record Spending(KeyLimits limits, KeyBudgets budgets) {
        static Spending of(ApiKey key, BudgetStore store, InstantSource clock) {
            return new Spending(new KeyLimits(key, clock), KeyBudgets.of(key, store, clock));
        }
    }

    private final class Leave implements Permit {
        private final ApiKey key;
        private final Spending spending;
        private boolean released;
        private KeyBudgets.@Nullable Reserved reserved;

        private Leave(ApiKey key, Spending spending) {
            this.key = key;
            this.spending = spending;
        }

        @Override
        public UUID key() {
            return key.id();
        }

        @Override
        public String tenant() {
            return key.tenant();
        }

        @Override
        public boolean hasBudget() {
            return !spending.budgets.isEmpty();
        }

        @Override
        public Future<Void> reserve(Cost most) {
            if (spending.budgets.isEmpty()) {
                return Future.succeededFuture();
            }
            Optional<KeyBudgets.Reserved> atOnce = spending.budgets.reserveAtOnce(most);
            if (atOnce.isPresent()) {
                hold(atOnce.get());
                return Future.succeededFuture();
            }
            return vertx.executeBlocking(() -> spending.budgets.reserve(most), false)
                    .compose(found -> {
                        hold(Objects.requireNonNull(found));
                        return Future.succeededFuture();
                    });
        }

        private synchronized void hold(KeyBudgets.Reserved found) {
            if (released) { // while the store was asked
                found.settle(Cost.NOTHING);
            } else {
                reserved = found;
            }
        }

        @Override
        public synchronized void release(Cost used) {
            if (released) {
                return;
            }
            released = true;
            spending.limits.release();
            if (reserved != null) {
                reserved.settle(used);
            }
        }
    }
}
