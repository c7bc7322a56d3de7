package io.baigong.tuning.quantisation;

import static io.baigong.tuning.quantisation.OnnxEdit.MICROSOFT;
import static io.baigong.tuning.quantisation.OnnxEdit.attribute;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.baigong.compute.Int4;
import io.baigong.compute.Tensor;
import io.baigong.tuning.quantisation.DenseLayers.Product;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Dense layers and embedding tables in 4 bits: ONNX Runtime's {@code MatMulNBits} and {@code GatherBlockQuantized}. */
final class FourBitWeights {
    /** Products are summed in bytes, with a scale for each block of what comes in, as in ONNX Runtime's {@code accuracy_level}. */
    private static final int BYTES = 4;

    private final OnnxEdit edit;

    private record Names(String codes, String scales, String zeroPoints) {
        List<String> all(String first) {
            return List.of(first, codes, scales, zeroPoints);
        }
    }

    private final Map<String, Names> made = new HashMap<>();

    private FourBitWeights(OnnxEdit edit) {
        this.edit = edit;
    }

    static void apply(OnnxEdit edit) {
        edit.rewrite(new FourBitWeights(edit)::node);
    }

    private List<NodeProto> node(NodeProto node) {
        Tensor table = DenseLayers.table(edit, node);
        if (table != null && table.shape()[1] % Int4.BLOCK == 0) {
            edit.count(node.getOpType());
            return List.of(lookUp(node, table));
        }
        Product product = DenseLayers.product(edit, node);
        if (product == null) {
            return List.of(node);
        }
        edit.count(node.getOpType());
        long in = product.weight().shape()[0];
        long out = product.weight().shape()[1];
        Names names = made.computeIfAbsent(product.key(), name -> {
            Int4 four = Int4.quantize(product.weight().transposed());
            return names(name, four, out, four.blocks(), Int4.BLOCK / 2);
        });
        return product.with(List.of(OnnxEdit.node(
                MICROSOFT,
                "MatMulNBits",
                names.all(product.input()),
                product.product(),
                attribute("K", in),
                attribute("N", out),
                attribute("bits", 4),
                attribute("block_size", Int4.BLOCK),
                attribute("accuracy_level", BYTES))));
    }

    private NodeProto lookUp(NodeProto node, Tensor table) {
        long rows = table.shape()[0];
        Names names = made.computeIfAbsent(
                node.getInput(0) + "_table", name -> names(name, Int4.quantize(table), rows, table.shape()[1] / 2));
        return OnnxEdit.node(
                MICROSOFT,
                "GatherBlockQuantized",
                List.of(names.codes(), node.getInput(1), names.scales(), names.zeroPoints()),
                node.getOutput(0),
                attribute("bits", 4),
                attribute("block_size", Int4.BLOCK),
                attribute("gather_axis", 0),
                attribute("quantize_axis", 1));
    }

    private Names names(String name, Int4 four, long... shape) {
        return new Names(
                edit.constant(name + "_int4", TensorProto.DataType.UINT8, four.codes(), shape),
                edit.constant(name + "_scales", four.scales(), four.rows(), four.blocks()),
                edit.constant(
                        name + "_zero_points",
                        TensorProto.DataType.UINT8,
                        four.zeroPoints(),
                        four.rows(),
                        (four.blocks() + 1) / 2));
    }
}
