package io.baigong.tuning.quantisation;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.baigong.compute.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what has weights to be made smaller: products with a constant matrix, and tables that rows are looked up in. */
final class DenseLayers {
    /** Tables of fewer numbers cost more nodes than they save. */
    private static final int LEAST_TABLE = 1 << 14;

    private DenseLayers() {}

    /**
     * A product {@code [.., in] x [in, out]}, then a sum.
     *
     * @param key tells one weight, as it is multiplied, from others
     * @param bias to add, or null
     * @param product what to call the product: the node's output when there is no bias
     */
    record Product(
            String input,
            String key,
            Tensor weight,
            @Nullable String bias,
            String product,
            String output) {
        /** The nodes of the product itself, and the sum after them. */
        List<NodeProto> with(List<NodeProto> nodes) {
            if (bias == null) {
                return nodes;
            }
            var all = new ArrayList<>(nodes);
            all.add(OnnxEdit.node("", "Add", List.of(product, bias), output));
            return all;
        }
    }

    /** The node as a product with a constant matrix, or null when it is none. */
    static @Nullable Product product(OnnxEdit edit, NodeProto node) {
        if (OnnxEdit.is(node, "MatMul")) {
            Tensor weight = matrix(edit, node.getInput(1));
            return weight == null
                    ? null
                    : new Product(
                            node.getInput(0), node.getInput(1), weight, null, node.getOutput(0), node.getOutput(0));
        }
        boolean plain = OnnxEdit.is(node, "Gemm")
                && OnnxEdit.integer(node, "transA", 0) == 0
                && (node.getInputCount() < 3 || OnnxEdit.number(node, "beta", 1) == 1);
        Tensor weight = plain ? matrix(edit, node.getInput(1)) : null;
        if (weight == null) {
            return null;
        }
        boolean turned = OnnxEdit.integer(node, "transB", 0) != 0;
        float alpha = OnnxEdit.number(node, "alpha", 1);
        if (turned) {
            weight = weight.transposed();
        }
        for (int i = 0; alpha != 1 && i < weight.values().length; i++) {
            weight.values()[i] *= alpha;
        }
        String key = node.getInput(1) + (turned ? "_turned" : "") + (alpha == 1 ? "" : "_times_" + alpha);
        boolean biased = node.getInputCount() > 2 && !node.getInput(2).isEmpty();
        String output = node.getOutput(0);
        return new Product(
                node.getInput(0),
                key,
                weight,
                biased ? node.getInput(2) : null,
                biased ? edit.fresh(output + "_product") : output,
                output);
    }

    private static @Nullable Tensor matrix(OnnxEdit edit, String name) {
        TensorProto constant = edit.constants().get(name);
        return constant == null
                        || constant.getDimsCount() != 2
                        || constant.getDimsList().contains(0L)
                ? null
                : edit.floats(name);
    }

    /** The table {@code [rows, columns]} that the node looks rows up in, or null when it does not. */
    static @Nullable Tensor table(OnnxEdit edit, NodeProto node) {
        if (!OnnxEdit.is(node, "Gather") || OnnxEdit.integer(node, "axis", 0) != 0) {
            return null;
        }
        Tensor table = matrix(edit, node.getInput(0));
        return table != null && table.values().length >= LEAST_TABLE ? table : null;
    }
}
