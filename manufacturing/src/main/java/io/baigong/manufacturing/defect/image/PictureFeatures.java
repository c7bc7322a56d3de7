package io.baigong.manufacturing.defect.image;

import io.baigong.spi.Models;
import io.baigong.spi.Tensor;
import java.util.List;

/** What the platform's image encoder sees in pictures. */
public final class PictureFeatures {
    /** The role of the encoder. */
    public static final String ROLE = "platform.image-encoder";

    /** Rows and columns that the encoder takes are multiples of this. */
    public static final int STRIDE = 32;

    private PictureFeatures() {}

    /** A picture as the encoder takes it, {@code [1, channels, height, width]}. */
    public static Tensor tensor(Picture picture) {
        return new Tensor(new int[] {1, picture.channels(), picture.height(), picture.width()}, picture.values());
    }

    /** Mean and deviation of each channel of each map over the picture, {@code [2 * channels]}. */
    public static float[] pooled(Models models, Picture picture) {
        List<Tensor> maps = models.imageFeatures(ROLE, tensor(picture));
        int channels = maps.stream().mapToInt(map -> map.shape()[1]).sum();
        float[] pooled = new float[2 * channels];
        int at = 0;
        for (Tensor map : maps) {
            int cells = map.shape()[2] * map.shape()[3];
            for (int channel = 0; channel < map.shape()[1]; channel++) {
                double sum = 0;
                double squares = 0;
                for (int cell = 0; cell < cells; cell++) {
                    double value = map.values()[channel * cells + cell];
                    sum += value;
                    squares += value * value;
                }
                double mean = sum / cells;
                pooled[at++] = (float) mean;
                pooled[at++] = (float) Math.sqrt(Math.max(0, squares / cells - mean * mean));
            }
        }
        return pooled;
    }
}
