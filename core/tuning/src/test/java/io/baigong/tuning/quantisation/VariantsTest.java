package io.baigong.tuning.quantisation;

import static io.baigong.tuning.quantisation.OnnxEdit.attribute;
import static io.baigong.tuning.quantisation.SmallModels.model;
import static io.baigong.tuning.quantisation.SmallModels.node;
import static io.baigong.tuning.quantisation.SmallModels.ofRank;
import static io.baigong.tuning.quantisation.SmallModels.product;
import static io.baigong.tuning.quantisation.SmallModels.random;
import static io.baigong.tuning.quantisation.SmallModels.weight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.baigong.compute.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each variant, run by ONNX Runtime, against the plain computation of what it stands for. */
class VariantsTest {
    private static final int ROWS = 5;
    private static final int IN = 70;
    private static final int OUT = 24;

    private final Tensor x = random(1, ROWS, IN);
    private final Tensor w = random(2, IN, OUT);

    @TempDir
    Path folder;

    private Path variant(ModelProto model, Precision precision) throws IOException {
        return variant(model, precision, x);
    }

    private Path variant(ModelProto model, Precision precision, Tensor like) throws IOException {
        Path from = Files.write(folder.resolve("model.onnx"), model.toByteArray());
        @Nullable
        Calibration calibration =
                precision == Precision.INT8_STATIC ? new Calibration(List.of(() -> Map.of("x", like)), 100) : null;
        Path out = folder.resolve(precision + ".onnx");
        Quantisation.quantise(from, precision, calibration, out, (_, _) -> {});
        return out;
    }

    /**
     * Both in bytes, the products summed as integers, as ONNX says of DynamicQuantizeLinear and MatMulInteger. The range is that of the
     * call itself when it is found in the call, and that of the calibration data, here the same, when it is static.
     */
    @ParameterizedTest
    @EnumSource(names = {"INT8", "INT8_STATIC"})
    void bytesAreMultipliedAsIntegers(Precision precision) throws Exception {
        float least = 0;
        float most = 0;
        for (float value : x.values()) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        double step = (most - least) / 255.0;
        long zero = Math.round(-least / step);
        float[] got = SmallModels.run(variant(product(w), precision), x);
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < OUT; column++) {
                double largest = 0;
                for (int i = 0; i < IN; i++) {
                    largest = Math.max(largest, Math.abs(w.values()[i * OUT + column]));
                }
                long sum = 0;
                for (int i = 0; i < IN; i++) {
                    long left = Math.clamp(Math.round(x.values()[row * IN + i] / step) + zero, 0, 255) - zero;
                    sum += left * Math.round(w.values()[i * OUT + column] * 127 / largest);
                }
                // A value that lies between two bytes may fall on either side, in 32 bits and in 64: one step in one
                // product.
                assertThat((double) got[row * OUT + column])
                        .isCloseTo(sum * step * largest / 127, within(1.01 * step * largest));
            }
        }
    }

    /** Weights as the four bits say; ONNX Runtime brings what comes in to bytes, a scale for each 32. */
    @Test
    void fourBitWeightsAreMultipliedAsWhatTheyStandFor() throws Exception {
        float[] got = SmallModels.run(variant(product(w), Precision.INT4), x);
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < OUT; column++) {
                double sum = 0;
                double bound = 0;
                for (int from = 0; from < IN; from += 32) {
                    int to = Math.min(IN, from + 32);
                    double least = 0;
                    double most = 0;
                    double largest = 0;
                    for (int i = from; i < to; i++) {
                        least = Math.min(least, w.values()[i * OUT + column]);
                        most = Math.max(most, w.values()[i * OUT + column]);
                        largest = Math.max(largest, Math.abs(x.values()[row * IN + i]));
                    }
                    double scale = (most - least) / 15;
                    long zero = Math.round(-least / scale);
                    for (int i = from; i < to; i++) {
                        long code = Math.clamp(Math.round(w.values()[i * OUT + column] / scale) + zero, 0, 15);
                        sum += x.values()[row * IN + i] * scale * (code - zero);
                        bound += largest / 127 / 2 * scale * Math.abs(code - zero);
                    }
                }
                // Half a step of the bytes in each product, if all fall the same way.
                assertThat((double) got[row * OUT + column]).isCloseTo(sum, within(bound + 1e-4));
            }
        }
    }

    /** 11 significant bits each of input, weight and result. */
    @Test
    void halvesAreHalves() throws Exception {
        float[] got = SmallModels.run(variant(product(w), Precision.FP16), x);
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < OUT; column++) {
                double sum = 0;
                double size = 0;
                for (int i = 0; i < IN; i++) {
                    double term = (double) half(x.values()[row * IN + i]) * half(w.values()[i * OUT + column]);
                    sum += term;
                    size += Math.abs(term);
                }
                assertThat((double) got[row * OUT + column]).isCloseTo(sum, within(size / 1024));
            }
        }
    }

    private static float half(float value) {
        return Float.float16ToFloat(Float.floatToFloat16(value));
    }

    @Test
    void halvesNeverBecomeInfiniteNorZero() {
        assertThat(Float.float16ToFloat(Fp16.half(1e9f))).isEqualTo(65504);
        assertThat(Float.float16ToFloat(Fp16.half(-3.4e38f))).isEqualTo(-65504);
        assertThat(Float.float16ToFloat(Fp16.half(1e-12f))).isEqualTo(0x1p-24f);
        assertThat(Float.float16ToFloat(Fp16.half(0))).isZero();
        assertThat(Float.float16ToFloat(Fp16.half(0.1f))).isEqualTo(half(0.1f));
    }

    /** Gemm turned, scaled and biased, with a product after it that shares its input, and one that shares its weights. */
    @ParameterizedTest
    @EnumSource
    void whatIsAroundALayerStaysAsItWas(Precision precision) throws Exception {
        var gemm = model(
                11,
                List.of(weight("W", random(2, OUT, IN)), weight("b", random(4, OUT)), weight("V", random(5, IN, OUT))),
                node(
                        "Gemm",
                        List.of("x", "W", "b"),
                        "first",
                        attribute("transB", 1),
                        AttributeProto.newBuilder()
                                .setName("alpha")
                                .setType(AttributeProto.AttributeType.FLOAT)
                                .setF(0.5f)
                                .build()),
                node("MatMul", List.of("x", "V"), "second"),
                node("MatMul", List.of("x", "V"), "third"),
                node("Add", List.of("first", "second"), "sum"),
                node("Mul", List.of("sum", "third"), "y"));
        assertAlike(ofRank(gemm, 2), precision, x);
    }

    @ParameterizedTest
    @EnumSource
    void tablesAreLookedUp(Precision precision) throws Exception {
        var table = model(
                17,
                List.of(weight("T", random(6, 300, 64)), weight("W", random(7, 64, 8))),
                node("Cast", List.of("x"), "ids", attribute("to", TensorProto.DataType.INT64.getNumber())),
                node("Gather", List.of("T", "ids"), "rows"),
                node("MatMul", List.of("rows", "W"), "y"));
        assertAlike(ofRank(table, 2), precision, new Tensor(new long[] {2, 3}, new float[] {0, 299, 17, 4, 4, 130}));
    }

    /** Two convolutions, one grouped, with what a net of pictures has between them. */
    @ParameterizedTest
    @EnumSource(names = {"INT8_STATIC", "FP16"})
    void convolutionsAreComputedInBytes(Precision precision) throws Exception {
        for (int opset : new int[] {11, 17}) {
            NodeProto first = node("Conv", List.of("x", "K", "b"), "maps");
            NodeProto second = node("Conv", List.of("active", "L"), "deep", attribute("group", 4));
            var net = model(
                    opset,
                    List.of(
                            weight("K", random(8, 4, 3, 3, 3)),
                            weight("b", random(9, 4)),
                            weight("L", random(10, 4, 1, 3, 3))),
                    first,
                    node("Relu", List.of("maps"), "active"),
                    second,
                    node("GlobalAveragePool", List.of("deep"), "y"));
            assertAlike(ofRank(net, 4), precision, random(11, 2, 3, 12, 12));
        }
    }

    /** Variants differ from the model by noise: the cosine between both results stays near one, in 4 bits a little less near. */
    private void assertAlike(ModelProto model, Precision precision, Tensor like) throws Exception {
        Path out = variant(model, precision, like);
        float[] was = SmallModels.run(folder.resolve("model.onnx"), like);
        float[] is = SmallModels.run(out, like);
        assertThat(is).hasSameSizeAs(was);
        double product = 0;
        double left = 0;
        double right = 0;
        for (int i = 0; i < is.length; i++) {
            product += is[i] * was[i];
            left += is[i] * is[i];
            right += was[i] * was[i];
        }
        assertThat(product / Math.sqrt(left * right)).isGreaterThan(precision == Precision.INT4 ? 0.97 : 0.999);
        // The size too, which a cosine does not see.
        assertThat(Math.sqrt(left / right)).isCloseTo(1, within(precision == Precision.INT4 ? 0.1 : 0.02));
    }
}
