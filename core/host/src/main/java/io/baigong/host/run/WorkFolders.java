package io.baigong.host.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Folders for work that goes on in the background. What a process left that was killed is deleted by the next one: each
 * process holds a lock on a file of its folder, which goes when the process does. Thread-safe.
 */
public final class WorkFolders implements AutoCloseable {
    private static final String LOCK = "lock";

    private final Path own;
    private final FileChannel lock;

    /**
     * Makes a folder of this process below {@code parent}, and deletes those of processes that are no more.
     *
     * @param prefix of the names of all such folders
     */
    public WorkFolders(Path parent, String prefix) throws IOException {
        sweep(parent, prefix);
        own = Files.createTempDirectory(parent, prefix);
        lock = FileChannel.open(own.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        lock.lock();
    }

    private static void sweep(Path parent, String prefix) throws IOException {
        try (var all = Files.newDirectoryStream(parent, prefix + "*")) {
            for (Path folder : all) {
                if (isLeft(folder)) {
                    delete(folder);
                }
            }
        }
    }

    /** Whether nobody holds its lock. A folder without a lock may be about to get one. */
    private static boolean isLeft(Path folder) {
        try (var channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
                var held = channel.tryLock()) {
            return held != null;
        } catch (OverlappingFileLockException | IOException e) {
            return false;
        }
    }

    /** A new folder, empty; {@link #delete} it. */
    public Path create() throws IOException {
        return Files.createTempDirectory(own, "work");
    }

    /** Deletes a folder and what is in it. */
    public static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
                if (why instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw why;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException why) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public void close() throws IOException {
        delete(own);
        lock.close();
    }
}
