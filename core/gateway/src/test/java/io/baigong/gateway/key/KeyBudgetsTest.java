package io.baigong.gateway.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.gateway.key.DayBudget.Unit;
import io.baigong.gateway.proxy.ApiException;
import io.baigong.gateway.proxy.Cost;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyBudgetsTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 29);

    private final BudgetsInMemory store = new BudgetsInMemory();

    private KeyBudgets budgets(Optional<Long> tokens, Optional<BigDecimal> money) {
        var key = new ApiKey(
                UUID.fromString("00000000-0000-0000-0000-000000000001"),
                "acme",
                "key",
                Optional.empty(),
                Optional.empty(),
                tokens,
                money,
                false,
                "somebody",
                NOW,
                Optional.empty());
        return KeyBudgets.of(key, store, InstantSource.fixed(NOW));
    }

    @Test
    void whatLacksInOneBudgetIsNotTakenFromTheOther() throws Exception {
        KeyBudgets both = budgets(Optional.of(1_000L), Optional.of(new BigDecimal("0.5")));
        assertThatThrownBy(() -> both.reserve(new Cost(1_000, 500_001)))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("does not suffice");
        assertThatThrownBy(() -> both.reserve(new Cost(1_001, 1))).isInstanceOf(ApiException.class);
        both.reserve(new Cost(1_000, 500_000)).settle(new Cost(400, 499_999));
        assertThatThrownBy(() -> both.reserve(new Cost(1, 2))).isInstanceOf(ApiException.class);
        both.reserve(new Cost(600, 1)).settle(new Cost(600, 1));
        both.close();
        assertThat(store.granted(Unit.TOKENS, DAY)).isEqualTo(1_000);
        assertThat(store.granted(Unit.MICROS, DAY)).isEqualTo(500_000);
    }

    @Test
    void aFreeCallNeedsNoMoney() throws Exception {
        KeyBudgets money = budgets(Optional.empty(), Optional.of(new BigDecimal("0.000001")));
        money.reserve(new Cost(9, 1)).settle(new Cost(9, 1));
        assertThatThrownBy(() -> money.reserve(new Cost(9, 1))).isInstanceOf(ApiException.class);
        assertThat(money.reserveAtOnce(Cost.ofTokens(1_000_000))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noMixOfInstancesAndCallsOverrunsEither(long seed) throws Exception {
        var tokens = new AtomicLong();
        var micros = new AtomicLong();
        var refused = new AtomicLong();
        List<KeyBudgets> instances = Stream.generate(
                        () -> budgets(Optional.of(20_000L), Optional.of(new BigDecimal("0.03"))))
                .limit(4)
                .toList();
        try (var threads = Executors.newFixedThreadPool(16)) {
            var callers = new ArrayList<Future<?>>();
            for (int caller = 0; caller < 16; caller++) {
                var random = new Random(seed * 100 + caller);
                KeyBudgets instance = instances.get(caller % instances.size());
                callers.add(threads.submit(() -> {
                    for (int call = 0; call < 200; call++) {
                        var most = new Cost(random.nextLong(1, 301), random.nextLong(0, 500));
                        var used = new Cost(random.nextLong(most.tokens() + 1), random.nextLong(most.micros() + 1));
                        try {
                            KeyBudgets.Reserved reserved = instance.reserve(most);
                            tokens.addAndGet(used.tokens());
                            micros.addAndGet(used.micros());
                            reserved.settle(used);
                        } catch (ApiException spent) {
                            refused.incrementAndGet();
                        }
                    }
                }));
            }
            for (Future<?> each : callers) {
                each.get();
            }
        }
        instances.forEach(KeyBudgets::close);
        assertThat(tokens.get()).isLessThanOrEqualTo(20_000);
        assertThat(micros.get()).isLessThanOrEqualTo(30_000);
        assertThat(refused.get()).isPositive();
        assertThat(store.granted(Unit.TOKENS, DAY)).isEqualTo(tokens.get());
        assertThat(store.granted(Unit.MICROS, DAY)).isEqualTo(micros.get());
    }
}
