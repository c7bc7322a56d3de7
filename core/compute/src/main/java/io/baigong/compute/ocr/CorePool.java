package io.baigong.compute.ocr;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A thread per core, for networks that each run on one: that is faster than one network on all of them. */
final class CorePool implements AutoCloseable {
    private final ExecutorService threads = Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            Thread.ofPlatform().daemon().name("ocr-", 0).factory());

    /** A step that calls ONNX Runtime. */
    @FunctionalInterface
    interface Step<T, R> {
        R apply(T item) throws OrtException;
    }

    /** Applies the step to all items and keeps their order; returns only when none is in work any more. */
    <T, R> List<R> map(List<T> items, Step<T, R> step) throws OrtException {
        var results = new ArrayList<CompletableFuture<R>>();
        for (T item : items) {
            results.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return step.apply(item);
                        } catch (OrtException e) {
                            throw new CompletionException(e);
                        }
                    },
                    threads));
        }
        try {
            CompletableFuture.allOf(results.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof OrtException failure) {
                throw failure;
            }
            throw e;
        }
        return results.stream().map(CompletableFuture::join).toList();
    }

    @Override
    public void close() {
        threads.close();
    }
}
