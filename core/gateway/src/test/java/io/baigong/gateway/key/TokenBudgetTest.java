package io.baigong.gateway.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBudgetTest {
    private static final UUID KEY = UUID.randomUUID();
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T23:59:00Z"));
    private final Store store = new Store();

    /** The store of all instances, in memory. */
    private static final class Store implements BudgetStore {
        private final Map<LocalDate, Long> granted = new HashMap<>();
        private int asked;

        @Override
        public synchronized long take(UUID key, LocalDate day, long limit, long wanted) {
            asked++;
            long before = granted(day);
            long got = Math.clamp(limit - before, 0, wanted);
            granted.put(day, before + got);
            return got;
        }

        @Override
        public synchronized void giveBack(UUID key, LocalDate day, long tokens) {
            granted.merge(day, -tokens, Long::sum);
        }

        synchronized long granted(LocalDate day) {
            return granted.getOrDefault(day, 0L);
        }
    }

    private TokenBudget budget(long limit) {
        return new TokenBudget(KEY, limit, store, now::get);
    }

    @Test
    void allOfTheDaysTokensCanBeSpentAndNotOneMore() {
        TokenBudget budget = budget(1_000);
        for (int i = 0; i < 10; i++) {
            budget.settle(budget.reserve(100).orElseThrow(), 100);
        }
        assertThat(budget.reserve(1)).isEmpty();
    }

    @Test
    void whatACallDidNotUseIsThereForOthersAndWhatItUsedBeyondIsOwed() {
        TokenBudget budget = budget(1_000);
        var whole = budget.reserve(1_000).orElseThrow();
        assertThat(budget.reserve(1)).isEmpty();
        budget.settle(whole, 100);
        var rest = budget.reserve(900).orElseThrow();
        budget.settle(rest, 950);
        assertThat(budget.reserve(1)).isEmpty();
    }

    @Test
    void aCallThatIsTooLargeLeavesTheRestToSmallerOnesElsewhere() {
        assertThat(budget(1_000).reserve(2_000)).isEmpty();
        assertThat(store.granted(DAY)).isZero();
        assertThat(budget(1_000).reserve(1_000)).isPresent();
    }

    @Test
    void theNextDayBeginsAnew() {
        TokenBudget budget = budget(100);
        var before = budget.reserve(100).orElseThrow();
        now.set(Instant.parse("2026-11-25T00:00:01Z"));
        var after = budget.reserve(100).orElseThrow();
        budget.settle(before, 0);
        assertThat(budget.reserve(1)).isEmpty();
        budget.settle(after, 0);
        assertThat(budget.reserve(100)).isPresent();
    }

    @Test
    void smallCallsSeldomAskTheStore() {
        TokenBudget budget = budget(1_000_000);
        for (int i = 0; i < 1_000; i++) {
            budget.settle(budget.reserve(100).orElseThrow(), 100);
        }
        assertThat(store.asked).isLessThanOrEqualTo(6);
    }

    @Test
    void anInstanceThatStopsGivesBackWhatItHad() {
        TokenBudget first = budget(1_000);
        first.settle(first.reserve(10).orElseThrow(), 10);
        first.close();
        assertThat(store.granted(DAY)).isEqualTo(10);
        assertThat(budget(1_000).reserve(990)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noMixOfInstancesAndCallsOverrunsTheLimit(long seed) throws Exception {
        long limit = 20_000;
        var spent = new AtomicLong();
        var refused = new AtomicLong();
        List<TokenBudget> instances =
                Stream.generate(() -> budget(limit)).limit(4).toList();
        try (var threads = Executors.newFixedThreadPool(16)) {
            var callers = new ArrayList<Future<?>>();
            for (int caller = 0; caller < 16; caller++) {
                var random = new Random(seed * 100 + caller);
                TokenBudget instance = instances.get(caller % instances.size());
                callers.add(threads.submit(() -> {
                    for (int call = 0; call < 200; call++) {
                        long most = random.nextLong(1, 301);
                        var reservation = instance.reserve(most);
                        if (reservation.isEmpty()) {
                            refused.incrementAndGet();
                            continue;
                        }
                        long used = random.nextLong(most + 1);
                        spent.addAndGet(used);
                        instance.settle(reservation.get(), used);
                    }
                }));
            }
            for (Future<?> each : callers) {
                each.get();
            }
        }
        instances.forEach(TokenBudget::close);
        assertThat(spent.get()).isLessThanOrEqualTo(limit).isGreaterThan(limit * 9 / 10);
        assertThat(refused.get()).isPositive();
        assertThat(store.granted(DAY)).isEqualTo(spent.get());
    }
}
