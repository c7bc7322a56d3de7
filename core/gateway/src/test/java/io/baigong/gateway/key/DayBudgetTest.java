package io.baigong.gateway.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
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

class DayBudgetTest {
    private static final UUID KEY = UUID.randomUUID();
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T23:59:00Z"));
    private final BudgetsInMemory store = new BudgetsInMemory();

    private DayBudget budget(long limit) {
        return new DayBudget(KEY, DayBudget.Unit.TOKENS, limit, store, now::get);
    }

    @Test
    void allOfTheDaysTokensCanBeSpentAndNotOneMore() {
        DayBudget budget = budget(1_000);
        for (int i = 0; i < 10; i++) {
            budget.settle(budget.reserve(100).orElseThrow(), 100);
        }
        assertThat(budget.reserve(1)).isEmpty();
    }

    @Test
    void whatACallDidNotUseIsThereForOthersAndWhatItUsedBeyondIsOwed() {
        DayBudget budget = budget(1_000);
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
        assertThat(store.granted(DayBudget.Unit.TOKENS, DAY)).isZero();
        assertThat(budget(1_000).reserve(1_000)).isPresent();
    }

    @Test
    void theNextDayBeginsAnew() {
        DayBudget budget = budget(100);
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
        DayBudget budget = budget(1_000_000);
        for (int i = 0; i < 1_000; i++) {
            budget.settle(budget.reserve(100).orElseThrow(), 100);
        }
        assertThat(store.asked()).isLessThanOrEqualTo(6);
    }

    @Test
    void anInstanceThatStopsGivesBackWhatItHad() {
        DayBudget first = budget(1_000);
        first.settle(first.reserve(10).orElseThrow(), 10);
        first.close();
        assertThat(store.granted(DayBudget.Unit.TOKENS, DAY)).isEqualTo(10);
        assertThat(budget(1_000).reserve(990)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noMixOfInstancesAndCallsOverrunsTheLimit(long seed) throws Exception {
        long limit = 20_000;
        var spent = new AtomicLong();
        var refused = new AtomicLong();
        List<DayBudget> instances =
                Stream.generate(() -> budget(limit)).limit(4).toList();
        try (var threads = Executors.newFixedThreadPool(16)) {
            var callers = new ArrayList<Future<?>>();
            for (int caller = 0; caller < 16; caller++) {
                var random = new Random(seed * 100 + caller);
                DayBudget instance = instances.get(caller % instances.size());
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
        instances.forEach(DayBudget::close);
        assertThat(spent.get()).isLessThanOrEqualTo(limit).isGreaterThan(limit * 9 / 10);
        assertThat(refused.get()).isPositive();
        assertThat(store.granted(DayBudget.Unit.TOKENS, DAY)).isEqualTo(spent.get());
    }
}
