package io.baigong.registry.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What goes into a model and what comes out, as its files say.
 *
 * @param inputs in the model's own order
 * @param outputs in the model's own order
 */
public record Signature(List<Port> inputs, List<Port> outputs) {
    public Signature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * A tensor, or text.
     *
     * @param type of its elements, as ONNX names them in lower case, such as {@code float} or {@code int64}
     * @param shape sizes of its axes; a name, such as {@code rows}, stands for any size, and {@code ?} for one that the file does not say
     * @param columns what the last axis holds, such as names of features or classes; empty when the files do not say
     */
    public record Port(
            String name,
            String type,
            List<String> shape,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> columns) {
        public Port {
            shape = List.copyOf(shape);
            columns = columns == null ? List.of() : List.copyOf(columns);
        }

        /** One whose columns have no names. */
        public static Port of(String name, String type, List<String> shape) {
            return new Port(name, type, shape, List.of());
        }
    }
}
