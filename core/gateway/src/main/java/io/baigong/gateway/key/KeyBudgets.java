package io.baigong.gateway.key;

import io.baigong.gateway.key.DayBudget.Reservation;
import io.baigong.gateway.key.DayBudget.Unit;
import io.baigong.gateway.proxy.ApiException;
import io.baigong.gateway.proxy.Cost;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a key may spend in a day, on this instance: in tokens, in money, in both or in neither. Thread-safe. */
final class KeyBudgets {
    private static final int MICRO = 6;

    private final List<DayBudget> budgets;

    private KeyBudgets(List<DayBudget> budgets) {
        this.budgets = budgets;
    }

    static KeyBudgets of(ApiKey key, BudgetStore store, InstantSource clock) {
        var budgets = new ArrayList<DayBudget>();
        key.tokensPerDay().ifPresent(limit -> budgets.add(new DayBudget(key.id(), Unit.TOKENS, limit, store, clock)));
        key.moneyPerDay()
                .ifPresent(limit -> budgets.add(new DayBudget(key.id(), Unit.MICROS, micros(limit), store, clock)));
        return new KeyBudgets(budgets);
    }

    private static long micros(BigDecimal money) {
        return money.movePointRight(MICRO).setScale(0, RoundingMode.DOWN).longValueExact();
    }

    /** Whether nothing limits what the key spends. */
    boolean isEmpty() {
        return budgets.isEmpty();
    }

    /** What was reserved of each budget, in their order. To be settled once. */
    final class Reserved {
        private final List<Reservation> parts;

        private Reserved(List<Reservation> parts) {
            this.parts = parts;
        }

        /** The call is over and used that. */
        void settle(Cost used) {
            for (int i = 0; i < parts.size(); i++) {
                DayBudget budget = budgets.get(i);
                budget.settle(parts.get(i), budget.unit().of(used));
            }
        }
    }

    /** Reserves of each budget from what this instance has; empty when that is not enough of one. Never waits for the store. */
    Optional<Reserved> reserveAtOnce(Cost most) {
        var parts = new ArrayList<Reservation>(budgets.size());
        for (DayBudget budget : budgets) {
            Optional<Reservation> part = budget.reserveAtOnce(budget.unit().of(most));
            if (part.isEmpty()) {
                new Reserved(parts).settle(Cost.NOTHING);
                return Optional.empty();
            }
            parts.add(part.get());
        }
        return Optional.of(new Reserved(parts));
    }

    /** Reserves of each budget, and takes more from the store if need be. May wait. Throws when one does not suffice. */
    Reserved reserve(Cost most) throws ApiException {
        var parts = new ArrayList<Reservation>(budgets.size());
        for (DayBudget budget : budgets) {
            Optional<Reservation> part = budget.reserve(budget.unit().of(most));
            if (part.isEmpty()) {
                new Reserved(parts).settle(Cost.NOTHING);
                throw ApiException.budgetSpent();
            }
            parts.add(part.get());
        }
        return new Reserved(parts);
    }

    /** Gives what is left back to the store. */
    void close() {
        budgets.forEach(DayBudget::close);
    }
}
