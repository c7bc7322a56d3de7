package io.baigong.registry.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A folder with folders of few files each: {@code AB/ABCD…}, by the first two digits of the SHA-256 and all of it. */
final class FolderShelf implements Shelf {
    /** How files begin that are not whole yet, in the folder itself. */
    static final String INCOMING = "incoming";

    /** How a file ends while it is looked at whether it goes. */
    private static final String LEAVING = ".leaving";

    private final Path folder;

    FolderShelf(Path folder) {
        this.folder = folder;
    }

    @Override
    public void place(Path incoming, String sha256) throws IOException {
        Path shelf = Files.createDirectories(shelf(sha256));
        Files.move(
                incoming, shelf.resolve(sha256), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(shelf);
        force(folder);
    }

    /** On Linux a folder is flushed by opening it for reading; elsewhere that is refused, and the file system sees to it. */
    private static void force(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            System.getLogger(ArtifactStore.class.getName())
                    .log(System.Logger.Level.DEBUG, "the folder can't be flushed by itself", e);
        }
    }

    /** Where a file is, if it is there. */
    Path file(String sha256) {
        return shelf(sha256).resolve(sha256);
    }

    private Path shelf(String sha256) {
        return folder.resolve(sha256.substring(0, 2));
    }

    @Override
    public InputStream open(String sha256) throws IOException {
        return Files.newInputStream(file(sha256));
    }

    /** Stays, for it is the only one: somebody may want to see what became of it. */
    @Override
    public void spoiled(String sha256) {}

    void remove(String sha256) throws IOException {
        Files.deleteIfExists(file(sha256));
    }

    @Override
    public void renew(String sha256) throws IOException {
        Files.setLastModifiedTime(file(sha256), FileTime.from(Instant.now()));
    }

    @Override
    public int sweep(Set<String> named, Instant before) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        int removed = 0;
        for (Standing file : files()) {
            try {
                removed += sweep(file.path(), named, before) ? 1 : 0;
            } catch (NoSuchFileException e) {
                // Another replica was faster.
            }
        }
        return removed;
    }

    /**
     * A file as it stood when it was looked at.
     *
     * @param changed when it came or was renewed
     */
    record Standing(Path path, long bytes, Instant changed) {
        String name() {
            return path.getFileName().toString();
        }
    }

    /** All files, also those that are not whole. What goes in the meantime is left out. */
    List<Standing> files() throws IOException {
        var files = new ArrayList<Standing>();
        Files.walkFileTree(folder, Set.of(), 2, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
                if (is.isRegularFile()) {
                    files.add(
                            new Standing(file, is.size(), is.lastModifiedTime().toInstant()));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) { // another replica was faster
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        return files;
    }

    private static boolean sweep(Path file, Set<String> named, Instant before) throws IOException {
        String name = file.getFileName().toString();
        if (name.startsWith(INCOMING)) {
            return isOld(file, before) && Files.deleteIfExists(file);
        }
        if (name.endsWith(LEAVING)) { // of a sweep that did not end
            return leave(file, file.resolveSibling(name.replace(LEAVING, "")), named, before);
        }
        return !named.contains(name) && isOld(file, before) && leave(setAside(file), file, named, before);
    }

    private static boolean isOld(Path file, Instant before) throws IOException {
        return Files.getLastModifiedTime(file).toInstant().isBefore(before);
    }

    private static Path setAside(Path file) throws IOException {
        return Files.move(file, file.resolveSibling(file.getFileName() + LEAVING), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes a file that was set aside, unless it came again or was renewed just before that: then it goes back. */
    private static boolean leave(Path aside, Path file, Set<String> named, Instant before) throws IOException {
        if (!named.contains(file.getFileName().toString()) && isOld(aside, before)) {
            return Files.deleteIfExists(aside);
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return false;
    }
}
