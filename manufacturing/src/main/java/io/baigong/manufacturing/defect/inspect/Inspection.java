package io.baigong.manufacturing.defect.inspect;

import io.baigong.manufacturing.defect.quality.Condition;
import io.baigong.manufacturing.defect.quality.ConditionWarning;
import io.baigong.manufacturing.defect.strip.StripOcclusion;
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
 * @param expected what the threshold is expected to cost, where the costs of mistakes were given
 * @param condition light and focus of the picture; not told by runs of before 2026-11-29
 * @param explanation where the surest defect of steel strip is seen, where that was asked for
 * @param warnings how light and focus differ from those of the pictures that the model learned from
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
        @Nullable String annotations,
        @Nullable ExpectedCost expected,
        @Nullable Condition condition,
        @Nullable StripOcclusion explanation,
        List<Warning> warnings) {
    @SuppressWarnings("DataFlowIssue") // Runs that were kept before there were warnings have none.
    public Inspection {
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }

    /**
     * What a threshold costs, by parts that the model had not learned from.
     *
     * @param costPerPart in the unit of the costs given
     * @param escapeRate share of defective parts that pass
     * @param overkillRate share of sound parts that fail
     * @param defectShare by which the two were weighed
     * @param usualCostPerPart what the line's usual threshold would cost
     * @param soundParts of the validation
     * @param defectiveParts of the validation
     */
    public record ExpectedCost(
            double costPerPart,
            double escapeRate,
            double overkillRate,
            double defectShare,
            double usualCostPerPart,
            int soundParts,
            int defectiveParts) {}

    /** What light or focus has come to, and the same for people. */
    public record Warning(ConditionWarning kind, String text) {}

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
