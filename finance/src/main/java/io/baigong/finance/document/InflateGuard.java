package io.baigong.finance.document;

import io.baigong.spi.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.InflaterInputStream;

/**
 * Refuses a PDF with a compressed part that inflates beyond bounds, before PDFBox would inflate it into memory.
 *
 * <p>Looks at the bytes alone, whatever the file's structure claims: every {@code stream} that starts like zlib is
 * inflated and thrown away, through two more layers if there are any. Encrypted parts look like noise and pass.
 */
final class InflateGuard {
    private static final int MOST_LAYERS = 3;
    /** Parts together may inflate to so many times the bound of one. */
    private static final int ALTOGETHER = 12;

    private final Limits limits;
    private final Deadline deadline;
    private long total;

    InflateGuard(Limits limits, Deadline deadline) {
        this.limits = limits;
        this.deadline = deadline;
    }

    void check(byte[] pdf) throws UnreadableDocument {
        for (int i = 0; i + 9 < pdf.length; i++) {
            if (pdf[i] == 's' && isStream(pdf, i)) {
                int start = i + 6;
                start += pdf[start] == '\r' ? 1 : 0;
                start += pdf[start] == '\n' ? 1 : 0;
                inflate(new ByteArrayInputStream(pdf, start, pdf.length - start), 1);
                i = start - 1;
            }
        }
    }

    private static boolean isStream(byte[] pdf, int at) {
        return pdf[at + 1] == 't'
                && pdf[at + 2] == 'r'
                && pdf[at + 3] == 'e'
                && pdf[at + 4] == 'a'
                && pdf[at + 5] == 'm'
                && (pdf[at + 6] == '\n' || pdf[at + 6] == '\r')
                && !(at > 0 && pdf[at - 1] == 'd');
    }

    private void inflate(InputStream in, int layer) throws UnreadableDocument {
        try {
            var peeked = new PushbackInputStream(in, 2);
            byte[] header = peeked.readNBytes(2);
            if (header.length < 2 || !isZlib(header)) {
                return;
            }
            if (layer > MOST_LAYERS) {
                throw bomb("is compressed more than " + MOST_LAYERS + " times over");
            }
            peeked.unread(header);
            var counted = new Counted(new InflaterInputStream(peeked));
            inflate(counted, layer + 1);
            counted.skipToEnd();
        } catch (Overflow e) {
            throw bomb("inflates to more than " + limits.inflatedBytes() / (1 << 20) + " MiB");
        } catch (IOException e) {
            // Not compressed after all, or damaged: PDFBox decides.
        }
    }

    private static boolean isZlib(byte[] header) {
        int both = (header[0] & 0xff) << 8 | (header[1] & 0xff);
        return (header[0] & 0x0f) == 8 && (header[0] & 0xf0) <= 0x70 && both % 31 == 0;
    }

    private static UnreadableDocument bomb(String what) {
        return new UnreadableDocument(
                ErrorCode.User.HOSTILE,
                "A part of the PDF " + what + ", as in a decompression bomb.",
                "Print the document to a new PDF; if it holds large pictures, save them at 300 dpi or less.");
    }

    private static final class Overflow extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** Counts what it yields and stops at the bound. */
    private final class Counted extends InputStream {
        private final InputStream in;
        private final byte[] sink = new byte[8192];
        private long count;

        Counted(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = in.read(target, offset, length);
            count(Math.max(0, read));
            return read;
        }

        void skipToEnd() throws IOException {
            while (read(sink, 0, sink.length) >= 0) {
                deadline.check();
            }
        }

        private void count(int bytes) throws IOException {
            count += bytes;
            total += bytes;
            if (count > limits.inflatedBytes() || total > ALTOGETHER * limits.inflatedBytes()) {
                throw new Overflow();
            }
        }
    }
}
