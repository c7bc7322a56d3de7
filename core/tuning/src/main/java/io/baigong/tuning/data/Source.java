package io.baigong.tuning.data;

import io.baigong.spi.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * The files of a data set, read line by line as often as needed; all cores work on the lines, and what they make of them comes
 * out in the lines' order.
 */
final class Source implements AutoCloseable {
    private static final int BATCH_LINES = 512;
    private static final int BATCH_BYTES = 1 << 20;
    private static final int MOST_LINES = 1_000_000_000;

    private final List<Path> files;
    private final int mostLineBytes;
    private final int threads;
    private final int batchLines;
    private final ExecutorService workers;
    private final long totalBytes;
    private int known = Integer.MAX_VALUE;

    /**
     * One line.
     *
     * @param index among all lines of all files, from 0
     * @param file its name
     * @param number in its file, from 1
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Line(int index, String file, int number, byte[] bytes, boolean tooLong) {
        String place() {
            return file + ":" + number;
        }
    }

    /** A file as it was read: its name, SHA-256 of its bytes, and the index of its first line. */
    record Input(String file, String sha256, long bytes, int firstLine, int lines) {}

    /** Takes what was made of the lines, in order. */
    @FunctionalInterface
    interface Sink<T> {
        void take(T made) throws IOException;
    }

    /** All cores work on hundreds of lines at once. */
    Source(List<Path> files, int mostLineBytes) throws IOException {
        this(files, mostLineBytes, Runtime.getRuntime().availableProcessors(), BATCH_LINES);
    }

    /**
     * @param threads that work on lines
     * @param batchLines that one takes at once
     */
    Source(List<Path> files, int mostLineBytes, int threads, int batchLines) throws IOException {
        this.files = List.copyOf(files);
        this.mostLineBytes = mostLineBytes;
        this.threads = threads;
        this.batchLines = batchLines;
        this.workers = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("lines-", 0).factory());
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        this.totalBytes = Math.max(bytes, 1);
    }

    /** Reads all. */
    <T> List<Input> read(Function<Line, T> work, Sink<T> sink, Progress progress, String what) throws IOException {
        var running = new ArrayDeque<Future<List<T>>>();
        var inputs = new ArrayList<Input>();
        int index = 0;
        long before = 0;
        for (Path file : files) {
            int first = index;
            String name = String.valueOf(file.getFileName());
            try (var lines = new Lines(file, mostLineBytes)) {
                var batch = new ArrayList<Line>();
                int bytes = 0;
                while (lines.next()) {
                    byte[] line = lines.tooLong() ? new byte[0] : lines.bytes();
                    batch.add(new Line(index, name, lines.number(), line, lines.tooLong()));
                    bytes += line.length;
                    if (++index > known) {
                        throw new Unusable(name + " grew while it was read; clean the data again");
                    }
                    if (index == MOST_LINES) {
                        throw new Unusable("more than " + MOST_LINES + " lines; clean the data in parts");
                    }
                    if (batch.size() == batchLines || bytes > BATCH_BYTES) {
                        submit(batch, work, running);
                        batch = new ArrayList<>();
                        bytes = 0;
                        drain(running, 2 * threads, sink);
                        progress.at((double) (before + lines.read()) / totalBytes, what);
                    }
                }
                submit(batch, work, running);
                before += lines.read();
                inputs.add(new Input(name, lines.sha256(), lines.read(), first, index - first));
            }
        }
        drain(running, 0, sink);
        known = index;
        progress.at(1, what);
        return inputs;
    }

    private <T> void submit(List<Line> batch, Function<Line, T> work, ArrayDeque<Future<List<T>>> running) {
        running.add(workers.submit(() -> batch.stream().map(work).toList()));
    }

    private static <T> void drain(ArrayDeque<Future<List<T>>> running, int most, Sink<T> sink) throws IOException {
        while (running.size() > most) {
            try {
                for (T made : running.remove().get()) {
                    sink.take(made);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("a line could not be worked on", e.getCause());
            }
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
