package io.baigong.manufacturing.defect.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PictureTest {
    private static Picture random(int width, int height) {
        var random = new Random(4);
        float[] values = new float[width * height];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return new Picture(width, height, 1, values);
    }

    @Test
    void eightWaysAreAllDifferent() {
        Picture picture = random(5, 4);
        Set<String> seen = new HashSet<>();
        for (int turn = 0; turn < 8; turn++) {
            Picture turned = picture.turned(turn);
            assertThat(turned.width()).isEqualTo(turn < 4 ? 5 : 4);
            seen.add(java.util.Arrays.toString(turned.values()));
        }
        assertThat(seen).hasSize(8);
        assertThat(picture.turned(3).turned(3)).usingRecursiveComparison().isEqualTo(picture);
        assertThat(picture.turned(4).turned(4)).usingRecursiveComparison().isEqualTo(picture);
    }

    @Test
    void lightAndContrastAreEvened() {
        Picture picture = random(40, 30);
        float[] dim = picture.values().clone();
        for (int i = 0; i < dim.length; i++) {
            dim[i] = 0.1f + 0.3f * dim[i];
        }
        float[] evened = picture.evened(0.5, 0.1).values();
        float[] ofDim = new Picture(40, 30, 1, dim).evened(0.5, 0.1).values();
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < evened.length; i++) {
            assertThat(ofDim[i]).isCloseTo(evened[i], within(1e-5f));
            sum += evened[i];
            squares += evened[i] * evened[i];
        }
        double mean = sum / evened.length;
        assertThat(mean).isCloseTo(0.5, within(1e-5));
        assertThat(Math.sqrt(squares / evened.length - mean * mean)).isCloseTo(0.1, within(1e-5));
    }

    @Test
    void aPictureOfOneColourStaysOne() {
        float[] flat = new float[64];
        Arrays.fill(flat, 0.7f);
        assertThat(new Picture(8, 8, 1, flat).evened(0.5, 0.2).values()).containsOnly(0.5f);
        assertThat(random(8, 8).evened(0.5, 9).values()).contains(0f, 1f);
    }

    /** Reference: halving by a triangle of half-width 2 has the weights 1/8, 3/8, 3/8, 1/8 away from the borders. */
    @Test
    void resizesByTriangles() {
        Picture picture = random(16, 1);
        Picture half = picture.resized(8, 1);
        float[] v = picture.values();
        assertThat(half.values()[3]).isCloseTo((v[5] + 3 * v[6] + 3 * v[7] + v[8]) / 8, within(1e-6f));
        Picture twice = picture.resized(32, 1);
        assertThat(twice.values()[9]).isCloseTo(0.75f * v[4] + 0.25f * v[5], within(1e-6f));
    }

    @Test
    void resizingKeepsTheMean() {
        float[] values = new float[63];
        Arrays.fill(values, 0.7f);
        for (float value : new Picture(7, 9, 1, values).resized(20, 3).values()) {
            assertThat(value).isCloseTo(0.7f, within(1e-6f));
        }
    }

    /** By hand: two heaps at 0.2 and 0.8. */
    @Test
    void otsuPartsTwoHeaps() {
        float[] values = new float[100];
        for (int i = 0; i < 100; i++) {
            values[i] = (i < 60 ? 0.2f : 0.8f) + 0.001f * (i % 7);
        }
        assertThat(Otsu.threshold(values)).isBetween(0.21, 0.8);
        assertThat(Otsu.threshold(new float[10])).isBetween(0.0, 1.0);
    }

    @Test
    void labelsPartsByEightNeighbours() {
        boolean[] mask = {
            true, false, false, false, //
            false, true, false, true, //
            false, false, false, true
        };
        assertThat(Regions.labels(mask, 4, 3)).containsExactly(0, -1, -1, -1, -1, 0, -1, 1, -1, -1, -1, 1);
    }
}
