package io.baigong.compute;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnx.proto.OnnxMl;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A BERT encoder that is on the class path: its shape, its weights and its tokenizer.
 *
 * <p>Weights have the names that Hugging Face's BERT gives them, except that each dense {@code .weight} is {@code [in, out]},
 * as it is multiplied. Source of the shape: Devlin et al. 2019 (arXiv 1810.04805), section 3.
 *
 * @param name such as {@code all-minilm-l6-v2}
 * @param layers transformer blocks
 * @param width numbers per token
 * @param heads attention heads of each block
 * @param maxTokens most tokens of one sequence, the two marker tokens included
 */
public record BaseEncoder(String name, int layers, int width, int heads, int maxTokens) {
    /** all-MiniLM-L6-v2 (Apache-2.0), six blocks of 384, English. */
    public static final BaseEncoder ALL_MINILM_L6_V2 = new BaseEncoder("all-minilm-l6-v2", 6, 384, 12, 512);

    /** Small number that LayerNorm adds to the variance. */
    public static final float LAYER_NORM_EPSILON = 1e-12f;

    private static final Pattern DENSE =
            Pattern.compile("/(?<block>encoder)/layer\\.(?<layer>\\d+)/(?<path>[a-zA-Z/]+)/MatMul");

    /** The base of that name. Throws {@link IllegalArgumentException} naming those that there are. */
    public static BaseEncoder of(String name) {
        if (name.equals(ALL_MINILM_L6_V2.name)) {
            return ALL_MINILM_L6_V2;
        }
        throw new IllegalArgumentException(
                "there is no base encoder '" + name + "'; this build has: " + ALL_MINILM_L6_V2.name);
    }

    /** Its tokenizer, without marker tokens, padding or truncation. Close it. */
    public HuggingFaceTokenizer tokenizer() throws IOException {
        try (InputStream in = resource(name + "-tokenizer.json")) {
            return HuggingFaceTokenizer.newInstance(
                    in, Map.of("addSpecialTokens", "false", "padding", "false", "truncation", "false"));
        }
    }

    /** All its weights by name. */
    public Map<String, Tensor> weights() throws IOException {
        OnnxMl.GraphProto graph;
        try (InputStream in = resource(name + ".onnx")) {
            var coded = CodedInputStream.newInstance(in);
            coded.setSizeLimit(Integer.MAX_VALUE);
            graph = OnnxMl.ModelProto.parseFrom(coded).getGraph();
        }
        var nodes = new HashMap<String, String>();
        for (OnnxMl.NodeProto node : graph.getNodeList()) {
            var dense = DENSE.matcher(node.getName());
            if (dense.matches()) {
                nodes.put(
                        node.getInput(1),
                        "encoder.layer." + dense.group("layer") + "."
                                + dense.group("path").replace('/', '.') + ".weight");
            }
        }
        var weights = new LinkedHashMap<String, Tensor>();
        for (OnnxMl.TensorProto tensor : graph.getInitializerList()) {
            if (tensor.getDataType() == OnnxMl.TensorProto.DataType.FLOAT.getNumber()) {
                weights.put(nodes.getOrDefault(tensor.getName(), tensor.getName()), tensor(tensor));
            }
        }
        return weights;
    }

    /** Lower-case hex SHA-256 of its file of weights. */
    public String sha256() throws IOException {
        return ModelFiles.sha256(() -> resource(name + ".onnx"));
    }

    private static Tensor tensor(OnnxMl.TensorProto tensor) {
        long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
        float[] values = new float[(int) Tensor.size(shape)];
        tensor.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return new Tensor(shape, values);
    }

    private InputStream resource(String file) throws IOException {
        InputStream in = BaseEncoder.class.getResourceAsStream("/" + file);
        if (in == null) {
            throw new IOException("the base encoder's file " + file + " is not on the class path");
        }
        return in;
    }
}
