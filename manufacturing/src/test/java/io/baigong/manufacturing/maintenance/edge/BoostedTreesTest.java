package io.baigong.manufacturing.maintenance.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Against XGBoost 3.4.0 itself: trees grown on 3,000 rows of a law with missing values, and XGBoost's answers to 100 other rows, a
 * line of three values and the answer each.
 */
class BoostedTreesTest {
    private static byte[] resource(String name) throws IOException {
        try (var in = Objects.requireNonNull(BoostedTreesTest.class.getResourceAsStream("/edge/" + name))) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"probability", "mean"})
    void answersAsXgboostDoes(String kind) throws IOException {
        BoostedTrees trees = BoostedTrees.read(resource(kind + ".ubj"));
        int rows = 0;
        try (var lines = new BufferedReader(new InputStreamReader(
                new java.io.ByteArrayInputStream(resource(kind + ".csv")), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split(",", -1);
                float[] row = new float[3];
                for (int i = 0; i < 3; i++) {
                    row[i] = Float.parseFloat(cells[i]);
                }
                float expected = Float.parseFloat(cells[3]);
                assertThat(trees.answer(row)).isCloseTo(expected, within(Math.ulp(expected)));
                rows++;
            }
        }
        assertThat(rows).isEqualTo(100);
        assertThatIllegalArgumentException().isThrownBy(() -> trees.answer(new float[2]));
    }

    /** XGBoost marks a node that splits by category with 1 in {@code split_type}, an array of bytes. */
    @Test
    void splitsByCategoryAreRefused() throws IOException {
        byte[] trees = resource("probability.ubj");
        String plain = new String(trees, StandardCharsets.ISO_8859_1);
        int begin = plain.indexOf("split_type") + "split_type".length();
        assertThat(plain.substring(begin, begin + 5)).isEqualTo("[$U#L");
        trees[begin + 5 + Long.BYTES] = 1;

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> BoostedTrees.read(trees))
                .withMessageContaining("splits by category");
    }

    /** Cut anywhere, or with any byte changed, it is refused or answers some number; it never hangs or breaks. */
    @Test
    void damagedTreesAreRefusedOrAnswer() throws IOException {
        byte[] whole = resource("probability.ubj");
        var random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            byte[] damaged = i % 2 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            if (i % 2 == 1) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                BoostedTrees trees = BoostedTrees.read(damaged);
                trees.answer(new float[trees.features()]);
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(200);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> BoostedTrees.read(new byte[0]));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> BoostedTrees.read("[".repeat(100_000).getBytes(StandardCharsets.UTF_8)));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> BoostedTrees.read("{}".getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("no learner");
        // An array of 2^62 numbers that is not there.
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> BoostedTrees.read(
                        new byte[] {'{', 'i', 1, 'a', '[', '$', 'd', '#', 'L', 64, 0, 0, 0, 0, 0, 0, 0}));
    }
}
