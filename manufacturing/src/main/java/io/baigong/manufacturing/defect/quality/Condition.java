package io.baigong.manufacturing.defect.quality;

import io.baigong.manufacturing.defect.image.Picture;

/**
 * How a picture is lit and focused.
 *
 * @param brightness mean of its grey values, in [0, 1]
 * @param contrast their standard deviation
 * @param sharpness variance of the Laplacian, of which a picture out of focus has little (Pech-Pacheco et al. 2000, doi
 *     10.1109/ICPR.2000.903548); of pictures of one size by one camera only
 */
public record Condition(double brightness, double contrast, double sharpness) {
    /** Of a picture of at least 3 x 3 pixels. */
    public static Condition of(Picture picture) {
        Picture grey = picture.grey();
        float[] values = grey.values();
        var light = new Moments();
        for (float value : values) {
            light.add(value);
        }
        int width = grey.width();
        var edges = new Moments();
        for (int y = 1; y < grey.height() - 1; y++) {
            for (int x = 1; x < width - 1; x++) {
                int at = y * width + x;
                edges.add(values[at - 1] + values[at + 1] + values[at - width] + values[at + width] - 4.0 * values[at]);
            }
        }
        return new Condition(light.mean(), Math.sqrt(light.variance()), edges.variance());
    }

    private static final class Moments {
        private long count;
        private double sum;
        private double squares;

        void add(double value) {
            count++;
            sum += value;
            squares += value * value;
        }

        double mean() {
            return sum / count;
        }

        double variance() {
            double mean = mean();
            return Math.max(0, squares / count - mean * mean);
        }
    }
}
