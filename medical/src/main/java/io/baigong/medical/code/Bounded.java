package io.baigong.medical.code;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Ends with an error where more comes than may: a small file can unpack to terabytes. */
final class Bounded extends FilterInputStream {
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private long left;

    private Bounded(InputStream in, long most) {
        super(in);
        left = most;
    }

    /**
     * Unpacks a file that is gzipped, whatever its name.
     *
     * @param most bytes that it may unpack to
     */
    static InputStream opened(InputStream file, long most) throws IOException {
        var in = new BufferedInputStream(file);
        in.mark(2);
        boolean gzip = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
        in.reset();
        return new Bounded(gzip ? new GZIPInputStream(in, 1 << 16) : in, most);
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        count(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        count(Math.max(count, 0));
        return count;
    }

    private void count(int bytes) throws IOException {
        left -= bytes;
        if (left < 0) {
            throw new IOException("the file unpacks to more than a code list can hold");
        }
    }
}
