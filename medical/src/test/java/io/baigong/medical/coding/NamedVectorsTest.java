package io.baigong.medical.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.baigong.spi.TextEncoder;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class NamedVectorsTest {
    private static final Offset<Float> ROUNDING = within(1e-6f);

    private static final Map<String, float[]> VECTORS = Map.of(
            "heart", new float[] {1, 0, 0},
            "kidney", new float[] {0, 1, 0},
            "renal", new float[] {0, 0.8f, 0.6f},
            "elsewhere", new float[] {0, 0, -1});

    private static final TextEncoder ENCODER =
            texts -> texts.stream().map(VECTORS::get).toArray(float[][]::new);

    private static final NamedVectors NAMES = NamedVectors.of(
            List.of(
                    new NamedVectors.Name("I51.9", "heart"),
                    new NamedVectors.Name("N28.9", "kidney"),
                    new NamedVectors.Name("N28.9", "renal"),
                    new NamedVectors.Name("Z99", "elsewhere")),
            ENCODER);

    @Test
    void aCodeIsAsNearAsTheNearestOfItsNames() {
        float[][] stretches = {{0.6f, 0, 0.8f}, {0, 0.6f, 0.8f}};

        List<NamedVectors.Near> near = NAMES.near(stretches, List.of("I51.9", "N28.9", "Z99"));

        assertThat(near.get(0).cosine()).isEqualTo(0.6f, ROUNDING);
        assertThat(near.get(0).stretch()).isZero();
        assertThat(near.get(0).rank()).isZero();
        assertThat(near.get(0).lead()).isEqualTo(0.6f - 0.48f, ROUNDING);
        assertThat(near.get(1).cosine()).isEqualTo(0.96f, ROUNDING);
        assertThat(near.get(1).stretch()).isEqualTo(1);
        assertThat(near.get(1).lead()).isEqualTo(0.96f, ROUNDING);
    }

    @Test
    void whatNoStretchComesNearIsUnranked() {
        NamedVectors.Near near =
                NAMES.near(new float[][] {{1, 0, 0}}, List.of("I51.9", "Z99")).getLast();

        assertThat(near.rank()).isEqualTo(NamedVectors.Near.UNRANKED);
        assertThat(near.stretch()).isEqualTo(-1);
        assertThat(near.cosine()).isEqualTo(-1);
        assertThat(near.lead()).isNegative();
    }

    @Test
    void whatIsLessNearThanAnotherFollowsIt() {
        List<NamedVectors.Near> near = NAMES.near(new float[][] {{0.8f, 0.6f, 0}}, List.of("I51.9", "N28.9"));

        assertThat(near).extracting(NamedVectors.Near::rank).containsExactly(0, 1);
        assertThat(near.get(1).lead()).isEqualTo(-0.2f, ROUNDING);
    }

    @Test
    void aCodeWithoutANameIsNearNothing() {
        assertThat(NAMES.near(new float[][] {{1, 0, 0}}, List.of("A00")))
                .containsExactly(new NamedVectors.Near(-1, -2, NamedVectors.Near.UNRANKED, -1));
        assertThat(NAMES.near(new float[0][], List.of("I51.9"))).hasSize(1);
        assertThat(NAMES.near(new float[][] {{1, 0, 0}}, List.of())).isEmpty();
    }
}
