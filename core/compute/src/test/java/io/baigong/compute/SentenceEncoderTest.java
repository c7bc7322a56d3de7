package io.baigong.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The graph that we write, against the graph that its makers exported, run as it is. */
class SentenceEncoderTest {
    private static final List<String> TEXTS = List.of(
            "This Agreement shall be governed by the laws of the State of Delaware.",
            "Either party may terminate on thirty (30) days' notice.",
            "Gesundheitswesen, 合同 and \uD83D\uDE00 in one line",
            "x",
            "");

    @Test
    void agreesWithTheExportedGraphInFloat32() throws Exception {
        try (var encoder = SentenceEncoder.open("all-minilm-l6-v2", EncoderGraph.Precision.FLOAT32)) {
            float[][] ours = encoder.embed(TEXTS);
            for (int i = 0; i < TEXTS.size(); i++) {
                assertThat(cosine(ours[i], exported(TEXTS.get(i)))).isCloseTo(1, within(1e-5));
            }
        }
    }

    @Test
    void staysAlikeInEightBits() throws Exception {
        try (var encoder = SentenceEncoder.open("all-minilm-l6-v2")) {
            float[][] ours = encoder.embed(TEXTS);
            for (int i = 0; i < TEXTS.size(); i++) {
                assertThat(cosine(ours[i], exported(TEXTS.get(i)))).isGreaterThan(0.97);
            }
        }
    }

    @Test
    void readsNoMoreThanItsWindowOfAHugeText() throws Exception {
        try (var encoder = SentenceEncoder.open("all-minilm-l6-v2")) {
            float[][] vectors = encoder.embed(List.of("word ".repeat(100_000)));
            assertThat(vectors[0]).hasSize(384);
            assertThat(cosine(vectors[0], vectors[0])).isCloseTo(1, within(1e-5));
        }
    }

    private static float[] exported(String text) throws Exception {
        byte[] model;
        try (var in = SentenceEncoderTest.class.getResourceAsStream("/all-minilm-l6-v2.onnx")) {
            model = in.readAllBytes();
        }
        long[] ids;
        try (var tokenizer = BaseEncoder.ALL_MINILM_L6_V2.tokenizer()) {
            long[] inner = TokenizedText.of(text, tokenizer).ids();
            ids = new long[inner.length + 2];
            ids[0] = 101;
            System.arraycopy(inner, 0, ids, 1, inner.length);
            ids[ids.length - 1] = 102;
        }
        var environment = OnnxRuntime.environment();
        long[] shape = {1, ids.length};
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        try (var session = environment.createSession(model);
                var idTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                var mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
                var types = OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[ids.length]), shape);
                var result =
                        session.run(Map.of("input_ids", idTensor, "attention_mask", mask, "token_type_ids", types))) {
            float[][] hidden = ((float[][][]) result.get(0).getValue())[0];
            float[] mean = new float[384];
            for (float[] token : hidden) {
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += token[i] / hidden.length;
                }
            }
            return mean;
        }
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double left = 0;
        double right = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            left += a[i] * a[i];
            right += b[i] * b[i];
        }
        return product / Math.sqrt(left * right);
    }
}
