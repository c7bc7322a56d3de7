package io.baigong.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.baigong.compute.ModelFiles;
import io.baigong.compute.Predictor;
import io.baigong.compute.Safetensors;
import io.baigong.compute.Tensor;
import io.baigong.spi.MemorySpec;
import io.baigong.spi.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A memory answers by its nearest row, and is served as it was filled. */
class MemoryFillingTest {
    private static final int FEATURES = 6;

    @TempDir
    Path folder;

    /** Four heaps, the first with nearly all rows. */
    private static Tensor heaps(int rows) {
        var random = new Random(3);
        float[] values = new float[rows * FEATURES];
        for (int row = 0; row < rows; row++) {
            int heap = row < 4 ? row : 0;
            for (int i = 0; i < FEATURES; i++) {
                values[row * FEATURES + i] = (float) (50 * heap * (i % 2) + random.nextGaussian());
            }
        }
        return new Tensor(new long[] {rows, FEATURES}, values);
    }

    /** Distances by the definition, over the weights that were saved. */
    @Test
    void answersTheDistanceToTheNearest() throws IOException {
        new MemoryFilling(new MemorySpec("m", "1", 5, 20, 1)).fill(heaps(300), folder, Progress.SILENT);
        Map<String, Tensor> weights;
        try (var in = Files.newInputStream(folder.resolve("weights.safetensors"))) {
            weights = Safetensors.read(in);
        }
        Tensor asked = heaps(9);
        try (Predictor memory = Predictor.open(ModelFiles.folder(folder))) {
            Tensor answers = memory.predict(asked);
            assertThat(answers.shape()).containsExactly(9, 1);
            for (int row = 0; row < 9; row++) {
                double nearest = Double.POSITIVE_INFINITY;
                for (int kept = 0; kept < 20; kept++) {
                    double square = 0;
                    for (int i = 0; i < 5; i++) {
                        double value = weights.get("shift").values()[i];
                        for (int j = 0; j < FEATURES; j++) {
                            value += asked.values()[row * FEATURES + j]
                                    * weights.get("projection").values()[j * 5 + i];
                        }
                        square += Math.pow(value - weights.get("rows").values()[kept * 5 + i], 2);
                    }
                    nearest = Math.min(nearest, Math.sqrt(square));
                }
                assertThat((double) answers.values()[row]).isCloseTo(nearest, within(5e-3));
            }
            assertThatThrownBy(() -> memory.predict(new Tensor(new long[] {1, 2}, new float[2])))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("[1, 2]");
        }
    }

    /** Four rows are enough to be near every heap, though three heaps have one row in 300 each. */
    @Test
    void keepsWhatIsRare() throws IOException {
        new MemoryFilling(new MemorySpec("m", "1", 16, 4, 1)).fill(heaps(300), folder, Progress.SILENT);
        try (Predictor memory = Predictor.open(ModelFiles.folder(folder))) {
            float[] answers = memory.predict(heaps(5)).values();
            float[] far = memory.predict(new Tensor(new long[] {1, FEATURES}, new float[] {0, -200, 0, 0, 0, 0}))
                    .values();
            for (float answer : answers) {
                assertThat(far[0]).isGreaterThan(3 * answer);
            }
        }
    }

    @Test
    void equalSeedsGiveEqualMemories() throws IOException {
        for (int seed : new int[] {7, 7, 8}) {
            Path out = folder.resolve(Files.exists(folder.resolve("a")) && seed == 7 ? "b" : seed == 7 ? "a" : "c");
            new MemoryFilling(new MemorySpec("m", "1", 4, 9, seed)).fill(heaps(50), out, Progress.SILENT);
        }
        byte[] weights = Files.readAllBytes(folder.resolve("a/weights.safetensors"));
        assertThat(Files.readAllBytes(folder.resolve("b/weights.safetensors"))).isEqualTo(weights);
        assertThat(Files.readAllBytes(folder.resolve("c/weights.safetensors"))).isNotEqualTo(weights);
    }

    @Test
    void keepsNoRowTwice() throws IOException {
        new MemoryFilling(new MemorySpec("m", "1", 3, 10, 1))
                .fill(new Tensor(new long[] {3, 2}, new float[] {1, 2, 1, 2, 3, 4}), folder, Progress.SILENT);
        try (var in = Files.newInputStream(folder.resolve("weights.safetensors"))) {
            assertThat(Safetensors.read(in).get("rows").shape()).containsExactly(2, 3);
        }
    }

    @Test
    void refusesWhatCanNotBeRemembered() {
        var filling = new MemoryFilling(new MemorySpec("m", "1", 3, 10, 1));
        assertThatThrownBy(() -> filling.fill(new Tensor(new long[] {0, 4}, new float[0]), folder, Progress.SILENT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> filling.fill(
                        new Tensor(new long[] {1, 2}, new float[] {1, Float.NaN}), folder, Progress.SILENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("finite");
    }
}
