package io.baigong.tuning.quantisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.compute.SentenceEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real encoder in each precision, opened as the platform opens it. */
class EncoderVariantsTest {
    private static final String NAME = "all-minilm-l6-v2";

    private static final List<String> TEXTS = List.of(
            "This Agreement shall be governed by the laws of the State of Delaware.",
            "Either party may terminate on thirty (30) days' notice.",
            "x",
            "");

    /** Least cosine with 32 bits. For 4 bits, see docs/benchmarks.md for what that does to a task. */
    private static final Map<Precision, Double> ALIKE =
            Map.of(Precision.INT8, 0.97, Precision.INT8_STATIC, 0.97, Precision.INT4, 0.9, Precision.FP16, 0.9999);

    @TempDir
    Path folder;

    @Test
    void embedsAlike() throws IOException {
        Path plain = Files.write(folder.resolve("plain.onnx"), SentenceEncoder.plainModel(NAME));
        var calibration = Calibration.ofTexts(NAME, TEXTS, 100);
        float[][] was;
        try (var encoder = SentenceEncoder.open(NAME, plain)) {
            was = encoder.embed(TEXTS);
        }
        for (Precision precision : Precision.values()) {
            Path out = folder.resolve(precision + ".onnx");
            var result = Quantisation.quantise(plain, precision, calibration, out, (_, _) -> {});
            assertThat(result.bytesAfter()).isEqualTo(Files.size(out)).isLessThan(result.bytesBefore() * 51 / 100);
            try (var encoder = SentenceEncoder.open(NAME, out)) {
                float[][] is = encoder.embed(TEXTS);
                for (int i = 0; i < is.length; i++) {
                    assertThat(product(was[i], is[i]))
                            .as(precision + " of text " + i)
                            .isGreaterThan(ALIKE.get(precision));
                }
            }
        }
    }

    @Test
    void aFileThatIsNoVariantIsRefused() throws IOException {
        Path other = Files.write(
                folder.resolve("other.onnx"),
                SmallModels.product(SmallModels.random(1, 4, 4)).toByteArray());
        assertThatThrownBy(() -> SentenceEncoder.open(NAME, other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("input_ids");
        Path text = Files.writeString(folder.resolve("text.onnx"), "no model");
        assertThatThrownBy(() -> SentenceEncoder.open(NAME, text))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("refuses");
    }

    private static double product(float[] a, float[] b) {
        double product = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
        }
        return product;
    }
}
