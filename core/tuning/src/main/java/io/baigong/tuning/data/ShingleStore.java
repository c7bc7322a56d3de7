package io.baigong.tuning.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Sets of shingles in a temporary file, so that memory does not grow with the length of documents: 8 bytes each in memory, 4 a
 * shingle in the file. Not thread-safe.
 */
final class ShingleStore implements Closeable {
    private final FileChannel file;
    private final ByteBuffer unwritten = ByteBuffer.allocateDirect(1 << 18);
    private final Ints starts = new Ints(); // in shingles, unsigned
    private final Ints lengths = new Ints();
    private long written; // bytes
    private long shingles;

    /** @param folder for the file, which is deleted on closing */
    ShingleStore(Path folder) throws IOException {
        Path path = Files.createTempFile(folder, ".shingles-", ".tmp");
        this.file = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** Adds a set; its number is how many were added before. */
    void add(int[] set) throws IOException {
        if (shingles + set.length > 0xFFFF_FFFFL) {
            throw new Unusable("the documents have more than 4 thousand million shingles; clean the data in parts");
        }
        starts.add((int) shingles);
        lengths.add(set.length);
        shingles += set.length;
        for (int shingle : set) {
            if (!unwritten.hasRemaining()) {
                write();
            }
            unwritten.putInt(shingle);
        }
    }

    private void write() throws IOException {
        unwritten.flip();
        while (unwritten.hasRemaining()) {
            written += file.write(unwritten, written);
        }
        unwritten.clear();
    }

    int[] get(int number) throws IOException {
        long start = 4 * Integer.toUnsignedLong(starts.get(number));
        int length = lengths.get(number);
        if (start + 4L * length > written) {
            write();
        }
        ByteBuffer bytes = ByteBuffer.allocate(4 * length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, start + bytes.position()) < 0) {
                throw new IOException("the temporary file of shingles was cut off");
            }
        }
        int[] set = new int[length];
        bytes.flip().asIntBuffer().get(set);
        return set;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
