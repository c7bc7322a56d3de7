package io.baigong.tuning.quantisation;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.baigong.compute.Int8;
import io.baigong.compute.Tensor;
import io.baigong.tuning.quantisation.DenseLayers.Product;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Dense layers whose inputs are brought to unsigned bytes in each call: {@code DynamicQuantizeLinear}, {@code MatMulInteger}, and the
 * product of both scales. ONNX's own operators only; ONNX Runtime fuses them into one when it opens the model.
 */
final class DynamicInt8 {
    private final OnnxEdit edit;

    private record Input(String bytes, String scale, String zeroPoint) {}

    /** The zero point is 0; ONNX Runtime keeps products from saturating only where it is told. */
    private record Weight(String bytes, String scales, String zeroPoint) {}

    private final Map<String, Input> inputs = new HashMap<>();
    private final Map<String, Weight> weights = new HashMap<>();
    private final ByteTables tables;

    private DynamicInt8(OnnxEdit edit) {
        this.edit = edit;
        this.tables = new ByteTables(edit);
    }

    static void apply(OnnxEdit edit) {
        edit.rewrite(new DynamicInt8(edit)::node);
    }

    private List<NodeProto> node(NodeProto node) {
        Tensor table = DenseLayers.table(edit, node);
        if (table != null) {
            return tables.lookUp(node, table);
        }
        Product product = DenseLayers.product(edit, node);
        if (product == null) {
            return List.of(node);
        }
        edit.count(node.getOpType());
        var nodes = new ArrayList<NodeProto>();
        Input input = inputs.computeIfAbsent(product.input(), name -> quantised(name, nodes));
        Weight weight = weights.computeIfAbsent(product.key(), name -> weight(name, product.weight()));
        String sums = edit.fresh(product.product() + "_int32");
        String floats = edit.fresh(product.product() + "_floats");
        String scale = edit.fresh(product.product() + "_scale");
        nodes.add(OnnxEdit.node(
                "",
                "MatMulInteger",
                List.of(input.bytes(), weight.bytes(), input.zeroPoint(), weight.zeroPoint()),
                sums));
        nodes.add(OnnxEdit.node(
                "", "Cast", List.of(sums), floats, OnnxEdit.attribute("to", TensorProto.DataType.FLOAT.getNumber())));
        nodes.add(OnnxEdit.node("", "Mul", List.of(input.scale(), weight.scales()), scale));
        nodes.add(OnnxEdit.node("", "Mul", List.of(floats, scale), product.product()));
        return product.with(nodes);
    }

    private Input quantised(String name, List<NodeProto> nodes) {
        var input =
                new Input(edit.fresh(name + "_uint8"), edit.fresh(name + "_scale"), edit.fresh(name + "_zero_point"));
        nodes.add(OnnxEdit.node(
                "", "DynamicQuantizeLinear", List.of(name), List.of(input.bytes(), input.scale(), input.zeroPoint())));
        return input;
    }

    private Weight weight(String name, Tensor weight) {
        float[] scales = new float[(int) weight.shape()[1]];
        byte[] bytes = Int8.quantize(weight, scales);
        return new Weight(
                edit.constant(name + "_int8", TensorProto.DataType.INT8, bytes, weight.shape()),
                edit.constant(name + "_scale", scales, scales.length),
                edit.constant(name + "_zero_point", TensorProto.DataType.INT8, new byte[1]));
    }
}
