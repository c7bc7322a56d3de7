package io.baigong.tuning.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/**
 * The lines of a file, gzip or not by its first two bytes. No more than one line is in memory, and of that no more than the most
 * that is allowed. Not thread-safe.
 */
final class Lines implements Closeable {
    private static final int BUFFER = 1 << 16;

    private final String name;
    private final int most;
    private final DigestInputStream digested;
    private final Counted raw;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private byte[] line = new byte[256];
    private int length;
    private int number;
    private boolean tooLong;

    /** @param most bytes of a line */
    Lines(Path file, int most) throws IOException {
        this.name = String.valueOf(file.getFileName());
        this.most = most;
        this.digested = new DigestInputStream(Files.newInputStream(file), Digests.sha256());
        this.raw = new Counted(digested);
        try {
            this.in = opened();
        } catch (IOException e) {
            raw.close();
            throw new Unusable(name + " can't be read: " + e.getMessage());
        }
    }

    private InputStream opened() throws IOException {
        var peeked = new BufferedInputStream(raw, BUFFER);
        peeked.mark(2);
        boolean gzip = peeked.read() == 0x1f && peeked.read() == 0x8b; // RFC 1952, section 2.3.1
        peeked.reset();
        return gzip ? new GZIPInputStream(peeked, BUFFER) : peeked;
    }

    /** Goes on to the next line; false at the end. */
    boolean next() throws IOException {
        length = 0;
        tooLong = false;
        boolean any = false;
        try {
            while (true) {
                if (at == end) {
                    end = Math.max(in.read(buffer), 0);
                    at = 0;
                    if (end == 0) {
                        break;
                    }
                }
                any = true;
                int from = at;
                while (at < end && buffer[at] != '\n') {
                    at++;
                }
                keep(from, at);
                if (at < end) {
                    at++;
                    break;
                }
            }
        } catch (IOException e) {
            throw new Unusable(name + " is damaged or cut off after line " + number + ": " + e.getMessage()
                    + ". Fetch the file anew.");
        }
        number += any ? 1 : 0;
        return any;
    }

    private void keep(int from, int to) {
        if (tooLong || length + (to - from) > most) {
            tooLong = true;
            return;
        }
        if (length + (to - from) > line.length) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, length + (to - from)));
        }
        System.arraycopy(buffer, from, line, length, to - from);
        length += to - from;
    }

    /** Number of this line, from 1. */
    int number() {
        return number;
    }

    /** Whether this line is longer than allowed, and so was left out. */
    boolean tooLong() {
        return tooLong;
    }

    /** This line without its end, and without the mark that begins some files. */
    byte[] bytes() {
        int to = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        boolean marked =
                number == 1 && to >= 3 && line[0] == (byte) 0xEF && line[1] == (byte) 0xBB && line[2] == (byte) 0xBF;
        return Arrays.copyOfRange(line, marked ? 3 : 0, to);
    }

    /** Bytes of the file read so far, as they are on disk. */
    long read() {
        return raw.count;
    }

    /** SHA-256 of the file's bytes, once every line was read. */
    String sha256() throws IOException {
        while (raw.read(buffer) >= 0) {} // what stands behind the last member of a gzip file
        MessageDigest digest = digested.getMessageDigest();
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] into, int offset, int most) throws IOException {
            int read = super.read(into, offset, most);
            count += Math.max(read, 0);
            return read;
        }
    }
}
