package io.baigong.manufacturing.defect.strip;

import io.baigong.manufacturing.defect.image.Located;
import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.measures.Attributions;
import io.baigong.spi.Models;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Where in a tile its class is seen: what the class's probability loses when a cell of the tile is hidden under the tile's mean grey, as measured.
 *
 * @param kind the class
 * @param x left edge of the tile, in pixels of the picture
 * @param y upper edge
 * @param width of the tile
 * @param height of the tile
 * @param columns of cells
 * @param rows of cells
 * @param probability of the class in the whole tile, calibrated, in [0, 1]
 * @param losses row by row; less than 0 where the class is likelier without the cell
 */
public record StripOcclusion(
        String kind,
        int x,
        int y,
        int width,
        int height,
        int columns,
        int rows,
        double probability,
        List<Double> losses) {
    /** Cells of a side. Each is looked at in eight ways, 296 pictures in all. */
    private static final int CELLS = 6;

    public StripOcclusion {
        losses = List.copyOf(losses);
    }

    /** Explains what was found in a tile of a picture. */
    public static StripOcclusion of(Models models, Picture picture, Located found) {
        StripClasses line = StripClasses.of(models);
        int kind = line.classes().indexOf(found.kind());
        Picture tile = picture.part(found.x(), found.y(), found.width(), found.height());
        int columns = Math.min(CELLS, tile.width());
        int rows = Math.min(CELLS, tile.height());
        Attributions does = Attributions.occlusion(
                columns * rows,
                inputs -> inputs.stream()
                        .mapToDouble(seen -> StripClassifier.classify(models, line, hidden(tile, columns, rows, seen))
                                .probabilities()[kind])
                        .toArray());
        return new StripOcclusion(
                found.kind(),
                found.x(),
                found.y(),
                found.width(),
                found.height(),
                columns,
                rows,
                does.whole(),
                Arrays.stream(does.parts()).boxed().toList());
    }

    /** The tile with its mean in place of the cells that are not seen. */
    static Picture hidden(Picture tile, int columns, int rows, BitSet seen) {
        int width = tile.width();
        int plane = width * tile.height();
        float[] values = tile.values().clone();
        for (int channel = 0; channel < tile.channels(); channel++) {
            double sum = 0;
            for (int i = 0; i < plane; i++) {
                sum += tile.values()[channel * plane + i];
            }
            for (int i = 0; i < plane; i++) {
                int cell = i / width * rows / tile.height() * columns + i % width * columns / width;
                if (!seen.get(cell)) {
                    values[channel * plane + i] = (float) (sum / plane);
                }
            }
        }
        return new Picture(width, tile.height(), tile.channels(), values);
    }
}
