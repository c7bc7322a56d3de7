package io.baigong.tuning;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a training keeps, from time to time, all that its next step reads, so that one that was killed goes on as if it had not been.
 *
 * <p>A checkpoint is a file {@code STEP.checkpoint}: {@value #MAGIC} as a long, the step, what the training writes, and the SHA-256 of all that. It
 * is written under another name, forced to the disk and renamed. The last {@value #KEPT} are kept; a broken one is passed over for
 * the one before. Not thread-safe.
 */
public final class Checkpoints {
    /** Keeps nothing. */
    public static final Checkpoints NONE = new Checkpoints(null, Duration.ZERO, Told.NOBODY);

    private static final System.Logger LOG = System.getLogger(Checkpoints.class.getName());
    private static final long MAGIC = 0x62_67_63_6b_70_74_30_31L; // "bgckpt01"
    private static final int KEPT = 2;
    private static final int SHA_256 = 32;
    private static final int BUFFER = 1 << 16;
    private static final Pattern NAME = Pattern.compile("(\\d{1,18})\\.checkpoint");

    private final @Nullable Path folder;
    private final long everyNanos;
    private final Told told;
    private long last = System.nanoTime();

    /**
     * Keeps them in a folder, which need not be there yet.
     *
     * @param every least time between two
     */
    public Checkpoints(@Nullable Path folder, Duration every, Told told) {
        this.folder = folder;
        this.everyNanos = every.toNanos();
        this.told = told;
    }

    /** What a training needs to go on: everything that a step changes and a later step reads. */
    public interface State {
        void save(DataOutputStream out) throws IOException;

        /** Reads what {@link #save} wrote; of the same training, whole. */
        void restore(DataInputStream in) throws IOException;
    }

    /** Told of checkpoints. */
    public interface Told {
        /** Tells nobody. */
        Told NOBODY = new Told() {};

        /** A training can go on from here. */
        default void kept(long step) {}

        /** A training goes on from here; from its start if 0. */
        default void resumed(long step) {}
    }

    /** Whether it is time for another. */
    boolean isDue() {
        return folder != null && System.nanoTime() - last >= everyNanos;
    }

    /** Keeps where the training stands. */
    void keep(long step, State state) throws IOException {
        if (folder == null) {
            return;
        }
        Files.createDirectories(folder);
        Path fresh = folder.resolve("fresh");
        try (FileChannel file = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            OutputStream whole = new BufferedOutputStream(Channels.newOutputStream(file), BUFFER);
            var digested = new DigestOutputStream(whole, Digest.sha256());
            var out = new DataOutputStream(new BufferedOutputStream(digested, BUFFER));
            out.writeLong(MAGIC);
            out.writeLong(step);
            state.save(out);
            out.flush();
            whole.write(digested.getMessageDigest().digest());
            whole.flush();
            file.force(true);
        }
        Files.move(fresh, folder.resolve(step + ".checkpoint"), StandardCopyOption.ATOMIC_MOVE);
        Disk.force(folder);
        for (Path old : newestFirst().stream().skip(KEPT).toList()) {
            Files.delete(old);
        }
        last = System.nanoTime();
        told.kept(step);
    }

    /** Puts the training where the newest whole checkpoint has it; where there is none it begins. */
    void resume(State state) throws IOException {
        if (folder == null) {
            return;
        }
        for (Path file : newestFirst()) {
            if (isWhole(file)) {
                try (DataInputStream in =
                        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
                    in.readLong();
                    long step = in.readLong();
                    state.restore(in);
                    told.resumed(step);
                    return;
                }
            }
            LOG.log(Level.WARNING, "checkpoint {0} is broken, and is passed over", file.getFileName());
            Files.delete(file);
        }
        told.resumed(0);
    }

    private static boolean isWhole(Path file) throws IOException {
        long length = Files.size(file) - SHA_256;
        if (length < 2 * Long.BYTES) {
            return false;
        }
        MessageDigest sha256 = Digest.sha256();
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
            long magic = in.readLong();
            sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(magic).flip());
            byte[] bytes = new byte[BUFFER];
            for (long left = length - Long.BYTES; left > 0; ) {
                int read = in.readNBytes(bytes, 0, (int) Math.min(left, BUFFER));
                sha256.update(bytes, 0, read);
                left -= read;
                if (read == 0) {
                    return false; // cut off meanwhile
                }
            }
            return magic == MAGIC && Arrays.equals(sha256.digest(), in.readAllBytes());
        }
    }

    private List<Path> newestFirst() throws IOException {
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> step(file) >= 0)
                    .sorted(Comparator.comparingLong(Checkpoints::step).reversed())
                    .toList();
        }
    }

    private static long step(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches() ? Long.parseLong(name.group(1)) : -1;
    }
}
