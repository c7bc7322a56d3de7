package io.baigong.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.compute.ModelFiles;
import io.baigong.compute.NgramEncoder;
import io.baigong.spi.EmbeddingSpec;
import io.baigong.spi.Progress;
import io.baigong.spi.TextPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts that mean the same end nearer than they began, also those that no pair held. */
class EmbeddingTuningTest {
    /** Places and what may befall them, in two languages that share no letters. */
    private static final List<List<String>> PLACES = List.of(
            List.of("kidney", "ñoriñ"),
            List.of("liver", "hígah"),
            List.of("heart", "cuzz"),
            List.of("lung", "pömmö"),
            List.of("brain", "sexxo"),
            List.of("skin", "jytt"),
            List.of("stomach", "qaqq"),
            List.of("bone", "wuww"));

    private static final List<List<String>> ILLS = List.of(
            List.of("infection", "ykkyl"),
            List.of("stone", "fadd"),
            List.of("tumor", "zmyrz"),
            List.of("failure", "prukk"),
            List.of("injury", "vvohl"),
            List.of("abscess", "mjynn"));

    @TempDir
    Path folder;

    /** Pairs of all places with all ills; those held out are one in five. */
    private static List<TextPair> pairs(boolean heldOut) {
        var pairs = new ArrayList<TextPair>();
        for (int place = 0; place < PLACES.size(); place++) {
            for (int ill = 0; ill < ILLS.size(); ill++) {
                if (((place + 2 * ill) % 5 == 0) == heldOut) {
                    pairs.add(new TextPair(
                            PLACES.get(place).get(0) + " " + ILLS.get(ill).get(0),
                            ILLS.get(ill).get(1) + " " + PLACES.get(place).get(1),
                            place + "." + ill));
                }
            }
        }
        return pairs;
    }

    private static EmbeddingSpec spec(int epochs, double learningRate, long seed) {
        return new EmbeddingSpec("e", "1", 32, 4096, epochs, 16, learningRate, 0.05, seed);
    }

    private NgramEncoder tuned(String name, EmbeddingSpec spec) throws IOException {
        Path out = folder.resolve(name);
        new EmbeddingTuning(spec).tune(pairs(false), out, Checkpoints.NONE, Progress.SILENT);
        return NgramEncoder.open(ModelFiles.folder(out));
    }

    /** Of how many held-out texts the one that means the same is the nearest of all. */
    private static long right(NgramEncoder encoder) {
        List<TextPair> pairs = pairs(true);
        float[][] texts = encoder.embed(pairs.stream().map(TextPair::text).toList());
        float[][] sames = encoder.embed(pairs.stream().map(TextPair::same).toList());
        return IntStream.range(0, texts.length)
                .filter(i -> IntStream.range(0, sames.length)
                        .allMatch(j -> dot(texts[i], sames[j]) <= dot(texts[i], sames[i])))
                .count();
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Test
    void whatMeansTheSameEndsNearest() throws IOException {
        int all = pairs(true).size();
        long before = right(tuned("untuned", spec(1, 1e-9, 1)));
        long after = right(tuned("tuned", spec(60, 0.1, 1)));
        assertThat(all).isBetween(8, 12);
        assertThat(before).isLessThanOrEqualTo(all / 2);
        assertThat(after).isGreaterThanOrEqualTo(all - 1);
    }

    @Test
    void aSeedMakesTheSameArtifactAndAnotherSeedAnother() throws IOException {
        String sha256 = tuned("a", spec(2, 0.1, 1)).sha256();
        assertThat(tuned("b", spec(2, 0.1, 1)).sha256()).isEqualTo(sha256);
        assertThat(tuned("c", spec(2, 0.1, 2)).sha256()).isNotEqualTo(sha256);
    }

    @Test
    void pairsOfOneMeaningHaveNoContrast() {
        var one = List.of(new TextPair("a", "b", "m"), new TextPair("c", "d", "m"));
        assertThatThrownBy(
                        () -> new EmbeddingTuning(spec(1, 0.1, 1)).tune(one, folder, Checkpoints.NONE, Progress.SILENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least two meanings, not 1");
        assertThat(Files.exists(folder.resolve("model.json"))).isFalse();
    }

    @Test
    void aPairWithoutLettersIsNamed() {
        var pairs = List.of(new TextPair("a", "b", "m"), new TextPair("…", "d", "n"));
        assertThatThrownBy(() ->
                        new EmbeddingTuning(spec(1, 0.1, 1)).tune(pairs, folder, Checkpoints.NONE, Progress.SILENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pair 2 of 2 has a text without letters");
    }

    @Test
    void aTuningThatDivergesLeavesNoArtifact() {
        assertThatThrownBy(() -> tuned("diverged", spec(2, 1e12, 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a smaller learning rate may hold it");
        assertThat(Files.exists(folder.resolve("diverged"))).isFalse();
    }

    @Test
    void aSpecificationThatMakesNoneIsRefused() {
        assertThatThrownBy(() -> new EmbeddingSpec("e", "1", 0, 1, 1, 2, 0.1, 0.05, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a width of 1 to 4096")
                .hasMessageContaining("not 0 and 1");
        assertThatThrownBy(() -> new EmbeddingSpec("e", "1", 4096, Integer.MAX_VALUE, 1, 2, 0.1, 0.05, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not 4096 and 2147483647");
        assertThatThrownBy(() -> new EmbeddingSpec("e", "1", 8, 8, 1, 100_000, 0.1, 0.05, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("batches of 2 to 4096, not 1 of 100000");
        for (double rate : new double[] {Double.NaN, 0, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new EmbeddingSpec("e", "1", 8, 8, 1, 2, rate, 0.05, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a learning rate above 0");
        }
        assertThatThrownBy(() -> new EmbeddingSpec("e", "1", 8, 8, 1, 2, 0.1, 1e-60, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a temperature of 0.001 to 1");
    }
}
