package io.baigong.registry.artifact;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** The disk does not take a file, most often because it is full; nothing of the file was kept. */
public final class StorageException extends IOException {
    StorageException(IOException cause) {
        super("the file can't be kept: " + reason(cause), cause);
    }

    /** What the system says, without the path. */
    private static String reason(IOException cause) {
        String said = cause instanceof FileSystemException of ? of.getReason() : cause.getMessage();
        return said == null ? cause.getClass().getSimpleName() : said;
    }
}
