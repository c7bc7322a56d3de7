package io.baigong.manufacturing.defect.inspect;

import io.baigong.manufacturing.defect.annotation.AnnotationFormat;
import io.baigong.spi.Attachment;
import org.jspecify.annotations.Nullable;

/**
 * A part to inspect.
 *
 * @param picture PNG, JPEG, BMP or TIFF, 8 or 16 bit, grey or colour
 * @param template the same part without a defect, laid the same way; needed for circuit boards, a golden sample for sound parts
 * @param brightCopper whether copper is brighter than the bare board; darker by default
 * @param line what the part is; a circuit board when a template is given, else steel strip
 * @param millimetresPerPixel scale of the picture, by which sizes are given in millimetres
 * @param threshold from which score on a defect fails the part, in (0, 1); the line's own when not given
 * @param escapeCost of a defective part that passes, above 0; with {@code overkillCost} the threshold is the cheapest on the model's
 *     validation, where none is given
 * @param overkillCost of a sound part that fails, above 0, in the same unit
 * @param defectShare share of parts that are defective before they are inspected, in (0, 1); that of the validation by default
 * @param annotations format in which the defects are written for other programs too
 * @param explain whether to say where in its tile the surest defect of steel strip is seen; takes some seconds more
 * @param language {@code en} or {@code zh}: language of titles; English by default
 */
public record DefectInput(
        Attachment picture,
        @Nullable Attachment template,
        @Nullable Boolean brightCopper,
        @Nullable Line line,
        @Nullable Double millimetresPerPixel,
        @Nullable Double threshold,
        @Nullable Double escapeCost,
        @Nullable Double overkillCost,
        @Nullable Double defectShare,
        @Nullable AnnotationFormat annotations,
        @Nullable Boolean explain,
        @Nullable String language) {}
