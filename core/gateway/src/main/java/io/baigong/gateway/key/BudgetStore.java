package io.baigong.gateway.key;

import java.time.LocalDate;
import java.util.UUID;

/** Where instances take tokens from that a key may spend on a day. Thread-safe; a call may wait for a database. */
interface BudgetStore {
    /**
     * Takes tokens of a key's day.
     *
     * @param limit of the day; all that was ever taken and not given back stays within it
     * @return how many were left to take, at most {@code wanted}
     */
    long take(UUID key, LocalDate day, long limit, long wanted);

    /** Gives back what was taken and not spent. */
    void giveBack(UUID key, LocalDate day, long tokens);
}
