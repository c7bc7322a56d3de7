package io.baigong.spi;

import java.time.Instant;

/** What a part of an answer rests on. */
public sealed interface Evidence {
    /** Words of a source, {@code [start, end)} in UTF-16 units; {@code quote} equals the source there. */
    record TextSpan(String sourceId, int start, int end, String quote) implements Evidence {}

    /**
     * A stretch of a time series, {@code [from, to)}.
     *
     * @param sourceId what was measured, such as a machine
     * @param signal what was measured of it, such as {@code vibration}
     */
    record TimeWindow(String sourceId, Instant from, Instant to, String signal) implements Evidence {}

    /**
     * What a feature added to a model's raw score.
     *
     * @param value the feature's value; NaN where it is missing
     * @param contribution in units of the raw score (log-odds for probabilities)
     */
    record Attribution(String feature, double value, double contribution) implements Evidence {}

    /** A rule that was applied, and where it is written. */
    record Rule(String id, String citation) implements Evidence {}

    /**
     * A part of a picture, in its own pixels from the upper left corner.
     *
     * @param x left edge
     * @param y upper edge
     * @param width at least 1
     * @param height at least 1
     * @param score how sure, in [0, 1]
     */
    record ImageRegion(String sourceId, int x, int y, int width, int height, double score) implements Evidence {}
}
