package io.baigong.manufacturing.defect.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.baigong.manufacturing.defect.image.Picture;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConditionTest {
    private static Picture noise(long seed, double light) {
        var random = new Random(seed);
        float[] values = new float[32 * 32];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (light + 0.2 * random.nextDouble());
        }
        return new Picture(32, 32, 1, values);
    }

    /** By hand: a spike of 1 in a 3 x 5 picture; the Laplacian of the row within is 1, -4, 1. */
    @Test
    void measuresAreTheirDefinitions() {
        float[] values = new float[15];
        values[7] = 1;
        Condition condition = Condition.of(new Picture(5, 3, 1, values));
        assertThat(condition.brightness()).isCloseTo(1 / 15.0, within(1e-12));
        assertThat(condition.contrast()).isCloseTo(Math.sqrt(1 / 15.0 - 1 / 225.0), within(1e-12));
        assertThat(condition.sharpness()).isCloseTo(6 - 4 / 9.0, within(1e-9));
    }

    @Test
    void blurDarknessAndHazeAreNoticed() {
        ConditionRange range = ConditionRange.of(IntStream.range(0, 20)
                .mapToObj(i -> Condition.of(noise(i, 0.4)))
                .toList());
        assertThat(range.warnings(Condition.of(noise(99, 0.4)))).isEmpty();
        assertThat(range.warnings(Condition.of(noise(99, 0.2)))).containsExactly(ConditionWarning.DARKER);
        assertThat(range.warnings(Condition.of(noise(99, 0.6)))).containsExactly(ConditionWarning.BRIGHTER);
        Picture blurred = noise(99, 0.4).resized(8, 8).resized(32, 32);
        assertThat(range.warnings(Condition.of(blurred)))
                .containsExactlyInAnyOrder(ConditionWarning.LESS_CONTRAST, ConditionWarning.LESS_SHARP);
        assertThat(range.warnings(Condition.of(noise(99, 0.4).evened(0.5, 0.2))))
                .containsExactlyInAnyOrder(ConditionWarning.MORE_CONTRAST, ConditionWarning.SHARPER);
    }

    /** A lamp that fades within the usual range of one picture moves the middle of many. */
    @Test
    void slowDriftOfASetIsNoticed() {
        List<Condition> learned = IntStream.range(0, 40)
                .mapToObj(i -> Condition.of(noise(i, 0.3 + 0.005 * i)))
                .toList();
        ConditionRange range = ConditionRange.of(learned);
        List<Condition> faded = IntStream.range(0, 10)
                .mapToObj(i -> Condition.of(noise(200 + i, 0.29)))
                .toList();
        assertThat(faded).allMatch(each -> range.warnings(each).isEmpty());
        assertThat(range.drift(faded)).contains(ConditionWarning.DARKER);
        assertThat(range.drift(learned)).isEmpty();
        assertThat(range.drift(List.of())).isEmpty();
    }
}
