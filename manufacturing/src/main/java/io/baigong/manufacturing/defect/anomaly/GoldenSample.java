package io.baigong.manufacturing.defect.anomaly;

import io.baigong.manufacturing.defect.image.Located;
import io.baigong.manufacturing.defect.image.Picture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Compares a part with one that is sound: the baseline that needs no learning. Both are brought to one brightness and contrast, the part is moved by
 * the whole pixels that leave least difference, and a cell stands out by how its difference compares with those of all cells.
 */
public final class GoldenSample {
    /** Most pixels that two pictures lie off. */
    static final int MOST_SHIFT = 4;

    private static final int CELL = 8;

    /** Deviations of a normal distribution in its median absolute deviation. */
    private static final double MEDIAN_DEVIATION = 1.4826;

    /** Smallest difference that counts as noise, of pictures whose values deviate by 1. */
    private static final double LEAST_NOISE = 0.05;

    /** Median of the cells' differences, and twice the limit of one picture, for thousands of cells are looked at. */
    private static final double SPREAD = 2;

    private GoldenSample() {}

    /**
     * What differs, the surest first.
     *
     * @param golden as large as the picture
     */
    public static List<Located> inspect(Picture golden, Picture picture) {
        AnomalyMap map = map(golden, picture);
        float[] sorted = map.values().clone();
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = (float) Math.abs(sorted[i] - median);
        }
        Arrays.sort(sorted);
        double noise = Math.max(LEAST_NOISE, MEDIAN_DEVIATION * sorted[sorted.length / 2]);
        var score = new SoundScore(median, SPREAD * noise);
        var found = new ArrayList<Located>();
        found.add(map.whole(score, 0, 0, picture.width(), picture.height()));
        found.addAll(map.parts(score, 0, 0, picture.width(), picture.height()));
        found.sort(Comparator.comparingDouble(Located::score).reversed());
        return found;
    }

    /** The mean difference in each cell. */
    static AnomalyMap map(Picture golden, Picture picture) {
        int width = picture.width();
        int height = picture.height();
        float[] one = evened(golden.grey());
        float[] other = evened(picture.grey());
        double least = Double.POSITIVE_INFINITY;
        int bestX = 0;
        int bestY = 0;
        for (int dy = -MOST_SHIFT; dy <= MOST_SHIFT; dy++) {
            for (int dx = -MOST_SHIFT; dx <= MOST_SHIFT; dx++) {
                double difference = difference(one, other, width, height, dx, dy);
                if (difference < least) {
                    least = difference;
                    bestX = dx;
                    bestY = dy;
                }
            }
        }
        int rows = (height + CELL - 1) / CELL;
        int columns = (width + CELL - 1) / CELL;
        float[] sums = new float[rows * columns];
        int[] counts = new int[rows * columns];
        for (int y = Math.max(0, -bestY); y < Math.min(height, height - bestY); y++) {
            for (int x = Math.max(0, -bestX); x < Math.min(width, width - bestX); x++) {
                int cell = y / CELL * columns + x / CELL;
                sums[cell] += Math.abs(other[y * width + x] - one[(y + bestY) * width + x + bestX]);
                counts[cell]++;
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] = counts[i] == 0 ? 0 : sums[i] / counts[i];
        }
        return new AnomalyMap(rows, columns, CELL, sums);
    }

    /** Mean difference, looked at every second row and column. */
    private static double difference(float[] one, float[] other, int width, int height, int dx, int dy) {
        double sum = 0;
        int count = 0;
        for (int y = MOST_SHIFT; y < height - MOST_SHIFT; y += 2) {
            for (int x = MOST_SHIFT; x < width - MOST_SHIFT; x += 2) {
                sum += Math.abs(other[y * width + x] - one[(y + dy) * width + x + dx]);
                count++;
            }
        }
        return sum / count;
    }

    /** Values less their mean, by their deviation. */
    private static float[] evened(Picture picture) {
        float[] values = picture.values().clone();
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
            squares += value * value;
        }
        double mean = sum / values.length;
        double deviation = Math.sqrt(Math.max(1e-6, squares / values.length - mean * mean));
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((values[i] - mean) / deviation);
        }
        return values;
    }
}
