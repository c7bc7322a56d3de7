package io.baigong.tuning.quantisation;

import static io.baigong.tuning.quantisation.SmallModels.model;
import static io.baigong.tuning.quantisation.SmallModels.node;
import static io.baigong.tuning.quantisation.SmallModels.product;
import static io.baigong.tuning.quantisation.SmallModels.random;
import static io.baigong.tuning.quantisation.SmallModels.weight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.baigong.compute.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a model is said, and what was at the place of the result stays. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class HostileModelsTest {
    private static final Tensor WEIGHT = random(2, 64, 8);

    @TempDir
    Path folder;

    private void refused(byte[] model, String why) throws IOException {
        Path models = Files.createDirectories(folder.resolve("models"));
        Path from = Files.write(models.resolve("model.onnx"), model);
        Path out = Files.writeString(folder.resolve("out.onnx"), "as it was");
        assertThatThrownBy(() -> Quantisation.quantise(from, Precision.INT8, null, out, (_, _) -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why);
        assertThat(out).hasContent("as it was");
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(models, out);
        }
    }

    @Test
    void filesThatAreNoModels() throws IOException {
        refused(new byte[0], "is empty");
        refused("not a model, but a text\n".getBytes(StandardCharsets.UTF_8), "is not an ONNX model");
        refused(ModelProto.newBuilder().setIrVersion(8).build().toByteArray(), "it has no graph");
        byte[] whole = product(WEIGHT).toByteArray();
        refused(Arrays.copyOf(whole, whole.length / 2), "not all of one");
    }

    /** Any cut and any changed byte is refused or quantised, and never anything else. */
    @Test
    void brokenAnywhere() throws IOException {
        byte[] whole = product(random(2, 8, 4)).toByteArray();
        var random = new Random(5);
        Path from = folder.resolve("broken.onnx");
        for (int i = 0; i < 150; i++) {
            byte[] broken = i % 2 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            if (i % 2 == 1) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            Files.write(from, broken);
            try {
                Quantisation.quantise(from, Precision.INT4, null, folder.resolve("out.onnx"), (_, _) -> {});
            } catch (IOException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void declaredSizesThatAreNotThere() throws IOException {
        // A field of two thousand million bytes, of which there are three.
        refused(new byte[] {0x3a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07, 1, 2, 3}, "not all of one");
        refused(with(weight("W", WEIGHT).toBuilder().setDims(0, 1L << 40)), "and 2048 bytes");
        refused(with(weight("W", WEIGHT).toBuilder().setDims(0, 1L << 62)), "larger than can be counted");
        refused(with(weight("W", WEIGHT).toBuilder().setDims(0, -64)), "a negative dimension");
        refused(with(weight("W", WEIGHT).toBuilder().clearRawData().addFloatData(1)), "1 numbers");
        refused(with(weight("W", WEIGHT).toBuilder().setRawData(ByteString.copyFrom(new byte[7]))), "and 7 bytes");
    }

    private static byte[] with(TensorProto.Builder weight) {
        return model(17, List.of(weight.build()), node("MatMul", List.of("x", "W"), "y"))
                .toByteArray();
    }

    private static TensorProto.Builder external(String... entries) {
        var weight = weight("W", WEIGHT).toBuilder().clearRawData().setDataLocation(TensorProto.DataLocation.EXTERNAL);
        for (int i = 0; i < entries.length; i += 2) {
            weight.addExternalData(
                    StringStringEntryProto.newBuilder().setKey(entries[i]).setValue(entries[i + 1]));
        }
        return weight;
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "/etc/hostname", "inner/../../secret", "../models/../secret"})
    void weightsOutsideTheFolder(String location) throws IOException {
        refused(with(external("location", location)), "outside the model's folder");
    }

    @Test
    void weightsBehindALink() throws IOException {
        Path models = Files.createDirectories(folder.resolve("models"));
        Path secret = Files.createTempFile("secret", ".bin");
        Files.createSymbolicLink(models.resolve("link"), secret);
        refused(with(external("location", "link")), "outside the model's folder");
        Files.delete(secret);
    }

    @Test
    void weightsThatAreNotAsDeclared() throws IOException {
        Path models = Files.createDirectories(folder.resolve("models"));
        Files.write(models.resolve("w.bin"), new byte[4 * 64 * 8]);
        refused(with(external()), "nothing says where");
        refused(with(external("location", "gone.bin")), "is not there");
        refused(with(external("location", "w.bin", "offset", "4096")), "which has 2048");
        refused(with(external("location", "w.bin", "length", "9223372036854775807")), "which has 2048");
        refused(with(external("location", "w.bin", "offset", "-1")), "negative");
        refused(with(external("location", "w.bin", "offset", "many")), "no number");
        refused(with(external("location", "w.bin", "length", "8")), "and 8 bytes");
        refused(with(external("location", "w\0.bin")), "names no file");
    }

    @Test
    void weightsBesideTheModelAreTakenIn() throws Exception {
        byte[] numbers = weight("W", WEIGHT).getRawData().toByteArray();
        byte[] shifted = new byte[numbers.length + 16];
        System.arraycopy(numbers, 0, shifted, 16, numbers.length);
        Files.write(folder.resolve("w.bin"), shifted);
        Path beside = Files.write(
                folder.resolve("beside.onnx"), with(external("location", "w.bin", "offset", "16", "length", "2048")));
        Path within = Files.write(folder.resolve("within.onnx"), product(WEIGHT).toByteArray());
        Path out = folder.resolve("out.onnx");
        Path other = folder.resolve("other.onnx");
        Quantisation.quantise(beside, Precision.INT8, null, out, (_, _) -> {});
        Quantisation.quantise(within, Precision.INT8, null, other, (_, _) -> {});
        Tensor x = random(3, 2, 64);
        assertThat(SmallModels.run(out, x)).containsExactly(SmallModels.run(other, x));
    }

    @Test
    void modelsThatCannotBeQuantised() throws IOException {
        Tensor odd = new Tensor(new long[] {2, 1}, new float[] {1, Float.NaN});
        refused(product(odd).toByteArray(), "hold NaN");
        refused(model(10, List.of(), node("Relu", List.of("x"), "y")).toByteArray(), "operator set 10");
        refused(model(17, List.of(), node("Relu", List.of("x"), "y")).toByteArray(), "nothing that int8 changes");
        refused(
                model(17, List.of(), node("NoSuchOperator", List.of("x"), "y")).toByteArray(),
                "ONNX Runtime can't open");
    }

    @Test
    void calibrationDataThatDoesNotFit() throws IOException {
        Path from = Files.write(folder.resolve("m.onnx"), product(WEIGHT).toByteArray());
        Path out = folder.resolve("out.onnx");
        for (var each : Map.of(
                        "has no tensor 'x'", Map.of("y", random(1, 2, 64)),
                        "can't run on the calibration data", Map.of("x", random(1, 2, 63)),
                        "computes NaN", Map.of("x", new Tensor(new long[] {1, 64}, nans())))
                .entrySet()) {
            var calibration = new Calibration(List.of(each::getValue), 100);
            assertThatThrownBy(() -> Quantisation.quantise(from, Precision.INT8_STATIC, calibration, out, (_, _) -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(each.getKey());
        }
        assertThat(out).doesNotExist();
        assertThatThrownBy(() -> Calibration.of(Files.createDirectory(folder.resolve("none")), 100))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no .safetensors");
    }

    private static float[] nans() {
        float[] values = new float[64];
        Arrays.fill(values, Float.NaN);
        return values;
    }
}
