package io.baigong.medical;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** A folder for what is learned without a fold of the data; closing it deletes it with all in it. */
public final class TemporaryFolder implements AutoCloseable {
    private final Path path;

    public TemporaryFolder() throws IOException {
        path = Files.createTempDirectory("baigong-fold");
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        List<Path> files;
        try (var all = Files.walk(path)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
