package io.baigong.gateway.key;

import java.time.LocalDate;
import java.util.UUID;

/** Where instances take from what a key may spend on a day. Thread-safe; a call may wait for a database. */
interface BudgetStore {
    /**
     * Takes a part of a key's day.
     *
     * @param limit of the day; all that was ever taken and not given back stays within it
     * @return how much was left to take, at most {@code wanted}
     */
    long take(UUID key, DayBudget.Unit unit, LocalDate day, long limit, long wanted);

    /** Gives back what was taken and not spent. */
    void giveBack(UUID key, DayBudget.Unit unit, LocalDate day, long amount);
}
