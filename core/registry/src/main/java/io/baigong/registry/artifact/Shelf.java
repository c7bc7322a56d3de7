package io.baigong.registry.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;

/** Where whole files stand by their SHA-256. Thread-safe, also between processes. */
interface Shelf {
    /** Takes a file, which is on disk; it stands there for good when this returns. */
    void place(Path incoming, String sha256) throws IOException;

    /** Opens a file. Throws {@link NoSuchFileException} when it does not stand here. */
    InputStream open(String sha256) throws IOException;

    /** Hears that a file was not what its name says. */
    void spoiled(String sha256) throws IOException;

    /** Has a file count as new. Throws {@link NoSuchFileException} when it is gone. */
    void renew(String sha256) throws IOException;

    /** Removes files that are not named and count as older than {@code before}; how many it were. */
    int sweep(Set<String> named, Instant before) throws IOException;
}
