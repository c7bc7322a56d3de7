package io.baigong.tuning.data;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** A file of lines that is there whole or not at all; compressed if its name ends in {@code .gz}. Not thread-safe. */
final class FrozenFile implements Closeable {
    private final Path file;
    private final Path part;
    private final DigestOutputStream digested;
    private final OutputStream out;
    private long lines;

    /** What was written. */
    record Frozen(String file, String sha256, long documents) {}

    FrozenFile(Path file) throws IOException {
        this.file = file;
        this.part = file.resolveSibling(file.getFileName() + ".part");
        this.digested = new DigestOutputStream(Files.newOutputStream(part), Digests.sha256());
        this.out = new BufferedOutputStream(
                file.toString().endsWith(".gz") ? new GZIPOutputStream(digested, 1 << 16) : digested, 1 << 16);
    }

    void line(byte[] line) throws IOException {
        out.write(line);
        out.write('\n');
        lines++;
    }

    /** Puts the file in its place. */
    Frozen freeze() throws IOException {
        out.close();
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        return new Frozen(
                String.valueOf(file.getFileName()),
                HexFormat.of().formatHex(digested.getMessageDigest().digest()),
                lines);
    }

    /** Leaves nothing behind of a file that was not put in its place. */
    @Override
    public void close() throws IOException {
        try (out) {
            Files.deleteIfExists(part);
        }
    }
}
