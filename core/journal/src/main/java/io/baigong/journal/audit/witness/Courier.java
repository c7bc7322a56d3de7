package io.baigong.journal.audit.witness;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Brings the newest head to one witness, on a thread of its own: who makes heads waits for no witness, and no witness for
 * another. Heads that come faster than the interval are left out, but not the last of them, nor one that could not be kept and
 * is still the newest. Thread-safe.
 */
final class Courier implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Courier.class.getName());

    /** For the last head, when the suite stops. */
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private final Witness witness;
    private final long intervalMillis;
    private final Thread thread;
    private String newest = "";
    private boolean closed;

    Courier(Witness witness, Duration interval) {
        this.witness = witness;
        intervalMillis = interval.toMillis();
        thread = Thread.ofVirtual().name("audit witness").start(this::bring);
    }

    synchronized void give(String note) {
        newest = note;
        notifyAll();
    }

    private void bring() {
        String kept = "";
        try {
            while (true) {
                String head = after(kept);
                if (head.equals(kept)) {
                    return;
                }
                kept = keep(head) ? head : kept;
                if (pause() && !kept.equals(head)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            witness.close();
        }
    }

    /** The newest head once it is another, or the same one when there will be none. */
    private synchronized String after(String kept) throws InterruptedException {
        while (newest.equals(kept) && !closed) {
            wait();
        }
        return newest;
    }

    private boolean keep(String head) {
        try {
            witness.keep(head);
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "a head of the audit log could not be kept in " + witness, e);
            return false;
        }
    }

    /** Until the interval is over, or this is closed; whether it is. */
    private synchronized boolean pause() throws InterruptedException {
        long end = System.nanoTime() + 1_000_000 * intervalMillis;
        for (long left = intervalMillis; left > 0 && !closed; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return closed;
    }

    /** No head comes after this. Returns at once. */
    synchronized void end() {
        closed = true;
        notifyAll();
    }

    /** Brings the newest head, if it may be brought within seconds. */
    @Override
    public void close() {
        end();
        try {
            if (!thread.join(FAREWELL)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
