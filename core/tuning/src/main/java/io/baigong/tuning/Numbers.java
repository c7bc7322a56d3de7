package io.baigong.tuning;

import ai.djl.ndarray.NDArray;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Numbers of a checkpoint: how many, then each, big-endian. */
final class Numbers {
    private static final int CHUNK = 1 << 14;

    private Numbers() {}

    static void write(float[] values, DataOutputStream out) throws IOException {
        out.writeInt(values.length);
        var bytes = ByteBuffer.allocate(CHUNK * Float.BYTES);
        for (int from = 0; from < values.length; from += CHUNK) {
            int count = Math.min(CHUNK, values.length - from);
            bytes.asFloatBuffer().put(values, from, count);
            out.write(bytes.array(), 0, count * Float.BYTES);
        }
    }

    /** Reads as many as the array holds. */
    static void read(float[] values, DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length != values.length) {
            throw new IOException(
                    "a checkpoint has %d numbers where the training has %d".formatted(length, values.length));
        }
        byte[] bytes = new byte[CHUNK * Float.BYTES];
        for (int from = 0; from < values.length; from += CHUNK) {
            int count = Math.min(CHUNK, values.length - from);
            in.readFully(bytes, 0, count * Float.BYTES);
            ByteBuffer.wrap(bytes).asFloatBuffer().get(values, from, count);
        }
    }

    static void write(Map<String, NDArray> arrays, DataOutputStream out) throws IOException {
        for (NDArray array : arrays.values()) {
            write(array.toFloatArray(), out);
        }
    }

    /** Reads into arrays of the same order. */
    static void read(Map<String, NDArray> arrays, DataInputStream in) throws IOException {
        for (NDArray array : arrays.values()) {
            float[] values = new float[(int) array.size()];
            read(values, in);
            set(array, values);
        }
    }

    /** Copies of what the arrays hold. */
    static Map<String, float[]> copy(Map<String, NDArray> arrays) {
        var copies = new LinkedHashMap<String, float[]>();
        arrays.forEach((name, array) -> copies.put(name, array.toFloatArray()));
        return copies;
    }

    /** Puts numbers into an array, which goes on to learn if it did. */
    static void set(NDArray array, float[] values) {
        boolean learns = array.hasGradient();
        array.setRequiresGradient(false);
        try (NDArray source = array.getManager().create(values, array.getShape())) {
            source.copyTo(array);
        }
        array.setRequiresGradient(learns);
    }
}
