package io.baigong.tuning.quantisation;

import static io.baigong.tuning.quantisation.OnnxEdit.attribute;
import static io.baigong.tuning.quantisation.OnnxEdit.is;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.baigong.compute.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All floats of a graph in 16 bits (IEEE 754 binary16). Numbers beyond {@value #MOST} become {@value #MOST}, and those below the least
 * that there is become that, so that none becomes infinite or zero.
 */
final class Fp16 {
    private static final float MOST = 65_504;
    private static final float LEAST = 0x1p-24f;
    private static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();
    private static final int HALF = TensorProto.DataType.FLOAT16.getNumber();

    /** Operators of which 16-bit floats have no or another meaning. */
    private static final Set<String> REFUSED = Set.of(
            "QuantizeLinear",
            "DequantizeLinear",
            "DynamicQuantizeLinear",
            "DynamicQuantizeMatMul",
            "MatMulIntegerToFloat",
            "MatMulNBits",
            "GatherBlockQuantized",
            "NonMaxSuppression",
            "RoiAlign",
            "Range",
            "RandomNormal",
            "RandomNormalLike",
            "RandomUniform",
            "RandomUniformLike",
            "EyeLike",
            "Multinomial");

    /** Inputs that ONNX demands in 32 bits: the scales of a picture's sides. */
    private static final Map<String, Integer> IN_32_BITS = Map.of("Resize", 2, "Upsample", 1);

    private final OnnxEdit edit;
    private final Map<String, ValueInfoProto> outputs = new LinkedHashMap<>();

    /** What the graph's inputs are called once they are 16-bit floats, and its outputs before they are 32-bit ones. */
    private final Map<String, String> halves = new HashMap<>();

    private Fp16(OnnxEdit edit) {
        this.edit = edit;
    }

    static void apply(OnnxEdit edit) throws IOException {
        new Fp16(edit).run();
    }

    private void run() throws IOException {
        for (NodeProto node : edit.nodes()) {
            boolean nested = node.getAttributeList().stream().anyMatch(AttributeProto::hasG);
            if (nested || REFUSED.contains(node.getOpType())) {
                throw new IOException(
                        "the model has the operator %s (node '%s'), %s; it can't be brought to 16-bit floats"
                                .formatted(
                                        node.getOpType(),
                                        node.getName(),
                                        nested ? "which holds a graph of its own" : "which has no 16-bit form"));
            }
        }
        var begin = new ArrayList<NodeProto>();
        for (ValueInfoProto input : edit.graph().getInputList()) {
            if (isFloat(input) && !edit.constants().containsKey(input.getName())) {
                String half = edit.fresh(input.getName() + "_fp16");
                halves.put(input.getName(), half);
                begin.add(OnnxEdit.node("", "Cast", List.of(input.getName()), half, attribute("to", HALF)));
            }
        }
        var end = new ArrayList<NodeProto>();
        for (ValueInfoProto output : edit.graph().getOutputList()) {
            if (isFloat(output)) {
                outputs.put(output.getName(), output);
                String half = halves.computeIfAbsent(output.getName(), name -> edit.fresh(name + "_fp16"));
                end.add(OnnxEdit.node("", "Cast", List.of(half), output.getName(), attribute("to", FLOAT)));
            }
        }
        constants();
        edit.rewrite(this::node);
        edit.nodes().addAll(0, begin);
        edit.nodes().addAll(end);
    }

    private static boolean isFloat(ValueInfoProto value) {
        return value.getType().getTensorType().getElemType() == FLOAT;
    }

    private void constants() {
        edit.constants().replaceAll((name, tensor) -> {
            if (tensor.getDataType() != FLOAT) {
                return tensor;
            }
            edit.count("constant");
            return half(tensor);
        });
    }

    private List<NodeProto> node(NodeProto node) {
        var nodes = new ArrayList<NodeProto>();
        var copy = node.toBuilder().clearInput().clearOutput().clearAttribute();
        int whole = IN_32_BITS.getOrDefault(node.getOpType(), -1);
        for (int i = 0; i < node.getInputCount(); i++) {
            String input = node.getInput(i);
            String half = halves.getOrDefault(input, input);
            if (i == whole && !input.isEmpty()) {
                String again = edit.fresh(input + "_fp32");
                nodes.add(OnnxEdit.node("", "Cast", List.of(half), again, attribute("to", FLOAT)));
                half = again;
            }
            copy.addInput(half);
        }
        node.getOutputList().forEach(output -> copy.addOutput(halves.getOrDefault(output, output)));
        for (AttributeProto attribute : node.getAttributeList()) {
            boolean type = is(node, "Cast") && attribute.getName().equals("to") && attribute.getI() == FLOAT;
            if (type) {
                copy.addAttribute(attribute("to", HALF));
            } else if (attribute.hasT() && attribute.getT().getDataType() == FLOAT) {
                copy.addAttribute(attribute.toBuilder().setT(half(attribute.getT())));
            } else if (is(node, "Constant") && attribute.getName().startsWith("value_float")) {
                float[] values = attribute.getName().endsWith("s") ? floats(attribute) : new float[] {attribute.getF()};
                var tensor = TensorProto.newBuilder().setDataType(FLOAT);
                if (attribute.getName().endsWith("s")) {
                    tensor.addDims(values.length);
                }
                for (float value : values) {
                    tensor.addFloatData(value);
                }
                copy.addAttribute(AttributeProto.newBuilder()
                        .setName("value")
                        .setType(AttributeProto.AttributeType.TENSOR)
                        .setT(half(tensor.build())));
            } else {
                copy.addAttribute(attribute);
            }
        }
        nodes.add(copy.build());
        return nodes;
    }

    private static float[] floats(AttributeProto attribute) {
        float[] values = new float[attribute.getFloatsCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = attribute.getFloats(i);
        }
        return values;
    }

    private static TensorProto half(TensorProto tensor) {
        Tensor floats = OnnxEdit.floats(tensor);
        var bytes = ByteBuffer.allocate(Short.BYTES * floats.values().length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : floats.values()) {
            bytes.putShort(half(value));
        }
        return tensor.toBuilder()
                .clearFloatData()
                .setDataType(HALF)
                .setRawData(ByteString.copyFrom(bytes.array()))
                .build();
    }

    /** The nearest 16-bit float, ties to even; see the class for what is beyond them. */
    static short half(float value) {
        float size = Math.abs(value);
        if (size > MOST) {
            return Float.floatToFloat16(Math.copySign(MOST, value));
        }
        return Float.floatToFloat16(size > 0 && size < LEAST ? Math.copySign(LEAST, value) : value);
    }
}
