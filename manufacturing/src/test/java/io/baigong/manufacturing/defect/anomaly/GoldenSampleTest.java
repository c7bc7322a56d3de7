package io.baigong.manufacturing.defect.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.manufacturing.defect.image.Located;
import io.baigong.manufacturing.defect.image.Picture;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What differs from a golden sample is found, and what is only lit or laid otherwise is not. */
class GoldenSampleTest {
    private static final int SIDE = 128;

    /** Smooth texture, of a grid of random values, moved by whole pixels, with noise of its own. */
    private static float[] texture(int move, long noise, double gain) {
        var random = new Random(1);
        float[] grid = new float[24 * 24];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = random.nextFloat();
        }
        float[] smooth = new Picture(24, 24, 1, grid).resized(240, 240).values();
        random = new Random(noise);
        float[] values = new float[SIDE * SIDE];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                values[y * SIDE + x] =
                        (float) (gain * smooth[(y + 40 + move) * 240 + x + 40 - move] + 0.01 * random.nextGaussian());
            }
        }
        return values;
    }

    private static List<Located> found(float[] values) {
        return GoldenSample.inspect(new Picture(SIDE, SIDE, 1, texture(0, 2, 0.8)), new Picture(SIDE, SIDE, 1, values));
    }

    @Test
    void lightAndPlaceAreNoDefects() {
        assertThat(found(texture(0, 3, 0.8)).getFirst().score()).isLessThan(0.5);
        assertThat(found(texture(0, 3, 0.5)).getFirst().score()).isLessThan(0.5);
        assertThat(found(texture(3, 3, 0.8)).getFirst().score()).isLessThan(0.5);
    }

    @Test
    void spotIsFoundWhereItIs() {
        float[] values = texture(-2, 3, 0.7);
        for (int y = 48; y < 64; y++) {
            for (int x = 80; x < 96; x++) {
                values[y * SIDE + x] = 0;
            }
        }
        List<Located> found = found(values);
        assertThat(found.getFirst().score()).isGreaterThan(0.9);
        assertThat(found.stream().filter(each -> each.width() < SIDE)).anySatisfy(spot -> {
            assertThat(spot.x()).isBetween(72, 80);
            assertThat(spot.y()).isBetween(40, 48);
            assertThat(spot.width()).isBetween(16, 32);
            assertThat(spot.height()).isBetween(16, 32);
        });
    }

    @Test
    void smallestPicturesAreCompared() {
        float[] values = new float[256];
        List<Located> found = GoldenSample.inspect(new Picture(16, 16, 1, values), new Picture(16, 16, 1, values));
        assertThat(found.getFirst().score()).isLessThan(0.5);
    }
}
