package io.baigong.host.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls at a steady rate over kept connections, however long their answers take: a call that must wait for the one before it on its
 * connection has begun when it was due, so that no pause of the server hides behind its own waiting.
 */
final class SteadyLoad {
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] CHUNKS_END = "\r\n0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final int BUFFER = 1 << 20;

    private final String json;
    private final String key;

    /**
     * What was measured, in milliseconds.
     *
     * @param first median until the first byte behind the answer's head
     */
    record Latency(double p50, double p99, double first) {}

    /** Calls that post that JSON with that key. */
    SteadyLoad(String json, String key) {
        this.json = json;
        this.key = key;
    }

    /** Calls {@code perSecond} times a second, over so many connections in turn. */
    Latency run(URI url, int perSecond, int connections, int seconds) throws IOException, InterruptedException {
        byte[] request = ("POST " + url.getPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                        + "\r\nContent-Type: application/json\r\nAuthorization: Bearer " + key + "\r\nContent-Length: "
                        + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + json)
                .getBytes(StandardCharsets.UTF_8);
        long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
        long every = TimeUnit.SECONDS.toNanos(1) / perSecond;
        int calls = perSecond * seconds / connections;
        var whole = new double[calls * connections];
        var first = new double[calls * connections];
        try (var threads = Executors.newFixedThreadPool(connections)) {
            List<Future<?>> running = new ArrayList<>();
            for (int at = 0; at < connections; at++) {
                int connection = at;
                running.add(threads.submit(() -> {
                    try (var socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
                        socket.setTcpNoDelay(true);
                        var buffer = new byte[BUFFER];
                        for (int call = 0; call < calls; call++) {
                            int number = call * connections + connection;
                            long due = start + number * every;
                            long began = System.nanoTime() < due ? waited(due) : due;
                            socket.getOutputStream().write(request);
                            long seen = answer(socket.getInputStream(), buffer);
                            whole[number] = (System.nanoTime() - began) / 1e6;
                            first[number] = (seen - began) / 1e6;
                        }
                    }
                    return connection;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a call to " + url + " failed: " + e.getCause(), e);
        }
        Arrays.sort(whole);
        Arrays.sort(first);
        return new Latency(whole[whole.length / 2], whole[whole.length * 99 / 100], first[first.length / 2]);
    }

    /** When it woke up at last. */
    private static long waited(long due) {
        long left = due - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = due - System.nanoTime();
        }
        return System.nanoTime();
    }

    /** Reads an answer to its end; says when the first byte of its body was there. */
    private static long answer(InputStream in, byte[] buffer) throws IOException {
        int size = 0;
        int head = -1;
        long length = -1;
        long seen = 0;
        while (true) {
            int got = in.read(buffer, size, buffer.length - size);
            if (got <= 0) {
                throw new IOException("the answer broke off, or is longer than " + buffer.length + " bytes");
            }
            size += got;
            if (head < 0) {
                head = indexOf(buffer, size, HEAD_END);
                if (head < 0) {
                    continue;
                }
                head += HEAD_END.length;
                length = length(new String(buffer, 0, head, StandardCharsets.ISO_8859_1));
            }
            if (seen == 0 && size > head) {
                seen = System.nanoTime();
            }
            if (length >= 0 ? size >= head + length : endsWith(buffer, size, CHUNKS_END)) {
                return seen;
            }
        }
    }

    /** Of a body; -1 for one in chunks. Throws {@link IOException} for an answer that is an error. */
    private static long length(String head) throws IOException {
        if (!head.startsWith("HTTP/1.1 200 ")) {
            throw new IOException(head.substring(0, head.indexOf('\r')));
        }
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                .mapToLong(line -> Long.parseLong(line.substring(15).strip()))
                .findFirst()
                .orElse(-1);
    }

    private static int indexOf(byte[] bytes, int size, byte[] wanted) {
        for (int at = 0; at + wanted.length <= size; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean endsWith(byte[] bytes, int size, byte[] end) {
        return size >= end.length && Arrays.equals(bytes, size - end.length, size, end, 0, end.length);
    }
}
