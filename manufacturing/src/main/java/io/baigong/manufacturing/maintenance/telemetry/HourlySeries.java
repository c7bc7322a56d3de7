package io.baigong.manufacturing.maintenance.telemetry;

import java.util.Arrays;

/**
 * A machine's signals on the hour.
 *
 * @param firstHour hours since 1970 of the first row
 * @param values {@code [hours, signals]}, the mean of each hour's samples; NaN where there is none
 */
@SuppressWarnings("ArrayRecordComponent")
public record HourlySeries(long firstHour, float[][] values) {
    /** Rows. */
    public int hours() {
        return values.length;
    }

    /** The last hour, since 1970. */
    public long lastHour() {
        return firstHour + values.length - 1;
    }

    /** Whether any value is known. */
    public boolean hasValues() {
        for (float[] row : values) {
            for (float value : row) {
                if (!Float.isNaN(value)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The rows from an hour on. */
    public HourlySeries from(long hour) {
        int skipped = Math.toIntExact(Math.clamp(hour - firstHour, 0, values.length));
        return new HourlySeries(firstHour + skipped, Arrays.copyOfRange(values, skipped, values.length));
    }

    /** What was known once the hour was over. */
    public HourlySeries until(long hour) {
        int kept = Math.toIntExact(Math.clamp(hour - firstHour + 1, 0, values.length));
        return new HourlySeries(firstHour, Arrays.copyOf(values, kept));
    }
}
