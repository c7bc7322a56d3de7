package io.baigong.manufacturing.defect.anomaly;

import io.baigong.manufacturing.defect.image.Located;
import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.manufacturing.defect.image.Regions;
import io.baigong.spi.LocalText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How unusual each cell of a picture is.
 *
 * @param cell side of a cell, in pixels
 * @param values row by row, not below 0
 */
@SuppressWarnings("ArrayRecordComponent")
public record AnomalyMap(int rows, int columns, int cell, float[] values) {
    /** What an anomaly is called. */
    public static final String KIND = "anomaly";

    private static final LocalText TITLE = new LocalText("unlike sound parts", "异于合格品");

    /** Cells that decide how unusual a picture is: one alone may be noise. */
    private static final int DECIDING = 3;

    /** How unusual the picture is: the mean of its most unusual cells. */
    public double highest() {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        int taken = Math.min(DECIDING, sorted.length);
        double sum = 0;
        for (int i = 0; i < taken; i++) {
            sum += sorted[sorted.length - 1 - i];
        }
        return sum / taken;
    }

    /** The same at each pixel, between the middles of cells by the distance from them. */
    public Picture pixels(int width, int height) {
        return new Picture(columns, rows, 1, values)
                .resized(columns * cell, rows * cell)
                .part(0, 0, width, height);
    }

    /** A box around each connected part of which every cell scores at least one half, and no surer than the picture. */
    List<Located> parts(SoundScore score, int x0, int y0, int width, int height) {
        boolean[] marked = new boolean[values.length];
        for (int i = 0; i < marked.length; i++) {
            marked[i] = score.of(values[i]) >= 0.5;
        }
        int[] labels = Regions.labels(marked, columns, rows);
        int count = Arrays.stream(labels).max().orElse(-1) + 1;
        double most = score.of(highest());
        var parts = new ArrayList<Located>();
        for (int part = 0; part < count; part++) {
            int left = columns;
            int top = rows;
            int right = 0;
            int bottom = 0;
            double sure = 0;
            for (int i = 0; i < labels.length; i++) {
                if (labels[i] == part) {
                    int row = i / columns;
                    int column = i - row * columns;
                    left = Math.min(left, column);
                    right = Math.max(right, column + 1);
                    top = Math.min(top, row);
                    bottom = Math.max(bottom, row + 1);
                    sure = Math.max(sure, score.of(values[i]));
                }
            }
            int x = left * cell;
            int y = top * cell;
            parts.add(new Located(
                    KIND,
                    TITLE,
                    x0 + x,
                    y0 + y,
                    Math.min(width, right * cell) - x,
                    Math.min(height, bottom * cell) - y,
                    Math.min(sure, most)));
        }
        return parts;
    }

    /** The whole picture as one finding. */
    Located whole(SoundScore score, int x, int y, int width, int height) {
        return new Located(KIND, TITLE, x, y, width, height, score.of(highest()));
    }
}
