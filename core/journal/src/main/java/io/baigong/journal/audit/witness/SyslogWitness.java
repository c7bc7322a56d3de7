package io.baigong.journal.audit.witness;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells heads to a syslog server (RFC 5424 over UDP), which acknowledges nothing. */
public record SyslogWitness(String host, int port) implements Witness {
    /** Facility 13, log audit; severity 5, notice. */
    private static final int PRIORITY = 13 * 8 + 5;

    private static final Pattern ADDRESS = Pattern.compile("(.+):(\\d{1,5})");

    /**
     * Of a setting.
     *
     * @param address HOST:PORT
     */
    public static SyslogWitness at(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > 0xFFFF) {
            throw new IllegalArgumentException("baigong.audit.witness.syslog is HOST:PORT, not " + address);
        }
        return new SyslogWitness(parts.group(1), Integer.parseInt(parts.group(2)));
    }

    @Override
    public void keep(String note) throws IOException {
        String message = "<" + PRIORITY + ">1 " + Instant.now() + " - baigong - audit-head - "
                + note.strip().replace("\n", " | ");
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        try (var socket = new DatagramSocket()) {
            // Resolved anew each time, for a name may move.
            socket.send(new DatagramPacket(bytes, bytes.length, new InetSocketAddress(host, port)));
        }
    }

    @Override
    public String toString() {
        return "the syslog server " + host + ":" + port;
    }
}
