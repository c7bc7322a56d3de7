package io.baigong.compute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Writes an ONNX model node by node. Each method that adds a node returns the name of its output. */
final class OnnxGraph {
    /** ONNX Runtime's own operators: github.com/microsoft/onnxruntime, docs/ContribOperators.md. */
    static final String MICROSOFT = "com.microsoft";

    private static final int OPSET = 17;
    private static final int IR_VERSION = 8;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("encoder");
    private int nodes;

    /** Adds an input of 32-bit integers with dimensions of any size. */
    String input(String name, String... dimensions) {
        graph.addInput(value(name, TensorProto.DataType.INT32, dimensions));
        return name;
    }

    /** Adds an input of 32-bit floats with dimensions of any size. */
    String floatInput(String name, String... dimensions) {
        graph.addInput(value(name, TensorProto.DataType.FLOAT, dimensions));
        return name;
    }

    /** Declares an output of 32-bit floats. */
    void output(String name, String... dimensions) {
        graph.addOutput(value(name, TensorProto.DataType.FLOAT, dimensions));
    }

    private static ValueInfoProto value(String name, TensorProto.DataType type, String... dimensions) {
        var shape = TensorShapeProto.newBuilder();
        for (String dimension : dimensions) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(dimension));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }

    /** Adds constant floats. */
    String constant(String name, Tensor tensor) {
        var bytes = ByteBuffer.allocate(4 * tensor.values().length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(tensor.values());
        return constant(name, TensorProto.DataType.FLOAT, bytes.array(), tensor.shape());
    }

    /** Adds constant 64-bit integers. */
    String constant(String name, long... values) {
        var bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return constant(name, TensorProto.DataType.INT64, bytes.array(), values.length);
    }

    /** Adds constant signed bytes. */
    String constant(String name, byte[] values, long... shape) {
        return constant(name, TensorProto.DataType.INT8, values, shape);
    }

    private String constant(String name, TensorProto.DataType type, byte[] bytes, long... shape) {
        var tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(bytes));
        for (long dimension : shape) {
            tensor.addDims(dimension);
        }
        graph.addInitializer(tensor);
        return name;
    }

    /** Adds a node with one output of a fresh name. */
    String node(String domain, String operator, List<String> inputs, AttributeProto... attributes) {
        return node(domain, operator, inputs, 1, attributes).getFirst();
    }

    /** Adds a node with several outputs of fresh names. */
    List<String> node(String domain, String operator, List<String> inputs, int outputs, AttributeProto... attributes) {
        int number = nodes++;
        var names = java.util.stream.IntStream.range(0, outputs)
                .mapToObj(i -> operator + "_" + number + "_" + i)
                .toList();
        graph.addNode(NodeProto.newBuilder()
                .setDomain(domain)
                .setOpType(operator)
                .setName(operator + "_" + number)
                .addAllInput(inputs)
                .addAllOutput(names)
                .addAllAttribute(List.of(attributes)));
        return names;
    }

    /** Gives a value the name of an output. */
    void rename(String from, String to) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Identity")
                .setName("Identity_" + to)
                .addInput(from)
                .addOutput(to));
    }

    static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto attributes(String name, long... values) {
        var attribute = AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    static AttributeProto attribute(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    /** The model as a file's bytes. */
    byte[] bytes() {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("baigong")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain(MICROSOFT).setVersion(1))
                .setGraph(graph)
                .build()
                .toByteArray();
    }
}
