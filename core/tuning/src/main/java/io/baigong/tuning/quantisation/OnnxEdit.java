package io.baigong.tuning.quantisation;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.baigong.compute.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A graph that is being changed: its nodes in order, and its constants by name. Not thread-safe. */
final class OnnxEdit {
    /** ONNX Runtime's own operators: github.com/microsoft/onnxruntime, docs/ContribOperators.md. */
    static final String MICROSOFT = "com.microsoft";

    private final ModelProto model;
    private final Map<String, TensorProto> constants = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, Integer> changed = new LinkedHashMap<>();
    private List<NodeProto> nodes;

    OnnxEdit(ModelProto model) {
        this.model = model;
        this.nodes = new ArrayList<>(model.getGraph().getNodeList());
        model.getGraph().getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
        names.addAll(constants.keySet());
        model.getGraph().getInputList().forEach(input -> names.add(input.getName()));
        nodes.forEach(node -> names.addAll(node.getOutputList()));
    }

    /** Version of ONNX's own operators. */
    long opset() {
        return model.getOpsetImportList().stream()
                .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
                .mapToLong(OperatorSetIdProto::getVersion)
                .max()
                .orElse(0);
    }

    List<NodeProto> nodes() {
        return nodes;
    }

    GraphProto graph() {
        return model.getGraph();
    }

    /** How many nodes were changed, by operator. */
    Map<String, Integer> changed() {
        return changed;
    }

    void count(String operator) {
        changed.merge(operator, 1, Integer::sum);
    }

    /** Puts other nodes in the place of each; those of one place stand in order. */
    void rewrite(Function<NodeProto, List<NodeProto>> each) {
        nodes = new ArrayList<>(
                nodes.stream().flatMap(node -> each.apply(node).stream()).toList());
    }

    Map<String, TensorProto> constants() {
        return constants;
    }

    /** A constant of 32-bit floats, or null when the name is none. Throws {@link IllegalArgumentException} for NaN and infinity. */
    @Nullable
    Tensor floats(String name) {
        TensorProto tensor = constants.get(name);
        if (tensor == null || tensor.getDataType() != TensorProto.DataType.FLOAT.getNumber()) {
            return null;
        }
        Tensor read = floats(tensor);
        for (float value : read.values()) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("the weights '" + name + "' hold " + value);
            }
        }
        return read;
    }

    static Tensor floats(TensorProto tensor) {
        long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
        float[] values = new float[Math.toIntExact(Tensor.size(shape))];
        if (tensor.hasRawData()) {
            tensor.getRawData()
                    .asReadOnlyByteBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values);
        } else {
            for (int i = 0; i < values.length; i++) {
                values[i] = tensor.getFloatData(i);
            }
        }
        return new Tensor(shape, values);
    }

    /** Adds constant floats, and returns their name, which is the wanted one or like it. */
    String constant(String name, float[] values, long... shape) {
        var bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return constant(name, TensorProto.DataType.FLOAT, bytes.array(), shape);
    }

    /** Adds a constant, and returns its name, which is the wanted one or like it. */
    String constant(String name, TensorProto.DataType type, byte[] bytes, long... shape) {
        var tensor = TensorProto.newBuilder()
                .setName(fresh(name))
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(bytes));
        for (long dimension : shape) {
            tensor.addDims(dimension);
        }
        constants.put(tensor.getName(), tensor.build());
        return tensor.getName();
    }

    /** A name that nothing has yet. */
    String fresh(String name) {
        String free = name;
        for (int i = 1; !names.add(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    /** A node with one output of that name. */
    static NodeProto node(
            String domain, String operator, List<String> inputs, String output, AttributeProto... attributes) {
        return node(domain, operator, inputs, List.of(output), attributes);
    }

    static NodeProto node(
            String domain, String operator, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
        return NodeProto.newBuilder()
                .setDomain(domain)
                .setOpType(operator)
                .setName(outputs.getFirst() + "_" + operator)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(List.of(attributes))
                .build();
    }

    static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static boolean is(NodeProto node, String operator) {
        return node.getOpType().equals(operator)
                && (node.getDomain().isEmpty() || node.getDomain().equals("ai.onnx"));
    }

    static @Nullable AttributeProto attribute(NodeProto node, String name) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    static long integer(NodeProto node, String name, long otherwise) {
        var attribute = attribute(node, name);
        return attribute == null ? otherwise : attribute.getI();
    }

    static float number(NodeProto node, String name, float otherwise) {
        var attribute = attribute(node, name);
        return attribute == null ? otherwise : attribute.getF();
    }

    /** How often each value is read: by nodes, by graphs within nodes, and as an output of the model. */
    Map<String, Integer> uses() {
        var uses = new HashMap<String, Integer>();
        nodes.forEach(node -> uses(node, uses));
        model.getGraph().getOutputList().forEach(output -> uses.merge(output.getName(), 1, Integer::sum));
        return uses;
    }

    private static void uses(NodeProto node, Map<String, Integer> uses) {
        node.getInputList().forEach(input -> uses.merge(input, 1, Integer::sum));
        node.getAttributeList().stream()
                .filter(AttributeProto::hasG)
                .flatMap(attribute -> attribute.getG().getNodeList().stream())
                .forEach(within -> uses(within, uses));
    }

    /** The model as it is now; constants that nothing reads any more are left out. */
    ModelProto build() {
        Map<String, Integer> uses = uses();
        Set<String> given = new HashSet<>();
        model.getGraph().getInitializerList().forEach(tensor -> given.add(tensor.getName()));
        var graph = model.getGraph().toBuilder()
                .clearNode()
                .clearInitializer()
                .clearInput()
                .addAllNode(nodes)
                // Up to IR version 3 constants are inputs too.
                .addAllInput(model.getGraph().getInputList().stream()
                        .filter(input -> !given.contains(input.getName()))
                        .toList());
        constants.values().stream()
                .filter(tensor -> uses.containsKey(tensor.getName()))
                .forEach(graph::addInitializer);
        Set<String> produced = new HashSet<>();
        nodes.forEach(node -> produced.addAll(node.getOutputList()));
        List<ValueInfoProto> known = model.getGraph().getValueInfoList().stream()
                .filter(value -> produced.contains(value.getName()))
                .toList();
        graph.clearValueInfo().addAllValueInfo(known);
        var built = model.toBuilder().setGraph(graph).setIrVersion(Math.max(4, model.getIrVersion()));
        boolean knowsMicrosoft = model.getOpsetImportList().stream()
                .anyMatch(set -> set.getDomain().equals(MICROSOFT));
        if (!knowsMicrosoft && nodes.stream().anyMatch(node -> node.getDomain().equals(MICROSOFT))) {
            built.addOpsetImport(
                    OperatorSetIdProto.newBuilder().setDomain(MICROSOFT).setVersion(1));
        }
        return built.build();
    }
}
