package io.baigong.tuning.quantisation;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.baigong.compute.Int8;
import io.baigong.compute.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Embedding tables in signed bytes, a scale per row; what is looked up becomes floats again. */
final class ByteTables {
    private final OnnxEdit edit;

    private record Names(String bytes, String scales) {}

    private final Map<String, Names> made = new HashMap<>();

    ByteTables(OnnxEdit edit) {
        this.edit = edit;
    }

    /** Nodes for one that looks rows up in the table {@code [rows, columns]}. */
    List<NodeProto> lookUp(NodeProto node, Tensor table) {
        edit.count("Gather");
        String name = node.getInput(0);
        var names = made.computeIfAbsent(name, _ -> {
            float[] scales = new float[(int) table.shape()[0]];
            byte[] bytes = Int8.quantizeRows(table, scales);
            return new Names(
                    edit.constant(name + "_int8", TensorProto.DataType.INT8, bytes, table.shape()),
                    edit.constant(name + "_scale", scales, scales.length, 1));
        });
        String output = node.getOutput(0);
        String bytes = edit.fresh(output + "_int8");
        String scales = edit.fresh(output + "_scale");
        String floats = edit.fresh(output + "_floats");
        return List.of(
                OnnxEdit.node("", "Gather", List.of(names.bytes(), node.getInput(1)), bytes),
                OnnxEdit.node("", "Gather", List.of(names.scales(), node.getInput(1)), scales),
                OnnxEdit.node(
                        "",
                        "Cast",
                        List.of(bytes),
                        floats,
                        OnnxEdit.attribute("to", TensorProto.DataType.FLOAT.getNumber())),
                OnnxEdit.node("", "Mul", List.of(floats, scales), output));
    }
}
