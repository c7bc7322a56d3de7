package io.baigong.gateway.key;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The store of all instances, for one key, in memory. */
final class BudgetsInMemory implements BudgetStore {
    private final Map<List<Object>, Long> granted = new HashMap<>();
    private int asked;

    @Override
    public synchronized long take(UUID key, DayBudget.Unit unit, LocalDate day, long limit, long wanted) {
        asked++;
        long before = granted(unit, day);
        long got = Math.clamp(limit - before, 0, wanted);
        granted.put(List.of(unit, day), before + got);
        return got;
    }

    @Override
    public synchronized void giveBack(UUID key, DayBudget.Unit unit, LocalDate day, long amount) {
        granted.merge(List.of(unit, day), -amount, Long::sum);
    }

    synchronized long granted(DayBudget.Unit unit, LocalDate day) {
        return granted.getOrDefault(List.of(unit, day), 0L);
    }

    synchronized int asked() {
        return asked;
    }
}
