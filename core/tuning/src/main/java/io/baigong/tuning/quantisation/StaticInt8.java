package io.baigong.tuning.quantisation;

import static io.baigong.tuning.quantisation.OnnxEdit.attribute;
import static io.baigong.tuning.quantisation.OnnxEdit.is;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.baigong.compute.Int8;
import io.baigong.compute.Tensor;
import io.baigong.spi.Progress;
import io.baigong.tuning.quantisation.DenseLayers.Product;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Dense layers and convolutions between pairs of {@code QuantizeLinear} and {@code DequantizeLinear} with ranges learned beforehand;
 * ONNX Runtime fuses each with its pairs into an operator on bytes when it opens the model. Results of convolutions become bytes,
 * after the activation that follows; results of dense layers stay floats.
 */
final class StaticInt8 {
    /** The first version of ONNX's operators whose pairs take a scale per column; before it ONNX Runtime's own do. */
    private static final int SCALES_PER_COLUMN = 13;

    private static final Set<String> ACTIVATIONS = Set.of("Relu", "Clip");

    private final OnnxEdit edit;
    private final String domain;
    private final ByteTables tables;

    /** Values whose readers all read bytes: results of convolutions. */
    private final Set<String> wholly = new LinkedHashSet<>();

    /** Values that products and convolutions read as bytes. */
    private final Set<String> read = new LinkedHashSet<>();

    private Map<String, Range> ranges = Map.of();

    /** What stands for a value after its pair. */
    private final Map<String, String> paired = new HashMap<>();

    private final Map<String, String> weights = new HashMap<>();

    private StaticInt8(OnnxEdit edit) {
        this.edit = edit;
        this.domain = edit.opset() >= SCALES_PER_COLUMN ? "" : OnnxEdit.MICROSOFT;
        this.tables = new ByteTables(edit);
    }

    static void apply(OnnxEdit edit, Calibration calibration, Progress progress) throws IOException {
        var quantiser = new StaticInt8(edit);
        quantiser.choose();
        var watched = new LinkedHashSet<>(quantiser.read);
        watched.addAll(quantiser.wholly);
        quantiser.ranges = Ranges.of(edit.build(), List.copyOf(watched), calibration, progress);
        edit.rewrite(quantiser::node);
    }

    private void choose() {
        Map<String, Integer> uses = edit.uses();
        Map<String, NodeProto> readers = new HashMap<>();
        edit.nodes().forEach(node -> node.getInputList().forEach(input -> readers.put(input, node)));
        Set<String> outputs = new LinkedHashSet<>();
        edit.graph().getOutputList().forEach(output -> outputs.add(output.getName()));
        for (NodeProto node : edit.nodes()) {
            if (kernel(node) != null) {
                read.add(node.getInput(0));
                String result = node.getOutput(0);
                NodeProto reader = readers.get(result);
                if (reader != null && uses.getOrDefault(result, 0) == 1 && ACTIVATIONS.contains(reader.getOpType())) {
                    result = reader.getOutput(0);
                }
                if (!outputs.contains(result)) {
                    wholly.add(result);
                }
            } else if (DenseLayers.product(edit, node) != null) {
                read.add(node.getInput(0));
            }
        }
    }

    /** Weights {@code [out, in, …]} of a convolution, or null when they are not constant or the node is none. */
    private @Nullable Tensor kernel(NodeProto node) {
        if (!is(node, "Conv")) {
            return null;
        }
        boolean biased = node.getInputCount() > 2 && !node.getInput(2).isEmpty();
        return biased && edit.floats(node.getInput(2)) == null ? null : edit.floats(node.getInput(1));
    }

    private List<NodeProto> node(NodeProto node) {
        var nodes = new ArrayList<NodeProto>();
        Tensor table = DenseLayers.table(edit, node);
        Tensor kernel = kernel(node);
        Product product = kernel == null ? DenseLayers.product(edit, node) : null;
        if (table != null) {
            nodes.addAll(tables.lookUp(node, table));
        } else if (kernel != null) {
            edit.count(node.getOpType());
            convolution(node, kernel, nodes);
        } else if (product != null) {
            edit.count(node.getOpType());
            String input = pair(product.input(), nodes);
            String weight = weight(product.key(), product.weight(), 1, nodes);
            nodes.add(OnnxEdit.node("", "MatMul", List.of(input, weight), product.product()));
            nodes = new ArrayList<>(product.with(nodes));
        } else {
            var copy = node.toBuilder();
            for (int i = 0; i < node.getInputCount(); i++) {
                if (wholly.contains(node.getInput(i))) {
                    copy.setInput(i, pair(node.getInput(i), nodes));
                }
            }
            nodes.add(copy.build());
        }
        for (String output : node.getOutputList()) {
            if (wholly.contains(output)) {
                pair(output, nodes);
            }
        }
        return nodes;
    }

    private void convolution(NodeProto node, Tensor kernel, List<NodeProto> nodes) {
        int outputs = (int) kernel.shape()[0];
        String input = pair(node.getInput(0), nodes);
        var inputs = new ArrayList<>(List.of(input, weight(node.getInput(1), kernel, 0, nodes)));
        Tensor bias = node.getInputCount() > 2 ? edit.floats(node.getInput(2)) : null;
        if (bias != null) {
            // A bias is added to the sums as they are: 32-bit integers of the scale of the input times that of the
            // weights.
            float[] scales = new float[outputs];
            Int8.quantizeRows(kernel, scales);
            float scale = range(node.getInput(0)).scale();
            var integers = ByteBuffer.allocate(Integer.BYTES * outputs).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < outputs; i++) {
                scales[i] = (scales[i] == 0 ? 1 : scales[i]) * scale;
                integers.putInt(Math.round(bias.values()[i] / scales[i]));
            }
            inputs.add(dequantised(
                    node.getInput(2), TensorProto.DataType.INT32, integers.array(), scales, 0, bias.shape(), nodes));
        }
        nodes.add(node.toBuilder().clearInput().addAllInput(inputs).build());
    }

    private Range range(String value) {
        return ranges.getOrDefault(value, new Range(0, 0));
    }

    /** The value as it is after its pair, which is added when it is not there yet. */
    private String pair(String value, List<NodeProto> nodes) {
        return paired.computeIfAbsent(value, _ -> {
            Range range = range(value);
            String scale = edit.constant(value + "_scale", new float[] {range.scale()});
            String zero = edit.constant(
                    value + "_zero_point", TensorProto.DataType.UINT8, new byte[] {(byte) range.zeroPoint()});
            String bytes = edit.fresh(value + "_uint8");
            String floats = edit.fresh(value + "_dequantised");
            nodes.add(OnnxEdit.node(domain, "QuantizeLinear", List.of(value, scale, zero), bytes));
            nodes.add(OnnxEdit.node(domain, "DequantizeLinear", List.of(bytes, scale, zero), floats));
            return floats;
        });
    }

    private String weight(String name, Tensor weight, int axis, List<NodeProto> nodes) {
        return weights.computeIfAbsent(name, _ -> {
            float[] scales = new float[(int) weight.shape()[axis]];
            byte[] bytes = axis == 0 ? Int8.quantizeRows(weight, scales) : Int8.quantize(weight, scales);
            for (int i = 0; i < scales.length; i++) {
                scales[i] = scales[i] == 0 ? 1 : scales[i];
            }
            return dequantised(name, TensorProto.DataType.INT8, bytes, scales, axis, weight.shape(), nodes);
        });
    }

    private String dequantised(
            String name,
            TensorProto.DataType type,
            byte[] bytes,
            float[] scales,
            int axis,
            long[] shape,
            List<NodeProto> nodes) {
        String kept = edit.constant(name + "_" + type.name().toLowerCase(java.util.Locale.ROOT), type, bytes, shape);
        String scale = edit.constant(name + "_scales", scales, scales.length);
        int width = type == TensorProto.DataType.INT32 ? Integer.BYTES : 1;
        String zeros = edit.constant(name + "_zeros", type, new byte[width * scales.length], scales.length);
        String floats = edit.fresh(name + "_dequantised");
        nodes.add(OnnxEdit.node(
                domain, "DequantizeLinear", List.of(kept, scale, zeros), floats, attribute("axis", axis)));
        return floats;
    }
}
