package io.baigong.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SafetensorsTest {
    @Test
    void readsWhatItWrote() throws IOException {
        var tensors = new LinkedHashMap<String, Tensor>();
        tensors.put("a", new Tensor(new long[] {2, 3}, new float[] {0, 1, -2.5f, 1e-5f, 65504, -0.1f}));
        tensors.put("b", new Tensor(new long[] {1}, new float[] {3}));
        var read = Safetensors.read(new ByteArrayInputStream(written(tensors)));
        assertThat(read.keySet()).containsExactly("a", "b");
        assertThat(read.get("a").shape()).containsExactly(2, 3);
        for (int i = 0; i < 6; i++) {
            float value = tensors.get("a").values()[i];
            // half precision has 11 significant bits, and steps of 2^-24 near zero
            assertThat(read.get("a").values()[i]).isCloseTo(value, within(Math.abs(value) / 2048 + 6e-8f));
        }
    }

    /** What was served in 8 bits before it was stored so is served in the same 8 bits after. */
    @Test
    void whatIsKeptInBytesIsReadAsTheSameBytes() throws IOException {
        var random = new Random(7);
        float[] values = new float[40 * 30];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 30 == 3 ? 0 : (float) random.nextGaussian() * (1 + i % 30);
        }
        var weight = new Tensor(new long[] {40, 30}, values);
        var out = new ByteArrayOutputStream();
        Safetensors.write(
                Map.of("a.weight", weight, "bias", new Tensor(new long[] {1}, new float[] {3})),
                (name, _) -> name.equals("a.weight"),
                out);
        var read = Safetensors.read(new ByteArrayInputStream(out.toByteArray()));
        assertThat(read.keySet()).containsExactlyInAnyOrder("a.weight", "bias");
        float[] scales = new float[30];
        byte[] bytes = Int8.quantize(weight, scales);
        float[] again = new float[30];
        assertThat(Int8.quantize(Objects.requireNonNull(read.get("a.weight")), again))
                .isEqualTo(bytes);
        // a product and a quotient, each rounded to 24 bits
        assertThat(again).containsExactly(scales, Offset.offset(Math.scalb(5f, -23)));
    }

    @Test
    void refusesWhatIsCutOffAnywhere() throws IOException {
        byte[] file = written(Map.of("a", new Tensor(new long[] {2, 2}, new float[] {1, 2, 3, 4})));
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> Safetensors.read(new ByteArrayInputStream(cut)))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void refusesHostileHeaders() {
        for (String header : new String[] {
            "[]",
            "{\"a\":1}",
            "{\"a\":{\"dtype\":\"F16\",\"shape\":[-1],\"data_offsets\":[0,2]}}",
            "{\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[-2,2]}}",
            "{\"a\":{\"dtype\":\"F16\",\"shape\":[100000000,100000000,100000000],\"data_offsets\":[0,2]}}",
            "{\"a\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,99999999999]}}",
            "{\"a\":{\"dtype\":\"I8\",\"shape\":[2,2],\"data_offsets\":[0,4]}}",
            "{\"a\":{\"dtype\":\"I8\",\"shape\":[2],\"data_offsets\":[0,2]},\"a.scale\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
            "{\"a\":{\"dtype\":\"I8\",\"shape\":[1,2],\"data_offsets\":[0,2]},\"a.scale\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
            "{\"a\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}",
        }) {
            assertThatThrownBy(() -> Safetensors.read(new ByteArrayInputStream(file(header))))
                    .as(header)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void refusesAnAbsurdHeaderLengthWithoutReadingIt() {
        byte[] file = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(Long.MAX_VALUE)
                .array();
        assertThatThrownBy(() -> Safetensors.read(new ByteArrayInputStream(file)))
                .hasMessageContaining("header has 2 to");
    }

    private static byte[] written(Map<String, Tensor> tensors) throws IOException {
        var out = new ByteArrayOutputStream();
        Safetensors.write(tensors, out);
        return out.toByteArray();
    }

    private static byte[] file(String header) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + 8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }
}
