package io.baigong.spi;

import java.util.List;

/** Rows of numbers to learn from. */
public record LabelledRows(List<Row> rows) {
    public LabelledRows {
        rows = List.copyOf(rows);
    }

    /**
     * One example.
     *
     * @param features a value a feature; NaN where it is missing
     * @param weight how much it counts
     * @param group what it belongs to: a machine, a patient, a query. Rows of one group stand together
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Row(float[] features, float label, float weight, String group) {}
}
