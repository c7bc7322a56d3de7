package io.baigong.manufacturing.defect.image;

import io.baigong.spi.Models;
import io.baigong.spi.Tensor;
import java.util.List;

/**
 * What the image encoder sees at each square cell: its four maps side by side, the finer averaged, the coarser repeated.
 *
 * @param channels numbers of a cell
 * @param values {@code [channels, rows, columns]}
 */
@SuppressWarnings("ArrayRecordComponent")
public record CellFeatures(int channels, int rows, int columns, float[] values) {
    /** Numbers of a cell. */
    public static final int CHANNELS = 48 + 96 + 192 + 384;

    /**
     * Looks at a picture.
     *
     * @param picture rows and columns are multiples of {@link PictureFeatures#STRIDE}
     * @param cell side of a cell, in pixels: 8, 16 or 32
     */
    public static CellFeatures of(Models models, Picture picture, int cell) {
        List<Tensor> maps = models.imageFeatures(PictureFeatures.ROLE, PictureFeatures.tensor(picture));
        int rows = picture.height() / cell;
        int columns = picture.width() / cell;
        int channels = maps.stream().mapToInt(map -> map.shape()[1]).sum();
        float[] values = new float[channels * rows * columns];
        int channel = 0;
        for (Tensor map : maps) {
            int height = map.shape()[2];
            int width = map.shape()[3];
            for (int c = 0; c < map.shape()[1]; c++) {
                int from = c * height * width;
                int to = channel * rows * columns;
                for (int y = 0; y < rows; y++) {
                    for (int x = 0; x < columns; x++) {
                        values[to + y * columns + x] = height > rows
                                ? average(map.values(), from, width, x, y, height / rows)
                                : map.values()[from + y * height / rows * width + x * width / columns];
                    }
                }
                channel++;
            }
        }
        return new CellFeatures(channels, rows, columns, values);
    }

    private static float average(float[] values, int from, int width, int x, int y, int step) {
        float sum = 0;
        for (int dy = 0; dy < step; dy++) {
            for (int dx = 0; dx < step; dx++) {
                sum += values[from + (y * step + dy) * width + x * step + dx];
            }
        }
        return sum / (step * step);
    }

    /** A picture padded at its right and lower edge by what lies there, so that the encoder can take it. */
    public static Picture padded(Picture picture) {
        return padded(picture, 0);
    }

    /** The same, with at least as many rows and columns as given. */
    public static Picture padded(Picture picture, int least) {
        int width = up(Math.max(least, picture.width()));
        int height = up(Math.max(least, picture.height()));
        if (width == picture.width() && height == picture.height()) {
            return picture;
        }
        float[] values = new float[width * height * picture.channels()];
        for (int channel = 0; channel < picture.channels(); channel++) {
            for (int y = 0; y < height; y++) {
                int row = (channel * picture.height() + Math.min(y, picture.height() - 1)) * picture.width();
                for (int x = 0; x < width; x++) {
                    values[(channel * height + y) * width + x] =
                            picture.values()[row + Math.min(x, picture.width() - 1)];
                }
            }
        }
        return new Picture(width, height, picture.channels(), values);
    }

    private static int up(int length) {
        return (length + PictureFeatures.STRIDE - 1) / PictureFeatures.STRIDE * PictureFeatures.STRIDE;
    }
}
