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

/**
 * The safetensors file format: a length, a JSON header, then the numbers, little-endian.
 *
 * <p>Writes F16, reads F16 and F32. Source: github.com/huggingface/safetensors, README, "Format".
 */
public final class Safetensors {
    private static final int MAX_HEADER = 1 << 20;
    private static final int MAX_DATA = 256 << 20;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Safetensors() {}

    /** Writes the tensors as 16-bit floats, in their map's order. */
    public static void write(Map<String, Tensor> tensors, OutputStream out) throws IOException {
        ObjectNode header = MAPPER.createObjectNode();
        long offset = 0;
        for (var entry : tensors.entrySet()) {
            ObjectNode node = header.putObject(entry.getKey()).put("dtype", "F16");
            var shape = node.putArray("shape");
            for (long dimension : entry.getValue().shape()) {
                shape.add(dimension);
            }
            long end = offset + 2L * entry.getValue().values().length;
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
        for (Tensor tensor : tensors.values()) {
            var bytes = ByteBuffer.allocate(2 * tensor.values().length).order(ByteOrder.LITTLE_ENDIAN);
            for (float value : tensor.values()) {
                bytes.putShort(Float.floatToFloat16(value));
            }
            out.write(bytes.array());
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
        return tensors;
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
            case "F16" -> 2;
            case "F32" -> 4;
            default -> throw new IOException("tensor " + name + " is of type '" + type + "', not F16 or F32");
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
            values[i] = width == 2 ? Float.float16ToFloat(bytes.getShort()) : bytes.getFloat();
        }
        return new Tensor(shape, values);
    }
}
