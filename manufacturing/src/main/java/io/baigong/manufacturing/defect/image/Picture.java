package io.baigong.manufacturing.defect.image;

/**
 * A picture in memory.
 *
 * @param channels 1, grey, or 3, red, green and blue
 * @param values {@code [channels, height, width]}, each in [0, 1]; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record Picture(int width, int height, int channels, float[] values) {
    /** Of values that count as all the same, so that their noise is not taken for contrast. */
    private static final double LEAST_VARIANCE = 1e-6;

    public Picture {
        if (values.length != width * height * channels) {
            throw new IllegalArgumentException("a picture of %d x %d with %d channels has as many values, not %d"
                    .formatted(width, height, channels, values.length));
        }
    }

    /** Luma of ITU-R BT.601, {@code [1, height, width]}. */
    public Picture grey() {
        if (channels == 1) {
            return this;
        }
        int plane = width * height;
        float[] grey = new float[plane];
        for (int i = 0; i < plane; i++) {
            grey[i] = 0.299f * values[i] + 0.587f * values[plane + i] + 0.114f * values[2 * plane + i];
        }
        return new Picture(width, height, 1, grey);
    }

    /** In the light and with the contrast in which values have this mean and deviation; what then leaves [0, 1] ends there. */
    public Picture evened(double mean, double deviation) {
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
            squares += value * value;
        }
        double own = sum / values.length;
        double gain = deviation / Math.sqrt(Math.max(LEAST_VARIANCE, squares / values.length - own * own));
        float[] evened = new float[values.length];
        for (int i = 0; i < evened.length; i++) {
            evened[i] = (float) Math.clamp(mean + gain * (values[i] - own), 0, 1);
        }
        return new Picture(width, height, channels, evened);
    }

    /** The part {@code [x, x + w) x [y, y + h)}. */
    public Picture part(int x, int y, int w, int h) {
        float[] cut = new float[w * h * channels];
        for (int channel = 0; channel < channels; channel++) {
            for (int row = 0; row < h; row++) {
                System.arraycopy(values, (channel * height + y + row) * width + x, cut, (channel * h + row) * w, w);
            }
        }
        return new Picture(w, h, channels, cut);
    }

    /** Another size, each value the mean of what it covers, weighted by a triangle (bilinear with antialiasing). */
    public Picture resized(int w, int h) {
        if (w == width && h == height) {
            return this;
        }
        Weights across = Weights.of(width, w);
        Weights down = Weights.of(height, h);
        float[] narrow = new float[w * height * channels];
        for (int row = 0; row < height * channels; row++) {
            for (int x = 0; x < w; x++) {
                float sum = 0;
                for (int k = 0; k < across.values[x].length; k++) {
                    sum += across.values[x][k] * values[row * width + across.first[x] + k];
                }
                narrow[row * w + x] = sum;
            }
        }
        float[] result = new float[w * h * channels];
        for (int channel = 0; channel < channels; channel++) {
            for (int y = 0; y < h; y++) {
                for (int k = 0; k < down.values[y].length; k++) {
                    int from = (channel * height + down.first[y] + k) * w;
                    int to = (channel * h + y) * w;
                    float weight = down.values[y][k];
                    for (int x = 0; x < w; x++) {
                        result[to + x] += weight * narrow[from + x];
                    }
                }
            }
        }
        return new Picture(w, h, channels, result);
    }

    /**
     * One of the eight ways to lay a picture down.
     *
     * @param turn bit 0 mirrors left and right, bit 1 top and bottom, bit 2 rows and columns, in this order
     */
    public Picture turned(int turn) {
        if ((turn & 7) == 0) {
            return this;
        }
        boolean swap = (turn & 4) != 0;
        int w = swap ? height : width;
        int h = swap ? width : height;
        float[] result = new float[values.length];
        for (int channel = 0; channel < channels; channel++) {
            for (int y = 0; y < height; y++) {
                int ty = (turn & 2) != 0 ? height - 1 - y : y;
                for (int x = 0; x < width; x++) {
                    int tx = (turn & 1) != 0 ? width - 1 - x : x;
                    int to = swap ? (channel * h + tx) * w + ty : (channel * h + ty) * w + tx;
                    result[to] = values[(channel * height + y) * width + x];
                }
            }
        }
        return new Picture(w, h, channels, result);
    }

    /** For each place of a row of {@code to}, which of {@code from} it takes, and how much of each. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Weights(int[] first, float[][] values) {
        static Weights of(int from, int to) {
            double scale = (double) from / to;
            double reach = Math.max(1, scale);
            int[] first = new int[to];
            float[][] values = new float[to][];
            for (int i = 0; i < to; i++) {
                double centre = (i + 0.5) * scale - 0.5;
                int start = Math.max(0, (int) Math.ceil(centre - reach + 1e-9));
                int end = Math.min(from - 1, (int) Math.floor(centre + reach - 1e-9));
                first[i] = start;
                values[i] = new float[end - start + 1];
                float sum = 0;
                for (int k = start; k <= end; k++) {
                    values[i][k - start] = (float) (1 - Math.abs(k - centre) / reach);
                    sum += values[i][k - start];
                }
                for (int k = 0; k < values[i].length; k++) {
                    values[i][k] /= sum;
                }
            }
            return new Weights(first, values);
        }
    }
}
