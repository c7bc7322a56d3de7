package io.baigong.compute;

import static io.baigong.compute.OnnxGraph.attribute;
import static io.baigong.compute.OnnxGraph.attributes;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes a net of layers as an ONNX model: input {@code input}, output {@code output}, both with the examples first. */
final class NetGraph {
    private final Map<String, Tensor> weights;
    private final OnnxGraph graph = new OnnxGraph();

    /** Whether what flows is maps, {@code [examples, channels, rows, columns]}; else {@code [examples, features]}. */
    private boolean maps;

    private NetGraph(NetArtifact artifact, Map<String, Tensor> weights) {
        this.weights = weights;
        this.maps = artifact.input().size() == 3;
    }

    /** The model as a file's bytes. Throws {@link IllegalArgumentException} when weights are missing or don't fit. */
    static byte[] of(NetArtifact artifact, Map<String, Tensor> weights) {
        var writer = new NetGraph(artifact, weights);
        String value = writer.maps
                ? writer.graph.floatInput("input", "examples", "channels", "rows", "columns")
                : writer.graph.floatInput("input", "examples", "features");
        int width = artifact.input().getFirst();
        int cells = writer.maps ? artifact.input().get(1) * artifact.input().get(2) : 1;
        for (int i = 0; i < artifact.layers().size(); i++) {
            NetLayer layer = artifact.layers().get(i);
            value = writer.layer(value, layer, i, width, cells);
            switch (layer.kind()) {
                case DENSE -> {
                    width = layer.outputs();
                    cells = 1;
                }
                case CONVOLUTION -> width = layer.outputs();
                case AFFINE, RELU, SOFTMAX, SIGMOID -> {}
            }
        }
        writer.graph.rename(value, "output");
        writer.graph.output(
                "output",
                writer.maps
                        ? new String[] {"examples", "outputs", "out_rows", "out_columns"}
                        : new String[] {"examples", "outputs"});
        return writer.graph.bytes();
    }

    private String layer(String x, NetLayer layer, int index, int width, int cells) {
        return switch (layer.kind()) {
            case AFFINE -> affine(x, index, width);
            case DENSE -> {
                String flat = maps ? graph.node("", "Flatten", List.of(x)) : x;
                maps = false;
                yield graph.node(
                        "",
                        "Gemm",
                        List.of(
                                flat,
                                weight(index + ".weight", (long) width * cells, layer.outputs()),
                                weight(index + ".bias", layer.outputs())));
            }
            case CONVOLUTION -> {
                long pad = layer.size() / 2;
                yield graph.node(
                        "",
                        "Conv",
                        List.of(
                                x,
                                weight(index + ".weight", layer.outputs(), width, layer.size(), layer.size()),
                                weight(index + ".bias", layer.outputs())),
                        attributes("kernel_shape", layer.size(), layer.size()),
                        attributes("pads", pad, pad, pad, pad));
            }
            case RELU -> graph.node("", "Relu", List.of(x));
            case SOFTMAX -> graph.node("", "Softmax", List.of(x), attribute("axis", 1));
            case SIGMOID -> graph.node("", "Sigmoid", List.of(x));
        };
    }

    private String affine(String x, int index, int width) {
        long[] shape = maps ? new long[] {1, width, 1, 1} : new long[] {1, width};
        Tensor scale = new Tensor(shape, tensor(index + ".scale", width).values());
        Tensor shift = new Tensor(shape, tensor(index + ".shift", width).values());
        String scaled = graph.node("", "Mul", List.of(x, graph.constant(index + ".scale", scale)));
        return graph.node("", "Add", List.of(scaled, graph.constant(index + ".shift", shift)));
    }

    private String weight(String name, long... shape) {
        return graph.constant(name, tensor(name, shape));
    }

    private Tensor tensor(String name, long... shape) {
        Tensor tensor = weights.get(name);
        if (tensor == null || !Arrays.equals(tensor.shape(), shape)) {
            throw new IllegalArgumentException("the net needs a weight %s of shape %s, and has %s"
                    .formatted(
                            name, Arrays.toString(shape), tensor == null ? "none" : Arrays.toString(tensor.shape())));
        }
        return tensor;
    }
}
