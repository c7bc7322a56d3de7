package io.baigong.host.run;

import java.nio.file.Path;

/**
 * A file given for a component of a task's input.
 *
 * @param name as its sender named it
 * @param file where its bytes are; it must stay until the run has returned
 */
public record GivenFile(String component, String name, Path file) {}
