package io.baigong.manufacturing.defect.anomaly;

import io.baigong.manufacturing.defect.image.CellFeatures;
import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.manufacturing.defect.image.PictureFeatures;
import io.baigong.spi.Models;
import io.baigong.spi.Tensor;
import java.util.List;

/**
 * What the image encoder sees at each cell of {@value #CELL} pixels and around it: its maps at 1/8 and 1/16, each the mean of 3 x 3
 * neighbours (PatchCore, Roth et al. 2022, arXiv 2106.08265, section 3.1).
 *
 * @param values {@code [rows * columns, features]}
 */
@SuppressWarnings("ArrayRecordComponent")
record PatchRows(int rows, int columns, int features, float[] values) {
    /** Side of a cell, in pixels. */
    static final int CELL = 16;

    private static final List<Integer> MAPS = List.of(1, 2);

    /** Cells that lie wholly or in part on the picture. */
    static PatchRows of(Models models, Picture picture) {
        Picture padded = CellFeatures.padded(picture.grey());
        List<Tensor> maps = models.imageFeatures(PictureFeatures.ROLE, PictureFeatures.tensor(padded));
        int rows = (picture.height() + CELL - 1) / CELL;
        int columns = (picture.width() + CELL - 1) / CELL;
        int features = MAPS.stream().mapToInt(map -> maps.get(map).shape()[1]).sum();
        float[] values = new float[rows * columns * features];
        int feature = 0;
        for (int each : MAPS) {
            Tensor map = maps.get(each);
            int height = map.shape()[2];
            int width = map.shape()[3];
            int step = padded.height() / height;
            for (int channel = 0; channel < map.shape()[1]; channel++) {
                for (int cell = 0; cell < rows * columns; cell++) {
                    int row = cell / columns;
                    int y = row * CELL / step;
                    int x = (cell - row * columns) * CELL / step;
                    values[cell * features + feature] = around(
                            map.values(),
                            channel * height * width,
                            width,
                            Math.max(0, y - 1),
                            Math.min(height - 1, y + CELL / step),
                            Math.max(0, x - 1),
                            Math.min(width - 1, x + CELL / step));
                }
                feature++;
            }
        }
        return new PatchRows(rows, columns, features, values);
    }

    private static float around(float[] map, int from, int width, int top, int bottom, int left, int right) {
        float sum = 0;
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                sum += map[from + y * width + x];
            }
        }
        return sum / ((bottom - top + 1) * (right - left + 1));
    }

    /** As a model takes them. */
    Tensor tensor() {
        return new Tensor(new int[] {rows * columns, features}, values);
    }
}
