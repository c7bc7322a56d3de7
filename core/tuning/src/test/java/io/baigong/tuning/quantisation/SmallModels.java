package io.baigong.tuning.quantisation;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import com.google.protobuf.ByteString;
import io.baigong.compute.OnnxRuntime;
import io.baigong.compute.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Models of a few nodes, and how to run them: input {@code x}, output {@code y}. */
final class SmallModels {
    private SmallModels() {}

    /** {@code y = x W}. */
    static ModelProto product(Tensor weight) {
        return model(17, List.of(weight("W", weight)), node("MatMul", List.of("x", "W"), "y"));
    }

    static ModelProto model(int opset, List<TensorProto> constants, NodeProto... nodes) {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .setGraph(GraphProto.newBuilder()
                        .setName("small")
                        .addInput(value("x"))
                        .addOutput(value("y"))
                        .addAllInitializer(constants)
                        .addAllNode(List.of(nodes)))
                .build();
    }

    static NodeProto node(String operator, List<String> inputs, String output, AttributeProto... attributes) {
        return OnnxEdit.node("", operator, inputs, output, attributes);
    }

    /** A float input or output of any shape. */
    private static ValueInfoProto value(String name) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT.getNumber())))
                .build();
    }

    /** The model with an input of that many dimensions, each of any size. */
    static ModelProto ofRank(ModelProto model, int rank) {
        var shape = TensorShapeProto.newBuilder();
        for (int i = 0; i < rank; i++) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("d" + i));
        }
        var built = model.toBuilder();
        built.getGraphBuilder()
                .getInputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .setShape(shape);
        return built.build();
    }

    static TensorProto weight(String name, Tensor tensor) {
        var bytes = ByteBuffer.allocate(4 * tensor.values().length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(tensor.values());
        var built = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .setRawData(ByteString.copyFrom(bytes.array()));
        for (long dimension : tensor.shape()) {
            built.addDims(dimension);
        }
        return built.build();
    }

    static Tensor random(long seed, long... shape) {
        var random = new Random(seed);
        float[] values = new float[(int) Tensor.size(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Tensor(shape, values);
    }

    static float[] run(Path model, Tensor x) throws Exception {
        var environment = OnnxRuntime.environment();
        try (var options = OnnxRuntime.options();
                var session = environment.createSession(model.toString(), options);
                var input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x.values()), x.shape());
                var result = session.run(Map.of("x", input))) {
            FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] copied = new float[values.remaining()];
            values.get(copied);
            return copied;
        }
    }
}
