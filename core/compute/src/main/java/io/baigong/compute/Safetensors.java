package io.baigong.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The safetensors file format: a length, a JSON header, then the numbers, little-endian.
 *
 * <p>Writes F16, reads F16 and F32. A tensor {@code [rows, columns]} in 8 bits (I8) has its scales beside it, an F32 tensor
 * {@code [columns]} of the same name with {@value #SCALE} after it; both are read as one tensor of their products. Source:
 * github.com/huggingface/safetensors, README, "Format".
 */
public final class Safetensors {
    private static final int MAX_HEADER = 1 << 20;
    private static final int MAX_DATA = 256 << 20;
    private static final String SCALE = ".scale";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Safetensors() {}

    /** A tensor as it is stored. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Stored(String type, long[] shape, byte[] bytes) {
        static Stored halves(Tensor tensor) {
            var bytes = ByteBuffer.allocate(2 * tensor.values().length).order(ByteOrder.LITTLE_ENDIAN);
            for (float value : tensor.values()) {
                bytes.putShort(Float.floatToFloat16(value));
            }
            return new Stored("F16", tensor.shape(), bytes.array());
        }

        static Stored floats(float[] values) {
            var bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            return new Stored("F32", new long[] {values.length}, bytes.array());
        }
    }

    /** Writes the tensors as 16-bit floats, in their map's order. */
    public static void write(Map<String, Tensor> tensors, OutputStream out) throws IOException {
        write(tensors, (_, _) -> false, out);
    }

    /**
     * Writes the tensors, in their map's order.
     *
     * @param inBytes which of them, of shape {@code [rows, columns]}, are kept in 8 bits; the others are 16-bit floats
     */
    static void write(Map<String, Tensor> tensors, BiPredicate<String, Tensor> inBytes, OutputStream out)
            throws IOException {
        var stored = new LinkedHashMap<String, Stored>();
        tensors.forEach((name, tensor) -> {
            if (inBytes.test(name, tensor)) {
                float[] scales = new float[(int) tensor.shape()[1]];
                stored.put(name, new Stored("I8", tensor.shape(), Int8.quantize(tensor, scales)));
                stored.put(name + SCALE, Stored.floats(scales));
            } else {
                stored.put(name, Stored.halves(tensor));
            }
        });
        ObjectNode header = MAPPER.createObjectNode();
        long offset = 0;
        for (var entry : stored.entrySet()) {
            ObjectNode node = header.putObject(entry.getKey())
                    .put("dtype", entry.getValue().type());
            var shape = node.putArray("shape");
            for (long dimension : entry.getValue().shape()) {
                shape.add(dimension);
            }
            long end = offset + entry.getValue().bytes().length;
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = MAPPER.writeValueAsBytes(header);
        byte[] padded = java.util.Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        java.util.Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        out.write(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded.length)
                .array());
        out.write(padded);
        for (Stored tensor : stored.values()) {
            out.write(tensor.bytes());
        }
    }

    /** Reads all tensors. Throws {@link IOException} that says what is wrong with the file. */
    public static Map<String, Tensor> read(InputStream in) throws IOException {
        byte[] length = in.readNBytes(8);
        if (length.length < 8) {
            throw new EOFException("a safetensors file is cut off in its first 8 bytes");
        }
        long headerLength =
                ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (headerLength < 2 || headerLength > MAX_HEADER) {
            throw new IOException("a safetensors header has 2 to " + MAX_HEADER + " bytes, not " + headerLength);
        }
        byte[] header = in.readNBytes((int) headerLength);
        byte[] data = in.readNBytes(MAX_DATA + 1);
        if (header.length < headerLength) {
            throw new EOFException("a safetensors file is cut off in its header");
        }
        if (data.length > MAX_DATA) {
            throw new IOException("a safetensors file holds more than " + MAX_DATA + " bytes of numbers");
        }
        var tensors = new LinkedHashMap<String, Tensor>();
        JsonNode root = MAPPER.readTree(new String(header, StandardCharsets.UTF_8));
        if (root == null || !root.isObject()) {
            throw new IOException("a safetensors header is a JSON object");
        }
        for (var entry : root.properties()) {
            if (!entry.getKey().equals("__metadata__")) {
                tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue(), data));
            }
        }
        for (var entry : root.properties()) {
            if (entry.getValue().path("dtype").asText().equals("I8")) {
                String name = entry.getKey();
                tensors.put(name, scaled(name, tensors.get(name), tensors.remove(name + SCALE)));
            }
        }
        return tensors;
    }

    private static Tensor scaled(String name, @Nullable Tensor bytes, @Nullable Tensor scales) throws IOException {
        if (bytes == null
                || scales == null
                || bytes.shape().length != 2
                || bytes.shape()[1] != scales.values().length) {
            throw new IOException("tensor " + name + " is in 8 bits and needs a scale for each of its columns");
        }
        float[] values = bytes.values();
        for (int i = 0; i < values.length; i++) {
            values[i] *= scales.values()[i % scales.values().length];
        }
        return bytes;
    }

    private static Tensor tensor(String name, JsonNode node, byte[] data) throws IOException {
        JsonNode dimensions = node.path("shape");
        long[] shape = new long[dimensions.size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = dimensions.get(i).asLong(-1);
            if (shape[i] < 0 || shape[i] > MAX_DATA) {
                throw new IOException("tensor " + name + " has an impossible shape " + dimensions);
            }
        }
        String type = node.path("dtype").asText();
        int width = switch (type) {
            case "I8" -> 1;
            case "F16" -> 2;
            case "F32" -> 4;
            default -> throw new IOException("tensor " + name + " is of type '" + type + "', not I8, F16 or F32");
        };
        long start = node.path("data_offsets").path(0).asLong(-1);
        long end = node.path("data_offsets").path(1).asLong(-1);
        long size;
        try {
            size = Tensor.size(shape);
        } catch (ArithmeticException e) {
            throw new IOException("tensor " + name + " has an impossible shape " + dimensions, e);
        }
        if (start < 0 || end > data.length || end - start != size * width) {
            throw new IOException("tensor %s of shape %s says it lies at [%d, %d) of %d bytes"
                    .formatted(name, dimensions, start, end, data.length));
        }
        var bytes = ByteBuffer.wrap(data, (int) start, (int) (end - start)).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[(int) size];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (width) {
                case 1 -> bytes.get();
                case 2 -> Float.float16ToFloat(bytes.getShort());
                default -> bytes.getFloat();
            };
        }
        return new Tensor(shape, values);
    }
}
