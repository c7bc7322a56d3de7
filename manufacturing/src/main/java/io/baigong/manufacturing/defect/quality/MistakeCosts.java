package io.baigong.manufacturing.defect.quality;

/**
 * What a line's mistakes cost, in one unit of money.
 *
 * @param escape of a defective part that passes, above 0
 * @param overkill of a sound part that fails, above 0
 * @param defectShare share of parts that are defective before they are inspected, in (0, 1)
 */
public record MistakeCosts(double escape, double overkill, double defectShare) {
    public MistakeCosts {
        if (!(escape > 0 && escape < Double.POSITIVE_INFINITY && overkill > 0 && overkill < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "an escape and an overkill cost more than 0, not %s and %s".formatted(escape, overkill));
        }
        if (!(defectShare > 0 && defectShare < 1)) {
            throw new IllegalArgumentException(
                    "the share of defective parts lies between 0 and 1, not at " + defectShare);
        }
    }

    /** Expected cost of a part. */
    double of(double escapeRate, double overkillRate) {
        return defectShare * escapeRate * escape + (1 - defectShare) * overkillRate * overkill;
    }
}
