package io.baigong.manufacturing.defect.strip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.baigong.manufacturing.defect.image.Located;
import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.manufacturing.defect.image.PictureFeatures;
import io.baigong.spi.LocalText;
import io.baigong.spi.Models;
import io.baigong.spi.Tensor;
import io.baigong.testkit.FakeModels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StripOcclusionTest {
    private static final String LINE = "{\"classes\": [\"normal\", \"scratches\"], \"temperature\": 1.5}";

    /** A net to which contrast is a scratch: the more the picture varies, the surer. */
    private static Models contrast() {
        return FakeModels.script()
                .beside(StripClassifier.ROLE, StripClasses.FILE, LINE.getBytes(StandardCharsets.UTF_8))
                .imageFeatures(
                        PictureFeatures.ROLE,
                        image -> List.of(
                                new Tensor(new int[] {1, 1, image.shape()[2], image.shape()[3]}, image.values())))
                .predict(StripClassifier.ROLE, rows -> {
                    float[][] answers = new float[rows.shape()[0]][];
                    for (int i = 0; i < answers.length; i++) {
                        float sure = (float) (1 / (1 + Math.exp(2 - 30 * rows.at(i, 1))));
                        answers[i] = new float[] {1 - sure, sure};
                    }
                    return Tensor.ofRows(answers, 2);
                })
                .build();
    }

    /** Faint grain, and a dark patch in the cell of column 4 and row 1 of 6. */
    private static Picture patched(int width, int height) {
        var random = new Random(3);
        float[] values = new float[width * height];
        for (int i = 0; i < values.length; i++) {
            int column = i % width * 6 / width;
            int row = i / width * 6 / height;
            values[i] = (float) (0.5 + 0.01 * random.nextGaussian()) - (column == 4 && row == 1 ? 0.4f : 0);
        }
        return new Picture(width, height, 1, values);
    }

    private static Located found(int x, int y, int width, int height) {
        return new Located("scratches", new LocalText("scratches", "划痕"), x, y, width, height, 0.9);
    }

    @Test
    void theCellWithTheDefectLosesTheMost() {
        var explained = StripOcclusion.of(contrast(), patched(120, 90), found(0, 0, 120, 90));

        assertThat(explained.columns()).isEqualTo(6);
        assertThat(explained.losses()).hasSize(36);
        int most = IntStream.range(0, 36)
                .reduce((a, b) ->
                        explained.losses().get(a) >= explained.losses().get(b) ? a : b)
                .orElseThrow();
        assertThat(most).isEqualTo(6 + 4);
        assertThat(explained.losses().get(most)).isGreaterThan(0.2);
        var others = new ArrayList<>(explained.losses());
        others.remove(most);
        assertThat(others).allMatch(loss -> Math.abs(loss) < 0.05);
    }

    /** The pictures are hidden here in another way, cell by cell and pixel by pixel. */
    @Test
    void whatIsStatedIsWhatIsMeasured() {
        Models models = contrast();
        Picture picture = patched(100, 70);
        var explained = StripOcclusion.of(models, picture, found(10, 5, 83, 61));
        Picture tile = picture.part(10, 5, 83, 61);
        StripClasses line = StripClasses.of(models);
        double whole = StripClassifier.classify(models, line, tile).probabilities()[1];
        assertThat(explained.probability()).isEqualTo(whole);

        double sum = 0;
        for (float value : tile.values()) {
            sum += value;
        }
        for (int row = 0; row < 6; row++) {
            for (int column = 0; column < 6; column++) {
                float[] values = Arrays.copyOf(tile.values(), tile.values().length);
                for (int y = 0; y < 61; y++) {
                    for (int x = 0; x < 83; x++) {
                        if (y * 6 / 61 == row && x * 6 / 83 == column) {
                            values[y * 83 + x] = (float) (sum / values.length);
                        }
                    }
                }
                double without = StripClassifier.classify(models, line, new Picture(83, 61, 1, values))
                        .probabilities()[1];
                assertThat(explained.losses().get(row * 6 + column)).isCloseTo(whole - without, within(1e-9));
            }
        }
    }

    @Test
    void aTileOfAFewPixelsHasFewerCells() {
        var explained = StripOcclusion.of(contrast(), patched(3, 20), found(0, 0, 3, 20));
        assertThat(explained.columns()).isEqualTo(3);
        assertThat(explained.losses()).hasSize(18);
    }
}
