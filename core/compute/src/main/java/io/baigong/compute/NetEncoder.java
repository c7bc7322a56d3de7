package io.baigong.compute;

import static io.baigong.compute.OnnxGraph.attribute;
import static io.baigong.compute.OnnxGraph.attributes;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes an encoder that has learned into a net's graph: the nodes of {@link ImageEncoderGraph} with the net's own constants. */
final class NetEncoder {
    private NetEncoder() {}

    /**
     * Adds the encoder's nodes and gives the name of {@code [images, channels, rows / cell, columns / cell]}: all maps side by side, finer ones
     * averaged over a cell, coarser ones repeated.
     *
     * @param prefix of the names of its constants among the weights
     */
    static String write(OnnxGraph graph, String x, String prefix, NetLayer layer, Map<String, Tensor> weights) {
        ImageEncoderGraph encoder;
        try {
            encoder = ImageEncoderGraph.shipped();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> names = new HashMap<>();
        encoder.constants().forEach((name, shipped) -> {
            Tensor own = weights.get(prefix + name);
            if (own == null || !Arrays.equals(own.shape(), shipped.shape())) {
                throw new IllegalArgumentException("the net's encoder needs %s of shape %s, and has %s"
                        .formatted(
                                prefix + name,
                                Arrays.toString(shipped.shape()),
                                own == null ? "none" : Arrays.toString(own.shape())));
            }
            names.put(name, graph.constant(prefix + name, own));
        });
        String less = graph.node("", "Sub", List.of(x, graph.constant(prefix + "mean", ImageEncoderGraph.mean())));
        names.put(
                ImageEncoderGraph.INPUT,
                graph.node(
                        "", "Div", List.of(less, graph.constant(prefix + "deviation", ImageEncoderGraph.deviation()))));
        for (NodeProto node : encoder.nodes()) {
            List<String> inputs = node.getInputList().stream()
                    .map(name -> names.getOrDefault(name, name))
                    .toList();
            names.put(
                    node.getOutput(0),
                    graph.node(
                            "",
                            node.getOpType(),
                            inputs,
                            node.getAttributeList().toArray(AttributeProto[]::new)));
        }
        var cells = new ArrayList<String>();
        for (int map = 0; map < ImageEncoderGraph.MAPS.size(); map++) {
            cells.add(cells(
                    graph,
                    names.getOrDefault(ImageEncoderGraph.MAPS.get(map), ""),
                    4 << map,
                    layer.size(),
                    prefix + "scales." + map));
        }
        return graph.node("", "Concat", cells, attribute("axis", 1));
    }

    /** A map whose cells have {@code step} pixels as one whose cells have {@code cell}. */
    private static String cells(OnnxGraph graph, String map, int step, int cell, String scales) {
        if (step < cell) {
            long side = cell / step;
            return graph.node(
                    "",
                    "AveragePool",
                    List.of(map),
                    attributes("kernel_shape", side, side),
                    attributes("strides", side, side));
        }
        if (step > cell) {
            float times = (float) step / cell;
            String factors = graph.constant(scales, new Tensor(new long[] {4}, new float[] {1, 1, times, times}));
            return graph.node(
                    "",
                    "Resize",
                    List.of(map, "", factors),
                    attribute("mode", "nearest"),
                    attribute("coordinate_transformation_mode", "asymmetric"),
                    attribute("nearest_mode", "floor"));
        }
        return map;
    }
}
