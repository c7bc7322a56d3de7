package io.baigong.spi;

import java.net.URL;
import java.util.Map;

/**
 * An input to try a task with.
 *
 * @param name identifies it within its task, lower-case
 * @param attachments files by input component; the last part of each URL is the file's name
 * @param fields the other input components
 */
public record Sample(String name, LocalText title, Map<String, URL> attachments, Map<String, String> fields) {}
