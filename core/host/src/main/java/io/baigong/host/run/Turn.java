package io.baigong.host.run;

import io.baigong.spi.ErrorCode;
import io.baigong.spi.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Work with a deadline. Its place is given back when the work has really ended, so that late work can't pile up. */
final class Turn<O> {
    private final CompletableFuture<Outcome<O>> result = new CompletableFuture<>();
    private final Thread worker;

    /**
     * Starts.
     *
     * @param release gives the place back
     */
    Turn(Runnable release, Supplier<Outcome<O>> work) {
        worker = Thread.ofPlatform().name("run").daemon().start(() -> {
            try {
                result.complete(work.get());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            } finally {
                release.run();
            }
        });
    }

    Outcome<O> await(Duration deadline) {
        try {
            return result.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            worker.interrupt();
            return new Outcome.Failed<>(
                    ErrorCode.Resource.TIMEOUT,
                    "the run took longer than " + deadline.toSeconds() + " s",
                    "Send a smaller file. The operator can allow more time with baigong.runs.deadline.");
        } catch (InterruptedException e) {
            worker.interrupt();
            Thread.currentThread().interrupt();
            return new Outcome.Failed<>(
                    ErrorCode.Resource.BUSY, "the platform is shutting down", "Try again when it is back.");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a run ended without an outcome", e.getCause());
        }
    }
}
