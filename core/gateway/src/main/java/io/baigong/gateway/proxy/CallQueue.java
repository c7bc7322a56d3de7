package io.baigong.gateway.proxy;

import io.baigong.compute.Priority;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The places of a server, and the calls that wait for one. Interactive calls go before batches; but of so many places in a row one
 * goes to a batch if one waits, so that none waits for ever. Thread-safe.
 */
final class CallQueue {
    /** Interactive calls that go before a waiting batch. */
    static final int BEFORE_A_BATCH = 8;

    private final int mostWaiting;
    private final Map<Priority, Deque<Ticket>> waiting = new EnumMap<>(Priority.class);
    private int free;
    private int passed;

    /**
     * A queue in which nobody waits.
     *
     * @param places calls at one time
     * @param mostWaiting of all priorities together
     */
    CallQueue(int places, int mostWaiting) {
        this.free = places;
        this.mostWaiting = mostWaiting;
        for (Priority each : Priority.values()) {
            waiting.put(each, new ArrayDeque<>());
        }
    }

    /** A call's place, or its place among those that wait. To be given back by {@link #leave}. */
    final class Ticket {
        private final Priority priority;
        private final Runnable turn;
        private boolean holds;
        private boolean left;

        private Ticket(Priority priority, Runnable turn) {
            this.priority = priority;
            this.turn = turn;
        }

        /** Whether it has a place. */
        boolean holds() {
            synchronized (CallQueue.this) {
                return holds;
            }
        }

        /** The call is over, or waits no longer; only the first time counts. */
        void leave() {
            Optional<Ticket> next = Optional.empty();
            synchronized (CallQueue.this) {
                if (left) {
                    return;
                }
                left = true;
                if (holds) {
                    next = next();
                } else {
                    waiting(priority).remove(this);
                }
            }
            next.ifPresent(ticket -> ticket.turn.run());
        }
    }

    /**
     * Comes for a place.
     *
     * @param turn told when one is free, by another thread, unless there is one at once
     * @return empty when too many wait
     */
    synchronized Optional<Ticket> enter(Priority priority, Runnable turn) {
        var ticket = new Ticket(priority, turn);
        if (free > 0) {
            free--;
            ticket.holds = true;
        } else if (waiting() >= mostWaiting) {
            return Optional.empty();
        } else {
            waiting(priority).add(ticket);
        }
        return Optional.of(ticket);
    }

    /** Calls that wait. */
    synchronized int waiting() {
        return waiting.values().stream().mapToInt(Deque::size).sum();
    }

    @SuppressWarnings("NullAway") // there is one for each
    private Deque<Ticket> waiting(Priority priority) {
        return waiting.get(priority);
    }

    /** Gives the place that has become free away. */
    private Optional<Ticket> next() {
        Deque<Ticket> interactive = waiting(Priority.INTERACTIVE);
        Deque<Ticket> batch = waiting(Priority.BATCH);
        boolean batchIsNext = !batch.isEmpty() && (interactive.isEmpty() || passed >= BEFORE_A_BATCH);
        Ticket next = batchIsNext ? batch.poll() : interactive.poll();
        if (next == null) {
            free++;
            return Optional.empty();
        }
        passed = batchIsNext || batch.isEmpty() ? 0 : passed + 1;
        next.holds = true;
        return Optional.of(next);
    }
}
