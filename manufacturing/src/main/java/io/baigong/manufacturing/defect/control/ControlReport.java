package io.baigong.manufacturing.defect.control;

import io.baigong.manufacturing.defect.inspect.Inspection;
import io.baigong.manufacturing.defect.inspect.Inspection.ExpectedCost;
import io.baigong.manufacturing.defect.inspect.Inspection.Warning;
import io.baigong.manufacturing.defect.quality.Condition;
import io.baigong.manufacturing.defect.quality.ControlRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a chart shows of a line.
 *
 * @param inControl whether no sample is out of control; null where there is no chart
 * @param verdict the same in words
 * @param rejected of all that were inspected, those counted before included
 * @param centre share rejected while the line is in control; null where there is no chart
 * @param centreGiven whether the centre was given, rather than taken from the same samples
 * @param rules by which a sample is out of control
 * @param samples in order
 * @param parts one a picture, in order
 * @param warnings how light and focus of the pictures together differ from those that the model learned from
 * @param rule by which a part was rejected; null where no picture was given
 * @param expected what the threshold is expected to cost, where the costs of mistakes were given
 */
public record ControlReport(
        @Nullable Boolean inControl,
        String verdict,
        int inspected,
        int rejected,
        @Nullable Double centre,
        boolean centreGiven,
        ControlRule.Set rules,
        List<SampleRow> samples,
        List<Part> parts,
        List<Warning> warnings,
        @Nullable String rule,
        @Nullable ExpectedCost expected) {
    /**
     * A sample on the chart.
     *
     * @param lower limit at three deviations; null where there is no chart
     * @param signals patterns that it completes
     * @param why the same in words; empty while in control
     */
    public record SampleRow(
            String name,
            int inspected,
            int rejected,
            double share,
            @Nullable Double lower,
            @Nullable Double upper,
            List<ControlRule> signals,
            String why) {}

    /**
     * A picture.
     *
     * @param verdict null where it could not be inspected
     * @param kind of its surest defect; empty where it has none
     * @param score of the same; 0 where it has none
     * @param warnings what its light and focus have come to
     * @param remark why it could not be inspected, or its warnings in words; else empty
     */
    public record Part(
            String name,
            Inspection.@Nullable Verdict verdict,
            String kind,
            double score,
            @Nullable Condition condition,
            List<Warning> warnings,
            String remark) {}
}
