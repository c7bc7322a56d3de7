package io.baigong.compute;

import static io.baigong.compute.OnnxGraph.MICROSOFT;
import static io.baigong.compute.OnnxGraph.attribute;

import java.util.List;
import java.util.Map;

/**
 * Writes a BERT encoder as an ONNX model of fused operators.
 *
 * <p>Input {@code input_ids}, 32-bit {@code [sequences, tokens]}; all sequences of a batch are equally long, for without a mask
 * ONNX Runtime takes its tiled attention, which keeps the scores in the cache. Output {@code hidden}, {@code [sequences, tokens,
 * width]}, or, with a classifier, {@code scores}, {@code [sequences, tokens, labels]} in [0, 1].
 */
final class EncoderGraph {
    /** In what the dense layers of the blocks are multiplied. */
    enum Precision {
        FLOAT32,
        /** Weights as signed bytes with a scale per column, inputs as bytes with a scale per call. */
        INT8
    }

    private final BaseEncoder base;
    private final Map<String, Tensor> weights;
    private final Precision precision;
    private final OnnxGraph graph = new OnnxGraph();

    private EncoderGraph(BaseEncoder base, Map<String, Tensor> weights, Precision precision) {
        this.base = base;
        this.weights = weights;
        this.precision = precision;
    }

    /**
     * The encoder alone, in 32 bits and with the embeddings looked up by nodes of their own, so that each table and dense layer is a
     * constant that another precision can take the place of.
     */
    static byte[] plain(BaseEncoder base, Map<String, Tensor> weights) {
        var writer = new EncoderGraph(base, weights, Precision.FLOAT32);
        writer.graph.rename(writer.blocks(writer.lookedUp(), base.layers()), "hidden");
        writer.graph.output("hidden", "sequences", "tokens", "width");
        return writer.graph.bytes();
    }

    /** The encoder alone. */
    static byte[] encoder(BaseEncoder base, Map<String, Tensor> weights, int layers, Precision precision) {
        var writer = new EncoderGraph(base, weights, precision);
        writer.graph.rename(writer.blocks(writer.embedded(), layers), "hidden");
        writer.graph.output("hidden", "sequences", "tokens", "width");
        return writer.graph.bytes();
    }

    /** The encoder with one sigmoid per label on each token: weights {@code classifier.weight} and {@code .bias}. */
    static byte[] tokenClassifier(BaseEncoder base, Map<String, Tensor> weights, int layers, Precision precision) {
        var writer = new EncoderGraph(base, weights, precision);
        String hidden = writer.blocks(writer.embedded(), layers);
        OnnxGraph graph = writer.graph;
        String product = graph.node("", "MatMul", List.of(hidden, writer.weight("classifier.weight")));
        String logits = graph.node("", "Add", List.of(product, writer.weight("classifier.bias")));
        graph.rename(graph.node("", "Sigmoid", List.of(logits)), "scores");
        graph.output("scores", "sequences", "tokens", "labels");
        return graph.bytes();
    }

    private String embedded() {
        String ids = graph.input("input_ids", "sequences", "tokens");
        return graph.node(
                        MICROSOFT,
                        "EmbedLayerNormalization",
                        List.of(
                                ids,
                                "",
                                weight("embeddings.word_embeddings.weight"),
                                graph.constant("positions", positionsWithType()),
                                "",
                                weight("embeddings.LayerNorm.weight"),
                                weight("embeddings.LayerNorm.bias")),
                        2,
                        attribute("epsilon", BaseEncoder.LAYER_NORM_EPSILON))
                .getFirst();
    }

    private String lookedUp() {
        String ids = graph.input("input_ids", "sequences", "tokens");
        String words = graph.node("", "Gather", List.of(weight("embeddings.word_embeddings.weight"), ids));
        String tokens = graph.node("", "Shape", List.of(ids), attribute("start", 1));
        String positions = graph.node(
                "",
                "Slice",
                List.of(graph.constant("positions", positionsWithType()), graph.constant("first_position", 0), tokens));
        return skipNorm(words, positions, "embeddings.LayerNorm");
    }

    private String blocks(String embedded, int layers) {
        String hidden = embedded;
        graph.constant("qkv_sizes", base.width(), base.width(), base.width());
        for (int layer = 0; layer < layers; layer++) {
            hidden = block(hidden, "encoder.layer." + layer);
        }
        return hidden;
    }

    /** All text is of token type 0, so its embedding is added to the positions' once. */
    private Tensor positionsWithType() {
        Tensor positions = tensor("embeddings.position_embeddings.weight");
        float[] type = tensor("embeddings.token_type_embeddings.weight").values();
        float[] sum = positions.values().clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += type[i % base.width()];
        }
        return new Tensor(positions.shape(), sum);
    }

    private String block(String hidden, String name) {
        String attention = name + ".attention.";
        String packed = dense(
                hidden,
                attention + "self.qkv",
                columns(attention + "self.query", attention + "self.key", attention + "self.value", ".weight"),
                columns(attention + "self.query", attention + "self.key", attention + "self.value", ".bias"));
        List<String> qkv = graph.node("", "Split", List.of(packed, "qkv_sizes"), 3, attribute("axis", -1));
        String attended = graph.node(MICROSOFT, "MultiHeadAttention", qkv, attribute("num_heads", base.heads()));
        String first = skipNorm(dense(attended, attention + "output.dense"), hidden, attention + "output.LayerNorm");
        String inner = graph.node(MICROSOFT, "Gelu", List.of(dense(first, name + ".intermediate.dense")));
        return skipNorm(dense(inner, name + ".output.dense"), first, name + ".output.LayerNorm");
    }

    private String skipNorm(String x, String skip, String name) {
        return graph.node(
                MICROSOFT,
                "SkipLayerNormalization",
                List.of(x, skip, weight(name + ".weight"), weight(name + ".bias")),
                attribute("epsilon", BaseEncoder.LAYER_NORM_EPSILON));
    }

    private String dense(String x, String name) {
        return dense(x, name, tensor(name + ".weight"), tensor(name + ".bias"));
    }

    private String dense(String x, String name, Tensor weight, Tensor bias) {
        String biasName = graph.constant(name + ".bias", bias);
        if (precision == Precision.FLOAT32) {
            String product = graph.node("", "MatMul", List.of(x, graph.constant(name + ".weight", weight)));
            return graph.node("", "Add", List.of(product, biasName));
        }
        int columns = (int) weight.shape()[1];
        float[] scales = new float[columns];
        byte[] bytes = Int8.quantize(weight, scales);
        return graph.node(
                MICROSOFT,
                "DynamicQuantizeMatMul",
                List.of(
                        x,
                        graph.constant(name + ".weight", bytes, weight.shape()),
                        graph.constant(name + ".scale", new Tensor(new long[] {columns}, scales)),
                        // ONNX Runtime keeps products from saturating only where it is told the zero point.
                        graph.constant(name + ".zero", new byte[1]),
                        biasName));
    }

    /** Puts three tensors side by side. */
    private Tensor columns(String first, String second, String third, String suffix) {
        Tensor[] parts = {tensor(first + suffix), tensor(second + suffix), tensor(third + suffix)};
        int width = base.width();
        int rows = parts[0].values().length / width;
        float[] joined = new float[3 * rows * width];
        for (int row = 0; row < rows; row++) {
            for (int part = 0; part < 3; part++) {
                System.arraycopy(parts[part].values(), row * width, joined, (3 * row + part) * width, width);
            }
        }
        return new Tensor(suffix.equals(".bias") ? new long[] {3L * width} : new long[] {rows, 3L * width}, joined);
    }

    private String weight(String name) {
        return graph.constant(name, tensor(name));
    }

    private Tensor tensor(String name) {
        Tensor tensor = weights.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("the model has no weight " + name);
        }
        return tensor;
    }
}
