package io.baigong.manufacturing.defect.inspect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an inspection found.
 *
 * @param width of the picture as it was inspected, in pixels
 * @param verdict by the line's rule
 * @param rule which rule was applied, in words
 * @param threshold from which score on a defect fails the part
 * @param defects the surest first
 * @param heatMap where the picture looks defective
 * @param annotations the defects in the format asked for
 */
public record Inspection(
        Line line,
        int width,
        int height,
        Verdict verdict,
        String rule,
        double threshold,
        List<Defect> defects,
        @Nullable HeatMap heatMap,
        @Nullable String annotations) {
    /** Whether a part may go on. */
    public enum Verdict {
        PASS,
        FAIL
    }

    /**
     * A defect.
     *
     * @param kind name within its data set's classes, lower-case
     * @param title the same for people
     * @param x left edge, in pixels
     * @param y upper edge
     * @param score calibrated probability, in [0, 1]
     * @param widthMm where a scale is given
     */
    public record Defect(
            String kind,
            String title,
            int x,
            int y,
            int width,
            int height,
            double score,
            @Nullable Double widthMm,
            @Nullable Double heightMm) {}

    /**
     * Scores of a grid of square cells over the picture.
     *
     * @param cell side of a cell, in pixels
     * @param scores row by row, each in [0, 1]
     */
    public record HeatMap(int columns, int rows, int cell, List<Double> scores) {}
}
