package io.baigong.tuning;

import io.baigong.compute.MemoryArtifact;
import io.baigong.compute.Tensor;
import io.baigong.spi.MemorySpec;
import io.baigong.spi.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Fills a memory with rows of what is usual.
 *
 * <p>Features are standardised and projected at random (Johnson and Lindenstrauss 1984). The row farthest from all that are kept is kept
 * next, until there are enough: the greedy 2-approximation of k-center (Gonzalez 1985, doi 10.1016/0304-3975(85)90224-5).
 */
public final class MemoryFilling {
    private static final double LEAST_DEVIATION = 1e-4;

    private final MemorySpec spec;

    public MemoryFilling(MemorySpec spec) {
        this.spec = spec;
    }

    /**
     * Chooses what is kept and writes the artifact to the folder.
     *
     * @param rows {@code [rows, features]}
     */
    public void fill(Tensor rows, Path out, Progress progress) throws IOException {
        if (rows.shape().length != 2 || rows.values().length == 0) {
            throw new IllegalArgumentException(
                    "a memory is filled with [rows, features], not " + Arrays.toString(rows.shape()));
        }
        for (float value : rows.values()) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("a row to remember holds a value that is no finite number");
            }
        }
        int features = (int) rows.shape()[1];
        int dimensions = spec.dimensions();
        var random = new Random(spec.seed());
        float[] projection = new float[features * dimensions];
        float[] shift = new float[dimensions];
        project(rows.values(), features, projection, shift, random);
        float[][] projected = projected(rows.values(), features, projection, shift);
        float[] kept = kept(projected, random.nextInt(projected.length), progress);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        weights.put(MemoryArtifact.PROJECTION, new Tensor(new long[] {features, dimensions}, projection));
        weights.put(MemoryArtifact.SHIFT, new Tensor(new long[] {dimensions}, shift));
        weights.put(MemoryArtifact.ROWS, new Tensor(new long[] {kept.length / dimensions, dimensions}, kept));
        new MemoryArtifact(MemoryArtifact.FORMAT, spec.name(), spec.version(), features).write(out, weights);
    }

    /** A Gaussian projection that keeps mean square distances of standardised features, a feature. */
    private void project(float[] values, int features, float[] projection, float[] shift, Random random) {
        int rows = values.length / features;
        int dimensions = spec.dimensions();
        for (int feature = 0; feature < features; feature++) {
            double sum = 0;
            double squares = 0;
            for (int row = 0; row < rows; row++) {
                double value = values[row * features + feature];
                sum += value;
                squares += value * value;
            }
            double mean = sum / rows;
            double deviation = Math.sqrt(Math.max(0, squares / rows - mean * mean));
            double scale =
                    deviation < LEAST_DEVIATION ? 0 : 1 / (deviation * Math.sqrt((double) dimensions * features));
            for (int i = 0; i < dimensions; i++) {
                float weight = (float) (scale * random.nextGaussian());
                projection[feature * dimensions + i] = weight;
                shift[i] -= (float) (mean * weight);
            }
        }
    }

    private static float[][] projected(float[] values, int features, float[] projection, float[] shift) {
        int dimensions = shift.length;
        float[][] projected = new float[values.length / features][];
        for (int row = 0; row < projected.length; row++) {
            float[] sums = shift.clone();
            for (int feature = 0; feature < features; feature++) {
                float value = values[row * features + feature];
                int at = feature * dimensions;
                for (int i = 0; i < dimensions; i++) {
                    sums[i] += value * projection[at + i];
                }
            }
            projected[row] = sums;
        }
        return projected;
    }

    private float[] kept(float[][] rows, int first, Progress progress) {
        int count = Math.min(spec.size(), rows.length);
        int dimensions = spec.dimensions();
        float[] kept = new float[count * dimensions];
        float[] nearest = new float[rows.length];
        Arrays.fill(nearest, Float.POSITIVE_INFINITY);
        int next = first;
        for (int i = 0; i < count; i++) {
            System.arraycopy(rows[next], 0, kept, i * dimensions, dimensions);
            float[] chosen = rows[next];
            for (int row = 0; row < rows.length; row++) {
                nearest[row] = Math.min(nearest[row], squareDistance(rows[row], chosen));
            }
            for (int row = 0; row < rows.length; row++) {
                next = nearest[row] > nearest[next] ? row : next;
            }
            if (nearest[next] == 0) {
                return Arrays.copyOf(kept, (i + 1) * dimensions);
            }
            progress.at((i + 1.0) / count, "choosing what to remember");
        }
        return kept;
    }

    private static float squareDistance(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < a.length; i++) {
            float difference = a[i] - b[i];
            sum += difference * difference;
        }
        return sum;
    }
}
