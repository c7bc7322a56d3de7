package io.baigong.manufacturing.defect.control;

import io.baigong.manufacturing.defect.inspect.Line;
import io.baigong.manufacturing.defect.quality.ControlRule;
import io.baigong.spi.Attachment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a line in the order in which they were made: their pictures, or how many were inspected and rejected before.
 *
 * @param pictures zip file of pictures as {@code manufacturing.defect-detection} takes them, in the order of their names, numbers in them by
 *     value
 * @param counts samples that were inspected before those of {@code pictures}, the oldest first
 * @param template the same part without a defect, where the line needs one
 * @param brightCopper whether copper is brighter than the bare board
 * @param line what the parts are; circuit boards when a template is given, else steel strip
 * @param threshold from which score on a defect fails a part, in (0, 1); the line's own when not given
 * @param escapeCost of a defective part that passes, above 0
 * @param overkillCost of a sound part that fails, above 0
 * @param defectShare share of parts that are defective, in (0, 1)
 * @param sampleSize pictures that make one sample, 2 to 10,000; 20 by default
 * @param centre share rejected while the line is in control, in (0, 1); that of all samples given by default
 * @param rules by which a sample is out of control; Western Electric's by default
 * @param language {@code en} or {@code zh}: language of texts; English by default
 */
public record ControlInput(
        @Nullable Attachment pictures,
        @Nullable List<Counted> counts,
        @Nullable Attachment template,
        @Nullable Boolean brightCopper,
        @Nullable Line line,
        @Nullable Double threshold,
        @Nullable Double escapeCost,
        @Nullable Double overkillCost,
        @Nullable Double defectShare,
        @Nullable Integer sampleSize,
        @Nullable Double centre,
        ControlRule.@Nullable Set rules,
        @Nullable String language) {
    /**
     * A sample that was inspected before.
     *
     * @param name such as a shift or a batch
     */
    public record Counted(String name, int inspected, int rejected) {}
}
