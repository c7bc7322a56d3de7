package io.baigong.host.change;

import io.baigong.host.access.Grants;
import io.baigong.journal.Actor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Somebody who hears of changes, of those that they may read. Whoever closes it is told no more. Thread-safe. */
public final class Hearing implements AutoCloseable {
    /** So many of one kind at once are told one by one; of more is told that there are many. */
    private static final int ONE_BY_ONE = 20;

    private final Actor who;
    private final Grants grants;
    private final Changes changes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition heard = lock.newCondition();
    private final Set<Change> waiting = new LinkedHashSet<>();
    private String mark;
    private boolean over;

    Hearing(Actor who, Grants grants, Changes changes, String mark) {
        this.who = who;
        this.grants = grants;
        this.changes = changes;
        this.mark = mark;
    }

    /**
     * What was heard, and where whoever comes back later goes on.
     *
     * @param over whether nothing more will be heard
     */
    public record Heard(List<Change> changes, String mark, boolean over) {}

    /** Waits for changes, for so long at most. */
    public Heard next(Duration most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = most.toNanos();
            while (waiting.isEmpty() && !over && left > 0) {
                left = heard.awaitNanos(left);
            }
            var told = new ArrayList<Change>();
            for (ChangeKind kind : ChangeKind.values()) {
                List<Change> some =
                        waiting.stream().filter(one -> one.kind() == kind).toList();
                told.addAll(some.size() > ONE_BY_ONE ? List.of(new Change(kind, null, null, null)) : some);
            }
            waiting.clear();
            return new Heard(told, mark, over);
        } finally {
            lock.unlock();
        }
    }

    void tell(Collection<Change> all, String asOf) {
        lock.lock();
        try {
            mark = asOf;
            for (Change change : all) {
                // One too many is enough to tell that there are many.
                if (mayRead(change) && countOf(change.kind()) <= ONE_BY_ONE) {
                    waiting.add(change);
                }
            }
            heard.signal();
        } finally {
            lock.unlock();
        }
    }

    private long countOf(ChangeKind kind) {
        return waiting.stream().filter(one -> one.kind() == kind).count();
    }

    void end() {
        lock.lock();
        try {
            over = true;
            heard.signal();
        } finally {
            lock.unlock();
        }
    }

    boolean isOf(Actor somebody) {
        return who.equals(somebody);
    }

    private boolean mayRead(Change change) {
        if (change.tenant() != null && !change.tenant().equals(who.tenant())) {
            return false;
        }
        Set<String> scopes = grants.scopes(change.kind().readers());
        return change.task() == null ? !scopes.isEmpty() : Grants.cover(scopes, change.task());
    }

    @Override
    public void close() {
        changes.leave(this);
    }
}
