package ${package};

import io.baigong.spi.Attachment;

/**
 * A text to search.
 *
 * @param document plain text in UTF-8, at most one MiB
 */
public record TimeLimitInput(Attachment document) {}
