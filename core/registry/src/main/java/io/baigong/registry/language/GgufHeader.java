package io.baigong.registry.language;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What a GGUF file says of itself before its weights: version 2 or 3, little-endian.
 *
 * <p>Source: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md.
 *
 * @param texts metadata that is text, such as {@code general.architecture}
 * @param numbers metadata that is a whole number, such as {@code llama.context_length}
 * @param parameters numbers in all tensors
 * @param precision the type in which most of them are, such as {@code Q4_K}
 */
record GgufHeader(Map<String, String> texts, Map<String, Long> numbers, long parameters, String precision) {
    private static final int MAGIC = 0x46554747; // "GGUF", little-endian
    private static final long MOST_ENTRIES = 1 << 16;
    private static final long MOST_BYTES = 1 << 28;
    private static final int LONGEST_TEXT = 1 << 16;
    private static final int MOST_AXES = 8;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    /** Bytes of a scalar, by the number of its type; 0 for what has no fixed size. */
    private static final int[] SCALAR_BYTES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

    /** Of a tensor, by the number of its type: numbers in a block, and bytes of it. */
    private enum Type {
        F32(0, 1, 4),
        F16(1, 1, 2),
        Q4_0(2, 32, 18),
        Q4_1(3, 32, 20),
        Q5_0(6, 32, 22),
        Q5_1(7, 32, 24),
        Q8_0(8, 32, 34),
        Q8_1(9, 32, 36),
        Q2_K(10, 256, 84),
        Q3_K(11, 256, 110),
        Q4_K(12, 256, 144),
        Q5_K(13, 256, 176),
        Q6_K(14, 256, 210),
        Q8_K(15, 256, 292),
        IQ2_XXS(16, 256, 66),
        IQ2_XS(17, 256, 74),
        IQ3_XXS(18, 256, 98),
        IQ1_S(19, 256, 50),
        IQ4_NL(20, 32, 18),
        IQ3_S(21, 256, 110),
        IQ2_S(22, 256, 82),
        IQ4_XS(23, 256, 136),
        I8(24, 1, 1),
        I16(25, 1, 2),
        I32(26, 1, 4),
        I64(27, 1, 8),
        F64(28, 1, 8),
        IQ1_M(29, 256, 56),
        BF16(30, 1, 2),
        TQ1_0(34, 256, 54),
        TQ2_0(35, 256, 66),
        MXFP4(39, 32, 17);

        private final int number;
        private final int block;
        private final int bytes;

        Type(int number, int block, int bytes) {
            this.number = number;
            this.block = block;
            this.bytes = bytes;
        }
    }

    /**
     * Reads the header; the stream stays open.
     *
     * @param length of the file
     * @throws IOException that says where the file is none, or that it is cut off
     */
    static GgufHeader read(InputStream stream, long length) throws IOException {
        var in = new Bounded(stream);
        try {
            return read(in, length);
        } catch (EOFException e) {
            throw new IOException("the GGUF file is cut off in its header", e);
        } catch (ArithmeticException e) {
            throw new IOException("the GGUF file has a tensor of more numbers than can be counted", e);
        }
    }

    private static GgufHeader read(Bounded in, long length) throws IOException {
        if (in.int32() != MAGIC) {
            throw new IOException("this is no GGUF file");
        }
        int version = in.int32();
        if (version != 2 && version != 3) {
            throw new IOException("GGUF files of version 2 and 3, little-endian, are read, not of version " + version);
        }
        long tensors = in.count("tensors");
        long entries = in.count("entries");
        var texts = new HashMap<String, String>();
        var numbers = new HashMap<String, Long>();
        for (long i = 0; i < entries; i++) {
            String key = in.text();
            int type = in.int32();
            if (type == STRING) {
                texts.put(key, in.text());
            } else if (isWhole(type)) {
                numbers.put(key, in.whole(type));
            } else {
                skip(in, type, 0);
            }
        }
        long parameters = 0;
        long end = 0;
        var of = new HashMap<String, Long>();
        for (long i = 0; i < tensors; i++) {
            in.text();
            int axes = in.int32();
            if (axes < 0 || axes > MOST_AXES) {
                throw new IOException("the GGUF file has a tensor with " + axes + " axes");
            }
            long size = 1;
            for (int axis = 0; axis < axes; axis++) {
                size = Math.multiplyExact(size, in.natural());
            }
            int number = in.int32();
            long offset = in.natural();
            parameters = Math.addExact(parameters, size);
            String name = "type " + number; // newer than this list; of its length nothing is known
            for (Type type : Type.values()) {
                if (type.number == number) {
                    name = type.name();
                    end = Math.max(
                            end, Math.addExact(offset, Math.multiplyExact(Math.ceilDiv(size, type.block), type.bytes)));
                }
            }
            of.merge(name, size, Math::addExact);
        }
        if (Math.addExact(in.read, end) > length) {
            throw new IOException("the GGUF file is cut off: it has %d bytes, and its tensors end at %d or later"
                    .formatted(length, in.read + end));
        }
        String precision = of.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("");
        return new GgufHeader(Map.copyOf(texts), Map.copyOf(numbers), parameters, precision);
    }

    private static boolean isWhole(int type) {
        return type >= 0
                && type < SCALAR_BYTES.length
                && SCALAR_BYTES[type] > 0
                && type != 6
                && type != 7
                && type != 12;
    }

    private static void skip(Bounded in, int type, int depth) throws IOException {
        if (type == STRING) {
            in.skip(in.natural());
        } else if (type == ARRAY && depth == 0) {
            int of = in.int32();
            long size = in.natural();
            if (of == STRING) {
                for (long i = 0; i < size; i++) {
                    skip(in, of, 1);
                }
            } else {
                in.skip(Math.multiplyExact(size, scalar(of)));
            }
        } else {
            in.skip(scalar(type));
        }
    }

    private static int scalar(int type) throws IOException {
        if (type < 0 || type >= SCALAR_BYTES.length || SCALAR_BYTES[type] == 0) {
            throw new IOException("the GGUF file has an entry of type " + type);
        }
        return SCALAR_BYTES[type];
    }

    /** A stream of which no more than a header may have is read. */
    private static final class Bounded {
        private final DataInputStream in;
        private long read;

        Bounded(InputStream in) {
            this.in = new DataInputStream(in);
        }

        private void count(long bytes) throws IOException {
            if (bytes < 0 || bytes > MOST_BYTES - read) {
                throw new IOException("the GGUF file has a header of more than " + MOST_BYTES + " bytes");
            }
            read += bytes;
        }

        int int32() throws IOException {
            count(Integer.BYTES);
            return Integer.reverseBytes(in.readInt());
        }

        long natural() throws IOException {
            count(Long.BYTES);
            long number = Long.reverseBytes(in.readLong());
            if (number < 0) {
                throw new IOException("the GGUF file has a length that is none");
            }
            return number;
        }

        long count(String what) throws IOException {
            long number = natural();
            if (number > MOST_ENTRIES) {
                throw new IOException("the GGUF file has more than " + MOST_ENTRIES + " " + what);
            }
            return number;
        }

        String text() throws IOException {
            long length = natural();
            if (length > LONGEST_TEXT) {
                skip(length);
                return "";
            }
            count(length);
            byte[] bytes = new byte[(int) length];
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }

        long whole(int type) throws IOException {
            int bytes = SCALAR_BYTES[type];
            count(bytes);
            long value = 0;
            for (int i = 0; i < bytes; i++) {
                value |= (long) in.readUnsignedByte() << (8 * i);
            }
            return value;
        }

        void skip(long bytes) throws IOException {
            count(bytes);
            in.skipNBytes(bytes);
        }
    }
}
