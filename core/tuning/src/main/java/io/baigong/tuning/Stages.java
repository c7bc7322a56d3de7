package io.baigong.tuning;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What engines make for one training, one stage after the other, so that a training that was killed takes up again the stage in which it
 * was, and learns nothing twice.
 *
 * <p>One process at a time works in the folder. In it each stage has one of its own, {@code stage-1}, {@code stage-2} and so on: {@code key}, which says what it learns from what, its checkpoints, and
 * {@code artifact} once it is over. A stage of another key than that in its place begins anew. Not thread-safe.
 */
public final class Stages implements AutoCloseable {
    private static final String KEY = "key";
    private static final String ARTIFACT = "artifact";
    private static final String FRESH = "fresh";

    private final @Nullable Path folder;
    private final Duration every;
    private final Told told;
    private int stage;
    private boolean begun;
    private @Nullable FileLock lock;

    /** Keeps nothing. */
    public Stages() {
        this(null, Duration.ZERO, Told.NOBODY);
    }

    /**
     * Keeps what is made in a folder, which need not be there yet.
     *
     * @param every least time between two checkpoints
     */
    public Stages(@Nullable Path folder, Duration every, Told told) {
        this.folder = folder;
        this.every = every;
        this.told = told;
    }

    /** Told of checkpoints; stages count from 1. */
    public interface Told {
        /** Tells nobody. */
        Told NOBODY = (_, _) -> {};

        /** The training can go on from here; a step of 0 is the begin of a stage. */
        default void kept(int stage, long step) {}

        /** The training goes on from here. Told once; of stage 1 and step 0 if nothing was kept. */
        void resumed(int stage, long step);
    }

    /** An engine that writes an artifact. */
    public interface Engine {
        void make(Path out, Checkpoints checkpoints) throws IOException;
    }

    /**
     * Has an engine write its artifact to a folder, or writes the one that it made before.
     *
     * @param of says what it learns from what; asked only where something is kept
     */
    public void run(Supplier<String> of, Path out, Engine engine) throws IOException {
        if (folder == null) {
            engine.make(out, Checkpoints.NONE);
            return;
        }
        lock(folder);
        String key = of.get();
        int number = ++stage;
        Path own = folder.resolve("stage-" + number);
        Path artifact = own.resolve(ARTIFACT);
        if (!isOf(key, own)) {
            if (!isStage(own)) {
                throw new IOException(
                        own + " is there and was not made by a training: name an empty folder for checkpoints");
            }
            Disk.delete(own);
            Files.createDirectories(own);
            Files.writeString(own.resolve(FRESH), key);
            Disk.force(own.resolve(FRESH));
            Files.move(own.resolve(FRESH), own.resolve(KEY), StandardCopyOption.ATOMIC_MOVE);
            Disk.force(own);
        }
        if (!Files.isDirectory(artifact)) {
            make(number, own, engine);
        }
        Files.createDirectories(out);
        Disk.copy(artifact, out);
    }

    /** Holds the folder until the process ends; what a process that was killed held is free. */
    private void lock(Path of) throws IOException {
        if (lock == null) {
            Files.createDirectories(of);
            FileChannel channel = FileChannel.open(of.resolve("lock"), CREATE, WRITE);
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException e) {
                lock = null;
            }
            if (lock == null) {
                channel.close();
                throw new IOException("another training is at work in " + of);
            }
        }
    }

    /** Whether what is there, if anything, is a stage, or was about to be one. */
    private static boolean isStage(Path own) throws IOException {
        if (!Files.exists(own) || Files.isRegularFile(own.resolve(KEY))) {
            return true;
        }
        try (var files = Files.newDirectoryStream(own)) {
            for (Path file : files) {
                if (!file.getFileName().toString().equals(FRESH)) {
                    return false;
                }
            }
            return true;
        }
    }

    private void make(int number, Path own, Engine engine) throws IOException {
        Path fresh = own.resolve(FRESH);
        Path checkpoints = own.resolve("checkpoints");
        Disk.delete(fresh);
        engine.make(fresh, new Checkpoints(checkpoints, every, of(number)));
        Disk.forceAll(fresh);
        Files.move(fresh, own.resolve(ARTIFACT), StandardCopyOption.ATOMIC_MOVE);
        Disk.force(own);
        Disk.delete(checkpoints);
        told.kept(number + 1, 0);
    }

    private Checkpoints.Told of(int number) {
        return new Checkpoints.Told() {
            @Override
            public void kept(long step) {
                told.kept(number, step);
            }

            @Override
            public void resumed(long step) {
                if (!begun) {
                    begun = true;
                    told.resumed(number, step);
                }
            }
        };
    }

    private static boolean isOf(String key, Path own) throws IOException {
        Path file = own.resolve(KEY);
        return Files.isRegularFile(file) && Files.readString(file).equals(key);
    }

    /** Lets another training into the folder. */
    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.acquiredBy().close();
        }
    }
}
