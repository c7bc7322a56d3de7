package io.baigong.journal.audit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** An export: a folder, or a ZIP of one. Its files are described in docs/audit-format.md. */
public final class ExportedLog implements LogSource {
    static final String ENTRIES = "entries.jsonl";
    static final String HASHES = "hashes.txt";
    static final String HEAD = "checkpoint.txt";
    static final String KEY = "key.txt";
    static final String FORMAT = "format.txt";

    /** Says what this is; the same in each export. */
    static final String FORMAT_TEXT = """
            baigong-audit-export 1
            entries.jsonl   the leaves of a Merkle tree (RFC 6962), one JSON object a line, from number 0
            hashes.txt      SHA-256 of a zero byte and each leaf's bytes, in hex, in the same order
            checkpoint.txt  the signed head of the tree (C2SP tlog-checkpoint, Ed25519)
            key.txt         the public key; compare it with one that you have from elsewhere
            """;

    /** The same, for a log of which only one tenant's entries are told. */
    static final String PARTIAL_TEXT = FORMAT_TEXT
            .replace("export 1\n", "export 2\n")
            .replace("from number 0\n", "from number 0; an empty line for one that is withheld\n");

    /** A hostile file has no end of a line. */
    private static final int LONGEST = 1 << 20;

    private static final int BUFFER = 1 << 16;

    private final @Nullable FileSystem zip;
    private final Path folder;
    private final Lines entries;
    private final Lines hashes;
    private final boolean partial;

    private ExportedLog(@Nullable FileSystem zip, Path folder) throws IOException {
        this.zip = zip;
        this.folder = folder;
        partial = small(FORMAT).equals(PARTIAL_TEXT);
        entries = new Lines(Files.newInputStream(folder.resolve(ENTRIES)));
        hashes = new Lines(Files.newInputStream(folder.resolve(HASHES)));
    }

    /**
     * Opens one.
     *
     * @throws IOException if it lacks a file, or is neither a folder nor a ZIP
     */
    public static ExportedLog open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return new ExportedLog(null, path);
        }
        FileSystem zip = FileSystems.newFileSystem(path);
        try {
            return new ExportedLog(zip, zip.getPath("/"));
        } catch (IOException e) {
            zip.close();
            throw e;
        }
    }

    @Override
    public String head() throws IOException {
        return small(HEAD);
    }

    /** The key that it brings along, which proves little alone. */
    public String key() throws IOException {
        return small(KEY);
    }

    @Override
    public @Nullable String fault() throws IOException {
        if (hashes.next() != null) {
            return HASHES + " has more lines than " + ENTRIES;
        }
        return partial || small(FORMAT).equals(FORMAT_TEXT) ? null : FORMAT + " is not that of this version";
    }

    private String small(String name) throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve(name))) {
            return new String(in.readNBytes(BUFFER), StandardCharsets.UTF_8);
        }
    }

    @Override
    public @Nullable Row next() throws IOException {
        byte[] leaf = entries.next();
        if (leaf == null) {
            return null;
        }
        byte[] line = hashes.next();
        byte[] hash = line == null ? new byte[0] : bytes(line);
        return partial && leaf.length == 0 ? Row.withheld(hash) : new Row(leaf, hash, null);
    }

    private static byte[] bytes(byte[] hex) {
        String text = new String(hex, StandardCharsets.US_ASCII);
        try {
            byte[] bytes = HexFormat.of().parseHex(text);
            return HexFormat.of().formatHex(bytes).equals(text) ? bytes : new byte[0];
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    @Override
    public void close() throws IOException {
        entries.close();
        hashes.close();
        if (zip != null) {
            zip.close();
        }
    }

    /** Lines of bytes, each ended by a newline. */
    private static final class Lines implements AutoCloseable {
        private final InputStream in;
        private final byte[] buffer = new byte[BUFFER];
        private int at;
        private int end;

        Lines(InputStream in) {
            this.in = in;
        }

        byte @Nullable [] next() throws IOException {
            @Nullable ByteArrayOutputStream begun = null;
            while (true) {
                for (int i = at; i < end; i++) {
                    if (buffer[i] == '\n') {
                        byte[] line = line(begun, i);
                        at = i + 1;
                        return line;
                    }
                }
                if (at < end) {
                    begun = begun == null ? new ByteArrayOutputStream() : begun;
                    begun.write(buffer, at, end - at);
                    if (begun.size() > LONGEST) {
                        throw new EOFException("a line is longer than 1 MiB, which no entry is");
                    }
                }
                at = 0;
                end = in.read(buffer);
                if (end < 0) {
                    end = 0;
                    if (begun != null) {
                        throw new EOFException("the last line has no end; the file is cut off");
                    }
                    return null;
                }
            }
        }

        private byte[] line(@Nullable ByteArrayOutputStream begun, int until) {
            if (begun == null) {
                return Arrays.copyOfRange(buffer, at, until);
            }
            begun.write(buffer, at, until - at);
            return begun.toByteArray();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
