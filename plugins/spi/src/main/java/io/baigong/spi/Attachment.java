package io.baigong.spi;

import java.nio.file.Path;

/**
 * A file given to a task.
 *
 * @param name the name that its sender gave it; never a path to open
 * @param file where the platform keeps it during the run, read-only
 */
public record Attachment(String name, Path file) {}
