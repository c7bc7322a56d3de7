package io.baigong.host.run;

import io.baigong.journal.Tenancy;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Threads that look for work for the platform: one piece after another, and where there is none again once they are woken or a second
 * has passed. What goes wrong is logged, and looked for again a second later. Thread-safe.
 */
public final class BackgroundWorkers {
    private static final System.Logger LOG = System.getLogger(BackgroundWorkers.class.getName());
    private static final long IDLE_MILLIS = 1_000;

    private final String what;
    private final Semaphore news = new Semaphore(0);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /** @param what they do, such as {@code batches} */
    public BackgroundWorkers(String what) {
        this.what = what;
    }

    /** What one thread does. */
    @FunctionalInterface
    public interface Search {
        /** Does the next piece of work; false if there is none. */
        boolean serveNext() throws SQLException, IOException, InterruptedException;
    }

    /**
     * Starts threads.
     *
     * @param searches makes one for each thread
     */
    public synchronized void start(int count, Supplier<Search> searches) {
        for (int i = 0; i < count; i++) {
            Search search = searches.get();
            threads.add(Thread.ofPlatform()
                    .name(what + "-" + i)
                    .daemon()
                    .start(() -> Tenancy.platform().run(() -> work(search))));
        }
    }

    /** Has them look at once. */
    public synchronized void wake() {
        news.release(threads.size());
    }

    /** Whether they were told to stop. */
    public boolean isStopped() {
        return stopped;
    }

    /** Interrupts them, and waits so long for each. */
    public synchronized void stop(Duration patience) throws InterruptedException {
        stopped = true;
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join(patience);
        }
    }

    private void work(Search search) {
        while (!stopped) {
            try {
                if (!search.serveNext()) {
                    news.tryAcquire(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException e) {
                return;
            } catch (SQLException | IOException | RuntimeException e) {
                if (stopped) {
                    return;
                }
                LOG.log(Level.WARNING, what + " go on in a moment: " + e);
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(IDLE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
