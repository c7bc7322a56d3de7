package io.baigong.manufacturing.maintenance.edge;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Universal Binary JSON (specification draft 12, ubjson.org), as far as XGBoost writes it: objects as {@link Map}, arrays as
 * {@link List}, typed arrays of numbers as {@code double[]}, numbers as {@link Double}, strings.
 */
final class Ubjson {
    private static final int DEEPEST = 64;

    private final ByteBuffer bytes;

    private Ubjson(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /** Reads an object. Throws {@link IOException} for anything else. */
    static Map<?, ?> object(byte[] bytes) throws IOException {
        try {
            var reader = new Ubjson(bytes);
            if (reader.value(reader.marker(), 0) instanceof Map<?, ?> map) {
                return map;
            }
            throw new IOException("the file does not begin with an object");
        } catch (BufferUnderflowException e) {
            throw new IOException("the file ends early", e);
        }
    }

    private char marker() {
        return (char) (bytes.get() & 0xff);
    }

    private Object value(char marker, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("the file is nested deeper than " + DEEPEST);
        }
        return switch (marker) {
            case '{' -> map(depth);
            case '[' -> array(depth);
            case 'S' -> string();
            case 'T' -> 1.0;
            case 'F', 'Z' -> 0.0;
            default -> number(marker);
        };
    }

    private double number(char marker) throws IOException {
        return switch (marker) {
            case 'i' -> bytes.get();
            case 'U' -> bytes.get() & 0xff;
            case 'I' -> bytes.getShort();
            case 'l' -> bytes.getInt();
            case 'L' -> bytes.getLong();
            case 'd' -> bytes.getFloat();
            case 'D' -> bytes.getDouble();
            default -> throw new IOException("there is no type '" + marker + "'");
        };
    }

    private static int size(char marker) {
        return switch (marker) {
            case 'i', 'U' -> 1;
            case 'I' -> 2;
            case 'l', 'd' -> 4;
            default -> 8;
        };
    }

    /** A count of things that take at least so many bytes each, and so can't be more than fit into what is left. */
    private int count(int each) throws IOException {
        double count = number(marker());
        if (!(count >= 0 && count * each <= bytes.remaining())) {
            throw new IOException("the file says that it holds more than it does");
        }
        return (int) count;
    }

    private String string() throws IOException {
        byte[] text = new byte[count(1)];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private Map<String, Object> map(int depth) throws IOException {
        var map = new LinkedHashMap<String, Object>();
        for (char marker = marker(); marker != '}'; marker = marker()) {
            bytes.position(bytes.position() - 1);
            String key = string();
            map.put(key, value(marker(), depth + 1));
        }
        return map;
    }

    private Object array(int depth) throws IOException {
        char first = marker();
        if (first == '$') {
            char type = marker();
            if (marker() != '#') {
                throw new IOException("a typed array has no count");
            }
            double[] numbers = new double[count(size(type))];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = number(type);
            }
            return numbers;
        }
        List<Object> list = new ArrayList<>();
        if (first == '#') {
            int count = count(1);
            for (int i = 0; i < count; i++) {
                list.add(value(marker(), depth + 1));
            }
            return list;
        }
        for (char marker = first; marker != ']'; marker = marker()) {
            list.add(value(marker, depth + 1));
        }
        return list;
    }
}
