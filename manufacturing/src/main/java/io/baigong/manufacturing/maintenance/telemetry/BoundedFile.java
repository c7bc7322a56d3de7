package io.baigong.manufacturing.maintenance.telemetry;

import io.baigong.spi.ErrorCode;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A file's bytes, gzip undone if it is there, up to a limit: a longer stream throws {@link TooLong}. */
public final class BoundedFile {
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private BoundedFile() {}

    /** The bytes of the file, at most {@code limit} of them once unpacked. */
    public static InputStream open(Path file, long limit) throws IOException {
        var raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            raw.mark(2);
            boolean packed = raw.read() == GZIP_FIRST && raw.read() == GZIP_SECOND;
            raw.reset();
            return new Limited(packed ? new GZIPInputStream(raw, 1 << 16) : raw, limit);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /** What a file was that ended early or unpacked to too much, for the person who sent it. */
    public static UnreadableTelemetry unreadable(String name, IOException cause) {
        if (cause instanceof TooLong long_) {
            return new UnreadableTelemetry(
                    ErrorCode.User.TOO_LARGE,
                    name + " is longer than " + (long_.limit >> 20) + " MiB once unpacked",
                    "Send it in parts, each of fewer machines or a shorter time.");
        }
        return new UnreadableTelemetry(
                ErrorCode.User.CORRUPT,
                name + " can't be read to its end: " + cause.getMessage(),
                "Send the file again; it may have been cut off on its way.");
    }

    /** The stream goes on beyond the limit. */
    public static final class TooLong extends IOException {
        private final long limit;

        TooLong(long limit) {
            super("longer than " + limit + " bytes");
            this.limit = limit;
        }
    }

    private static final class Limited extends FilterInputStream {
        private final long limit;
        private long left;

        Limited(InputStream in, long limit) {
            super(in);
            this.limit = limit;
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int got = in.read(target, offset, length);
            count(Math.max(0, got));
            return got;
        }

        private void count(int bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new TooLong(limit);
            }
        }
    }
}
