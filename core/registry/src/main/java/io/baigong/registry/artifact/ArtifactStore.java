package io.baigong.registry.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Files by their SHA-256, in a folder or a bucket. What {@link #add} returned is there for good, also after a crash; what is read is checked
 * against its digest first. Thread-safe, also between processes.
 */
public final class ArtifactStore {
    private static final int COPIED_AT_ONCE = 1 << 16;

    private final Path folder;
    private final Shelf shelf;

    /** Files in a folder. */
    public ArtifactStore(Path folder) {
        this(folder, new FolderShelf(folder));
    }

    /**
     * Files in a bucket of an object store. What was asked for last stays in a folder too, which replicas may share or not.
     *
     * @param prefix begins each object's name
     * @param most bytes that stay in the folder
     */
    public ArtifactStore(Path folder, S3Client store, String bucket, String prefix, long most) {
        this(folder, new BucketShelf(store, bucket, prefix, folder, most));
    }

    private ArtifactStore(Path folder, Shelf shelf) {
        this.folder = folder;
        this.shelf = shelf;
    }

    /**
     * Keeps a file.
     *
     * @param most bytes that are accepted
     * @throws UnsafeArtifactException when there are more
     * @throws StorageException when the disk is full or does not take them; then nothing of them stays
     */
    public Artifact.Part add(InputStream content, long most) throws IOException {
        Path incoming = incoming();
        try {
            MessageDigest digest = sha256();
            long bytes;
            try (FileChannel channel = FileChannel.open(incoming, StandardOpenOption.WRITE)) {
                bytes = copy(new DigestInputStream(content, digest), Channels.newOutputStream(channel), most);
                keeping(() -> channel.force(true));
            }
            String name = HexFormat.of().formatHex(digest.digest());
            keeping(() -> shelf.place(incoming, name));
            return new Artifact.Part(name, bytes);
        } finally {
            Files.deleteIfExists(incoming);
        }
    }

    private Path incoming() throws IOException {
        try {
            Files.createDirectories(folder);
            return Files.createTempFile(folder, FolderShelf.INCOMING, "");
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    /** A step that writes. */
    private interface Step {
        void run() throws IOException;
    }

    /** Tells failures of our own disk from those of what is read. */
    private static void keeping(Step step) throws StorageException {
        try {
            step.run();
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    private static long copy(InputStream from, OutputStream to, long most) throws IOException {
        byte[] buffer = new byte[COPIED_AT_ONCE];
        long bytes = 0;
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            bytes += read;
            if (bytes > most) {
                throw new UnsafeArtifactException(
                        "the files are larger than " + most + " bytes", "Register a smaller model.");
            }
            int count = read;
            keeping(() -> to.write(buffer, 0, count));
        }
        return bytes;
    }

    /** Checks that all files are there and are what they were. Throws {@link IOException} that names the first that is not. */
    public void check(Artifact artifact) throws IOException {
        for (String name : artifact.files().keySet()) {
            try (InputStream in = open(artifact, name)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    /**
     * Opens a file of an artifact. Who reads to its end gets an {@link IOException} there if it is not what was kept.
     *
     * @throws NoSuchFileException when the artifact has no such file; one that it has and the store lost is another {@link IOException}
     */
    public InputStream open(Artifact artifact, String name) throws IOException {
        Artifact.Part part = artifact.files().get(name);
        if (part == null) {
            throw new NoSuchFileException(name);
        }
        try {
            return open(part, name);
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "the kept file " + name + " is gone: nothing has its SHA-256 " + part.sha256()
                            + "; bring it back from a backup, or register the model anew",
                    e);
        }
    }

    /** The same for a file whose name does not matter. Throws {@link NoSuchFileException} when the store has it not. */
    public InputStream open(Artifact.Part part) throws IOException {
        return open(part, part.sha256());
    }

    private InputStream open(Artifact.Part part, String name) throws IOException {
        return new CheckedInput(shelf.open(part.sha256()), name, part.sha256());
    }

    /** Compares the digest at the end. */
    private final class CheckedInput extends DigestInputStream {
        private final String name;
        private final String expected;
        private boolean ended;

        CheckedInput(InputStream in, String name, String expected) {
            super(in, ArtifactStore.sha256());
            this.name = name;
            this.expected = expected;
        }

        @Override
        public int read() throws IOException {
            return checked(super.read());
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return checked(super.read(buffer, offset, length));
        }

        private int checked(int read) throws IOException {
            if (read < 0 && !ended) {
                ended = true;
                String found = HexFormat.of().formatHex(digest.digest());
                if (!found.equals(expected)) {
                    shelf.spoiled(expected);
                    throw new IOException(
                            "the kept file " + name + " was changed: its SHA-256 is " + found + ", not " + expected);
                }
            }
            return read;
        }
    }

    /**
     * Has a file count as new, for who is about to name it in a row.
     *
     * @throws NoSuchFileException when it is gone
     */
    public void renew(Artifact.Part part) throws IOException {
        shelf.renew(part.sha256());
    }

    /**
     * Removes files that no row names: of uploads that broke off, and of what died between the file and its row. Those that came or were
     * renewed after {@code before} stay, for their row may be on its way.
     *
     * @param named SHA-256 of all files that rows name
     * @return how many files were removed
     */
    public int sweep(Set<String> named, Instant before) throws IOException {
        return shelf.sweep(named, before);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArtifactStore store && store.folder.equals(folder);
    }

    @Override
    public int hashCode() {
        return folder.hashCode();
    }
}
