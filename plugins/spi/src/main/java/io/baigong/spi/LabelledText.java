package io.baigong.spi;

import java.util.List;

/**
 * A text with labelled spans to learn from.
 *
 * @param group texts of one group never stand on both sides of a split
 */
public record LabelledText(String id, String group, String text, List<Span> spans) {
    /** {@code [start, end)} in UTF-16 units. */
    public record Span(String label, int start, int end) {}
}
