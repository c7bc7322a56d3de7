package io.baigong.finance.document;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Until when a document must be read; time spent in OCR counts on an account of its own. */
final class Deadline {
    /** Thrown through parsers, which catch only checked exceptions on their way. */
    static final class Expired extends RuntimeException {
        private static final long serialVersionUID = 1;

        Expired(String message) {
            super(message, null, false, false);
        }
    }

    private static final int MOST_LEFT_BEHIND = 2;
    private static final AtomicInteger LEFT_BEHIND = new AtomicInteger();

    private final long start = System.nanoTime();
    private final long allowed;
    private final long recognitionAllowed;
    private long recognition;

    Deadline(Duration time, Duration recognitionTime) {
        allowed = time.toNanos();
        recognitionAllowed = recognitionTime.toNanos();
    }

    void check() {
        if (System.nanoTime() - start - recognition > allowed) {
            throw expired();
        }
    }

    /**
     * Does work that can't be made to look at the time, on a thread of its own, and waits for no longer than there is time.
     *
     * <p>What is not done by then is left behind; nothing in Java ends it. While {@value #MOST_LEFT_BEHIND} such threads run, no
     * other is started.
     */
    <T> T parsing(Callable<T> work) throws IOException {
        if (LEFT_BEHIND.get() >= MOST_LEFT_BEHIND) {
            throw new Expired("too many other documents are still being drawn");
        }
        var parted = new AtomicBoolean();
        var task = new FutureTask<>(work);
        var thread = Thread.ofPlatform().daemon().name("page-drawing").unstarted(() -> {
            task.run();
            part(parted);
        });
        thread.start();
        try {
            return task.get(Math.max(0, start + recognition + allowed - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LEFT_BEHIND.incrementAndGet();
            part(parted);
            throw expired();
        } catch (InterruptedException e) {
            LEFT_BEHIND.incrementAndGet();
            part(parted);
            Thread.currentThread().interrupt();
            throw new Expired("its reader was interrupted");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /** Of worker and waiter, the second to come takes the worker off the count. */
    private static void part(AtomicBoolean parted) {
        if (!parted.compareAndSet(false, true)) {
            LEFT_BEHIND.decrementAndGet();
        }
    }

    private Expired expired() {
        return new Expired(
                "parsing took longer than " + Duration.ofNanos(allowed).toSeconds() + " s");
    }

    <T> T recognising(Supplier<T> work) {
        if (recognition > recognitionAllowed) {
            throw new Expired("OCR took longer than "
                    + Duration.ofNanos(recognitionAllowed).toSeconds() + " s");
        }
        long before = System.nanoTime();
        try {
            return work.get();
        } finally {
            recognition += System.nanoTime() - before;
        }
    }
}
