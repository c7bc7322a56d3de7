package ${package};

import java.util.List;

/**
 * The time limits of a text.
 *
 * @param text as it was read
 * @param limits in the order of the text
 */
public record TimeLimits(String text, List<TimeLimit> limits) {
    /**
     * A period within which something must be done.
     *
     * @param start first UTF-16 unit in {@code text}, {@code [start, end)}
     */
    public record TimeLimit(int count, Unit unit, String quote, int start, int end) {}

    /** Units of time. */
    public enum Unit {
        DAY,
        BUSINESS_DAY,
        WEEK,
        MONTH,
        YEAR
    }
}
