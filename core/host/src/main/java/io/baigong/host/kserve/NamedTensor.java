package io.baigong.host.kserve;

import io.baigong.gateway.proxy.ApiException;
import java.util.Arrays;
import java.util.List;

/**
 * An input or an output of a model, row-major.
 *
 * @param shape extent of each axis
 * @param data as many as the shape says
 */
@SuppressWarnings("ArrayRecordComponent")
record NamedTensor(String name, long[] shape, Data data) {
    /** Elements of a tensor. */
    sealed interface Data {
        /** As the protocol calls their type. */
        String type();

        int size();
    }

    /** FP32. */
    @SuppressWarnings("ArrayRecordComponent")
    record Floats(float[] values) implements Data {
        @Override
        public String type() {
            return "FP32";
        }

        @Override
        public int size() {
            return values.length;
        }
    }

    /** BYTES: texts. */
    record Texts(List<String> values) implements Data {
        @Override
        public String type() {
            return "BYTES";
        }

        @Override
        public int size() {
            return values.size();
        }
    }

    /** A tensor that somebody sent. Throws {@link ApiException} that names both shapes when its elements are not as many as it says. */
    static NamedTensor of(String name, long[] shape, Data data) throws ApiException {
        long size = size(name, shape);
        if (size != data.size()) {
            throw ApiException.invalid(
                    "input %s has shape %s, which holds %d elements, but what was sent has shape [%d]."
                            .formatted(name, Arrays.toString(shape), size, data.size()),
                    name);
        }
        return new NamedTensor(name, shape, data);
    }

    /** How many elements a shape has. */
    static long size(String name, long[] shape) throws ApiException {
        try {
            long size = 1;
            for (long extent : shape) {
                if (extent < 0) {
                    throw new ArithmeticException();
                }
                size = Math.multiplyExact(size, extent);
            }
            return size;
        } catch (ArithmeticException e) {
            throw ApiException.invalid("input " + name + " can't have shape " + Arrays.toString(shape) + ".", name);
        }
    }
}
