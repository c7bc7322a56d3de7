package io.baigong.gateway.key;

import io.baigong.gateway.proxy.Cost;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/**
 * What this instance may still spend of what a key has for a day, in tokens or in money. It takes it from the store in portions, so
 * that few calls wait for it; a call reserves before it is sent the most that it can use, and settles after. No number of calls and instances
 * spends more than the day's limit; an instance that is killed loses what it had taken, for the day.
 *
 * <p>Thread-safe.
 */
final class DayBudget {
    /** An instance takes this share of the limit at a time, unless a call needs more. */
    private static final long PORTIONS = 50;

    private final UUID key;
    private final Unit unit;
    private final long limit;
    private final BudgetStore store;
    private final InstantSource clock;
    private LocalDate day = LocalDate.EPOCH;
    private long left;

    /** What a call may use, of that day. */
    record Reservation(LocalDate day, long amount) {}

    /** What a budget counts. */
    enum Unit {
        TOKENS,
        /** Millionths of the currency of {@code baigong.gateway.currency}. */
        MICROS;

        long of(Cost cost) {
            return switch (this) {
                case TOKENS -> cost.tokens();
                case MICROS -> cost.micros();
            };
        }
    }

    DayBudget(UUID key, Unit unit, long limit, BudgetStore store, InstantSource clock) {
        this.key = key;
        this.unit = unit;
        this.limit = limit;
        this.store = store;
        this.clock = clock;
    }

    Unit unit() {
        return unit;
    }

    /** Reserves from what this instance has; empty when that is not enough. Never waits for the store. */
    synchronized Optional<Reservation> reserveAtOnce(long amount) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (!today.equals(day)) {
            day = today;
            left = 0;
        }
        if (left < amount) {
            return Optional.empty();
        }
        left -= amount;
        return Optional.of(new Reservation(day, amount));
    }

    /** Reserves, and takes more from the store if need be; empty when what the day has left does not suffice. May wait. */
    Optional<Reservation> reserve(long amount) {
        while (true) {
            Optional<Reservation> reservation = reserveAtOnce(amount);
            if (reservation.isPresent()) {
                return reservation;
            }
            LocalDate of;
            long missing;
            synchronized (this) {
                of = day;
                missing = Math.max(1, amount - left);
            }
            long got = store.take(key, unit, of, limit, Math.max(missing, limit / PORTIONS));
            if (got < missing) {
                // What does not suffice for this call may do for a smaller one, on any instance.
                if (got > 0) {
                    store.giveBack(key, unit, of, got);
                }
                return Optional.empty();
            }
            keep(of, got);
        }
    }

    /** Adds what is of that day; what is of another day than today is gone. */
    private synchronized void keep(LocalDate of, long amount) {
        if (of.equals(day)) {
            left += amount;
        }
    }

    /** The call is over; what it did not use may be spent otherwise, what it used beyond is owed. */
    void settle(Reservation reservation, long used) {
        keep(reservation.day, reservation.amount - used);
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
            store.giveBack(key, unit, of, rest);
        }
    }
}
