package io.baigong.spark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * The lines that a worker prints, until it has ended well. The thread that asks for them feeds it, as Spark's records are to be read by
 * the thread of their task; others only empty its pipes.
 */
final class WorkerResults implements Iterator<String> {
    private static final int LAST_WORDS = 20;

    private final Process process;
    private final Iterator<Tuple2<String, Long>> records;
    private final BufferedWriter in;

    /** Lines printed and not yet given; an empty one after the last. */
    private final BlockingQueue<Optional<String>> printed = new LinkedBlockingQueue<>();

    private final Deque<String> lastWords = new ArrayDeque<>();
    private final Thread listener;
    private boolean fed;
    private @Nullable String next;

    WorkerResults(Process process, Iterator<Tuple2<String, Long>> records) throws IOException {
        this.process = process;
        this.records = records;
        in = process.outputWriter(StandardCharsets.UTF_8);
        var _ = Thread.ofVirtual().start(() -> collect(process));
        listener = Thread.ofVirtual().start(() -> listen(process));
        next = read();
    }

    private void collect(Process process) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                printed.add(Optional.of(line));
            }
        } catch (IOException e) {
            // The process was ended; its exit code says so.
        } finally {
            printed.add(Optional.empty());
        }
    }

    private void listen(Process process) {
        try (BufferedReader words = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = words.readLine(); line != null; line = words.readLine()) {
                System.err.println(line);
                lastWords.add(line);
                if (lastWords.size() > LAST_WORDS) {
                    lastWords.remove();
                }
            }
        } catch (IOException e) {
            // The process was ended.
        }
    }

    private @Nullable String read() throws IOException {
        try {
            Optional<String> line = printed.poll();
            while (line == null && !fed) {
                feed();
                line = printed.poll();
            }
            if (line == null) {
                line = printed.take();
            }
            if (line.isEmpty()) {
                end();
            }
            return line.orElse(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Gives the process one record, or tells it that there is no more. */
    private void feed() {
        try {
            if (records.hasNext()) {
                Tuple2<String, Long> record = records.next();
                in.write(record._2() + "\t" + record._1() + "\n");
            } else {
                fed = true;
                in.close();
            }
        } catch (IOException e) {
            fed = true; // It has ended; its exit code says more.
        }
    }

    private void end() throws IOException, InterruptedException {
        int code = process.waitFor();
        listener.join();
        if (code != 0 || records.hasNext()) {
            throw new IOException("a worker ended with code " + code + ": " + String.join("\n", lastWords));
        }
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public String next() {
        String line = next;
        if (line == null) {
            throw new NoSuchElementException();
        }
        try {
            next = read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line;
    }
}
