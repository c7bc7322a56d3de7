package io.baigong.journal;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person says of a run without deciding anything.
 *
 * @param subject id of an item in the output, such as {@code f3}; null of the run as a whole
 */
public record Comment(UUID id, UUID run, @Nullable String subject, String text, Actor by, Instant at) {}
