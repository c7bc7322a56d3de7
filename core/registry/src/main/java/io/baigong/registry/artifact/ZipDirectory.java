package io.baigong.registry.artifact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The list of files at the end of a zip (PKWARE APPNOTE 6.3.10, sections 4.3.12 and 4.3.16), read before anything else is: Java's
 * own reader does not tell links, and keeps in memory as many entries as there are.
 */
public final class ZipDirectory {
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_BYTES = 46;

    /** File type bits of Unix's mode, and what they are for a plain file and a folder. */
    private static final int TYPE = 0xf000;

    private static final int PLAIN = 0x8000;
    private static final int FOLDER = 0x4000;

    private ZipDirectory() {}

    /**
     * Lets a zip pass that holds few entries, all of them plain files or folders.
     *
     * @param most entries
     * @throws UnsafeArtifactException for one that holds links or devices, too many entries, or that is no zip
     */
    public static void check(Path file, int most) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer end = end(channel);
            int entries = end.getShort(10) & 0xffff;
            if (entries > most) {
                throw new UnsafeArtifactException(
                        "the zip holds more than " + most + " files", "Pack only the files of the model.");
            }
            ByteBuffer directory = read(channel, end.getInt(16) & 0xffffffffL, end.getInt(12) & 0xffffffffL);
            for (int i = 0, at = 0; i < entries; i++) {
                if (directory.limit() - at < ENTRY_BYTES || directory.getInt(at) != ENTRY) {
                    throw damaged();
                }
                check(directory.getInt(at + 38) >>> 16);
                at += ENTRY_BYTES
                        + (directory.getShort(at + 28) & 0xffff)
                        + (directory.getShort(at + 30) & 0xffff)
                        + (directory.getShort(at + 32) & 0xffff);
            }
        }
    }

    private static void check(int mode) throws UnsafeArtifactException {
        int type = mode & TYPE;
        if (type != 0 && type != PLAIN && type != FOLDER) { // systems without modes leave 0
            throw new UnsafeArtifactException("the zip holds a link or a device", "Pack the files themselves.");
        }
    }

    private static ByteBuffer end(FileChannel channel) throws IOException {
        long size = channel.size();
        int tail = (int) Math.min(size, END_BYTES + LONGEST_COMMENT);
        ByteBuffer last = read(channel, size - tail, tail);
        for (int at = tail - END_BYTES; at >= 0; at--) {
            if (last.getInt(at) == END) {
                return last.slice(at, END_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            }
        }
        throw damaged();
    }

    private static ByteBuffer read(FileChannel channel, long from, long bytes) throws IOException {
        // As long as its fields allow for all entries: 46 bytes and three fields of 65,535 each, for a few dozens of
        // them.
        if (from < 0 || bytes < 0 || bytes > 1 << 24 || from + bytes > channel.size()) {
            throw damaged();
        }
        var buffer = ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw damaged();
            }
        }
        return buffer.flip();
    }

    private static UnsafeArtifactException damaged() {
        return new UnsafeArtifactException(
                "this is no zip, or a damaged one", "Pack the folder that './baigong train' wrote, and send it whole.");
    }
}
