package io.baigong.journal.audit;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps signed heads outside the database: appended to a file, and told to a syslog server (RFC 5424 over UDP) if there is one.
 * A log that is cut off or rewritten no longer agrees with them. For one thread.
 */
final class Witness implements Consumer<String> {
    private static final System.Logger LOG = System.getLogger(Witness.class.getName());

    /** Facility 13, log audit; severity 5, notice. */
    private static final int PRIORITY = 13 * 8 + 5;

    private final Path file;
    private final Optional<InetSocketAddress> syslog;
    private final long intervalNanos;
    private String last = "";
    private long next = System.nanoTime();

    /**
     * A witness.
     *
     * @param interval heads that come faster are left out, but not the last of them
     */
    Witness(Path file, Optional<InetSocketAddress> syslog, Duration interval) {
        this.file = file;
        this.syslog = syslog;
        intervalNanos = interval.toNanos();
    }

    /** To be called now and then, with the newest head, whether or not it is new. */
    @Override
    public void accept(String head) {
        long now = System.nanoTime();
        if (head.equals(last) || now - next < 0) {
            return;
        }
        next = now + intervalNanos;
        try {
            append(head);
            if (syslog.isPresent()) {
                send(head, syslog.get());
            }
            last = head;
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "a head of the audit log could not be kept in " + file + " or sent to syslog", e);
        }
    }

    /** An empty line ends each note, as one parts text and signature within. */
    private void append(String head) throws IOException {
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap((head + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        }
    }

    private static void send(String head, InetSocketAddress server) throws IOException {
        String message = "<" + PRIORITY + ">1 " + Instant.now() + " - baigong - audit-head - "
                + head.strip().replace("\n", " | ");
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        try (var socket = new DatagramSocket()) {
            // Resolved anew each time, for a name may move.
            var address = new InetSocketAddress(server.getHostString(), server.getPort());
            socket.send(new DatagramPacket(bytes, bytes.length, address));
        }
    }
}
