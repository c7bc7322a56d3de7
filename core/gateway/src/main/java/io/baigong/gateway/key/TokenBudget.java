package io.baigong.gateway.key;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/**
 * What this instance may still spend of a key's tokens of the day. It takes them from the store in portions, so that few calls
 * wait for it; a call reserves before it is sent the most that it can use, and settles after. No number of calls and instances
 * spends more than the day's limit; an instance that is killed loses what it had taken, for the day.
 *
 * <p>Thread-safe.
 */
final class TokenBudget {
    /** An instance takes this share of the limit at a time, unless a call needs more. */
    private static final long PORTIONS = 50;

    private final UUID key;
    private final long limit;
    private final BudgetStore store;
    private final InstantSource clock;
    private LocalDate day = LocalDate.EPOCH;
    private long left;

    /** Tokens that a call may use, of that day. */
    record Reservation(LocalDate day, long tokens) {}

    TokenBudget(UUID key, long limit, BudgetStore store, InstantSource clock) {
        this.key = key;
        this.limit = limit;
        this.store = store;
        this.clock = clock;
    }

    /** Reserves from what this instance has; empty when that is not enough. Never waits for the store. */
    synchronized Optional<Reservation> reserveAtOnce(long tokens) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (!today.equals(day)) {
            day = today;
            left = 0;
        }
        if (left < tokens) {
            return Optional.empty();
        }
        left -= tokens;
        return Optional.of(new Reservation(day, tokens));
    }

    /** Reserves, and takes more from the store if need be; empty when the day's tokens don't suffice. May wait. */
    Optional<Reservation> reserve(long tokens) {
        while (true) {
            Optional<Reservation> reservation = reserveAtOnce(tokens);
            if (reservation.isPresent()) {
                return reservation;
            }
            LocalDate of;
            long missing;
            synchronized (this) {
                of = day;
                missing = Math.max(1, tokens - left);
            }
            long got = store.take(key, of, limit, Math.max(missing, limit / PORTIONS));
            if (got < missing) {
                // What does not suffice for this call may do for a smaller one, on any instance.
                if (got > 0) {
                    store.giveBack(key, of, got);
                }
                return Optional.empty();
            }
            keep(of, got);
        }
    }

    /** Adds tokens of that day; what is of another day than today is gone. */
    private synchronized void keep(LocalDate of, long tokens) {
        if (of.equals(day)) {
            left += tokens;
        }
    }

    /** The call is over; what it did not use may be spent otherwise, what it used beyond is owed. */
    void settle(Reservation reservation, long used) {
        keep(reservation.day, reservation.tokens - used);
    }

    /** Gives what is left back to the store. */
    void close() {
        long rest;
        LocalDate of;
        synchronized (this) {
            rest = left;
            of = day;
            left = 0;
        }
        if (rest > 0) {
            store.giveBack(key, of, rest);
        }
    }
}
