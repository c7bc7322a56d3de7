package io.baigong.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImageEncoderTest {
    private static Tensor noise(int channels, int rows, int columns, long seed) {
        var random = new Random(seed);
        float[] values = new float[channels * rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return new Tensor(new long[] {1, channels, rows, columns}, values);
    }

    /** Channels are those of PP-LCNetV3's four stages at half width, as the file has them. */
    @Test
    void mapsAtFourScales() throws IOException {
        try (ImageEncoder encoder = ImageEncoder.open()) {
            List<Tensor> maps = encoder.maps(noise(3, 64, 96, 1));
            assertThat(maps)
                    .extracting(Tensor::shape)
                    .containsExactly(
                            new long[] {1, 48, 16, 24},
                            new long[] {1, 96, 8, 12},
                            new long[] {1, 192, 4, 6},
                            new long[] {1, 384, 2, 3});
            for (Tensor map : maps) {
                for (float value : map.values()) {
                    assertThat(Float.isFinite(value)).isTrue();
                }
            }
            assertThat(encoder.sha256()).matches("[0-9a-f]{64}");
            assertThat(encoder.parameters()).isGreaterThan(100_000);
        }
    }

    /** Grey is red, green and blue alike; pictures of a batch don't see each other. */
    @Test
    void greyIsThreeEqualChannels() throws IOException {
        try (ImageEncoder encoder = ImageEncoder.open()) {
            Tensor grey = noise(1, 32, 32, 2);
            float[] three = new float[3 * 1024];
            float[] two = new float[2 * 1024];
            for (int i = 0; i < 3; i++) {
                System.arraycopy(grey.values(), 0, three, 1024 * i, 1024);
            }
            System.arraycopy(grey.values(), 0, two, 1024, 1024);
            float[] alone = encoder.maps(grey).get(1).values();
            float[] colour = encoder.maps(new Tensor(new long[] {1, 3, 32, 32}, three))
                    .get(1)
                    .values();
            float[] batch = encoder.maps(new Tensor(new long[] {2, 1, 32, 32}, two))
                    .get(1)
                    .values();
            for (int i = 0; i < alone.length; i++) {
                assertThat(colour[i]).isCloseTo(alone[i], within(1e-4f));
                assertThat(batch[alone.length + i]).isCloseTo(alone[i], within(1e-4f));
            }
        }
    }

    @Test
    void namesTheShapeThatItCanNotTake() throws IOException {
        try (ImageEncoder encoder = ImageEncoder.open()) {
            assertThatThrownBy(() -> encoder.maps(noise(2, 32, 32, 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("[1, 2, 32, 32]");
            assertThatThrownBy(() -> encoder.maps(noise(1, 33, 32, 1))).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
