package io.baigong.spi;

/** What a part of an answer rests on. */
public sealed interface Evidence {
    /** Words of a source, {@code [start, end)} in UTF-16 units; {@code quote} equals the source there. */
    record TextSpan(String sourceId, int start, int end, String quote) implements Evidence {}

    /** A rule that was applied, and where it is written. */
    record Rule(String id, String citation) implements Evidence {}
}
