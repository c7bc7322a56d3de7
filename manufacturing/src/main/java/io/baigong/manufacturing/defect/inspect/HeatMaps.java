package io.baigong.manufacturing.defect.inspect;

import io.baigong.manufacturing.defect.image.Located;
import io.baigong.manufacturing.defect.inspect.Inspection.HeatMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Scores of defects, spread over a grid. */
final class HeatMaps {
    /** Most cells of the longer side. */
    private static final int CELLS = 40;

    private HeatMaps() {}

    /** Each cell has the score of the surest defect that lies in it. */
    static HeatMap of(List<Located> located, int width, int height) {
        int cell = Math.max(1, (Math.max(width, height) + CELLS - 1) / CELLS);
        int columns = (width + cell - 1) / cell;
        int rows = (height + cell - 1) / cell;
        double[] scores = new double[columns * rows];
        for (Located each : located) {
            for (int y = each.y() / cell; y <= Math.min(rows - 1, (each.y() + each.height() - 1) / cell); y++) {
                for (int x = each.x() / cell; x <= Math.min(columns - 1, (each.x() + each.width() - 1) / cell); x++) {
                    scores[y * columns + x] = Math.max(scores[y * columns + x], each.score());
                }
            }
        }
        var rounded = new ArrayList<Double>(scores.length);
        Arrays.stream(scores).forEach(score -> rounded.add(Math.round(score * 1000) / 1000.0));
        return new HeatMap(columns, rows, cell, rounded);
    }
}
