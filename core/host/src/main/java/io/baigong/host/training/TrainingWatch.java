package io.baigong.host.training;

import io.baigong.journal.Tenancy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Writes down each second what a training told, and ends it once it is cancelled. Thread-safe. */
final class TrainingWatch implements AutoCloseable {
    private static final long PAUSE_MILLIS = 1_000;

    /** Of one training; later ones are not kept. */
    private static final int MOST_FIGURES = 20_000;

    private final TrainingJobs jobs;
    private final TrainingCheckpoints checkpoints;
    private final TrainingJob job;
    private final Runnable end;
    /** Rather than an interrupt, which closes a connection that a virtual thread is just using. */
    private final CountDownLatch over = new CountDownLatch(1);

    private List<TrainingLine> lines = new ArrayList<>();
    private double share;
    private String doing = "";
    private int kept;

    /** @param end what ends the training */
    TrainingWatch(TrainingJobs jobs, TrainingCheckpoints checkpoints, TrainingJob job, Runnable end) {
        this.jobs = jobs;
        this.checkpoints = checkpoints;
        this.job = job;
        this.end = end;
        Thread.startVirtualThread(() -> Tenancy.platform().run(this::watch));
    }

    synchronized void told(TrainingLine line) {
        @Nullable Double now = line.share();
        if (now != null) {
            share = Math.clamp(now, 0, 1);
            doing = line.what() == null ? "" : line.what();
        } else if (line.kept() != null || line.resumed() != null) {
            lines.add(line);
        } else if (line.isFigure() && kept < MOST_FIGURES) {
            lines.add(line);
            kept++;
        }
    }

    private void watch() {
        try {
            while (!over.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                try {
                    if (!tell()) {
                        end.run();
                        return;
                    }
                } catch (RuntimeException e) {
                    // The database is away; the training goes on, and is told of later.
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does
        }
    }

    /** Writes down what is new; tells whether the training shall go on. */
    boolean tell() {
        List<TrainingLine> fresh;
        double at;
        String what;
        synchronized (this) {
            fresh = lines;
            lines = new ArrayList<>();
            at = share;
            what = doing;
        }
        if (!fresh.isEmpty()) {
            checkpoints.told(job, fresh);
        }
        return jobs.goesOn(job, at, what);
    }

    @Override
    public void close() {
        over.countDown();
    }
}
