package io.baigong.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.baigong.compute.ImageEncoderGraph;
import io.baigong.compute.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The shared image encoder's nodes in PyTorch, so that its convolutions learn. Not thread-safe. The arrays belong to the manager given.
 *
 * <p>Learned are kernels and biases of the convolutions past the maps that are frozen; constants of formulas, factors after convolutions and the
 * statistics of its one normalisation stay.
 */
final class EncoderArrays {
    /** Channels of all maps side by side. */
    static final int CHANNELS =
            ImageEncoderGraph.CHANNELS.stream().mapToInt(Integer::intValue).sum();

    private final ImageEncoderGraph graph;
    private final int cell;
    private final Map<String, NDArray> learned = new LinkedHashMap<>();
    private final Map<String, NDArray> fixed = new LinkedHashMap<>();

    /**
     * The encoder as it ships.
     *
     * @param cell side of a cell, in pixels: 4, 8, 16 or 32
     * @param frozen maps that stay as they are, the finest first
     */
    EncoderArrays(int cell, int frozen, NDManager manager) {
        if (cell != 4 && cell != 8 && cell != 16 && cell != 32) {
            throw new IllegalArgumentException("an encoder's cells have 4, 8, 16 or 32 pixels a side, not " + cell);
        }
        if (frozen < 0 || frozen > ImageEncoderGraph.MAPS.size()) {
            throw new IllegalArgumentException("an encoder has %d maps, of which %d can't be frozen"
                    .formatted(ImageEncoderGraph.MAPS.size(), frozen));
        }
        this.cell = cell;
        try {
            graph = ImageEncoderGraph.shipped();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean learns = frozen == 0;
        for (NodeProto node : graph.nodes()) {
            if (learns && node.getOpType().equals("Conv")) {
                for (String name : node.getInputList().subList(1, node.getInputCount())) {
                    NDArray array = array(name, manager);
                    array.setRequiresGradient(true);
                    learned.put(name, array);
                }
            }
            learns |= frozen > 0 && node.getOutput(0).equals(ImageEncoderGraph.MAPS.get(frozen - 1));
        }
        for (String name : graph.constants().keySet()) {
            if (!learned.containsKey(name)) {
                fixed.put(name, array(name, manager));
            }
        }
        fixed.put("mean", of(ImageEncoderGraph.mean(), manager));
        fixed.put("deviation", of(ImageEncoderGraph.deviation(), manager));
    }

    private NDArray array(String name, NDManager manager) {
        return of(Objects.requireNonNull(graph.constants().get(name), name), manager);
    }

    private static NDArray of(Tensor tensor, NDManager manager) {
        return manager.create(tensor.values(), new Shape(tensor.shape()));
    }

    /** The arrays that learn, by their names in the encoder's graph. */
    Map<String, NDArray> learned() {
        return learned;
    }

    /** All constants of the graph, by name, as they are now. */
    Map<String, Tensor> constants() {
        var constants = new LinkedHashMap<String, Tensor>();
        graph.constants().forEach((name, shipped) -> {
            NDArray array = learned.get(name);
            constants.put(name, array == null ? shipped : new Tensor(shipped.shape(), array.toFloatArray()));
        });
        return constants;
    }

    /** Pictures {@code [images, 1 or 3, rows, columns]} to {@code [images, 720, rows / cell, columns / cell]}. */
    NDArray cells(NDArray pictures) {
        NDArray three = pictures.getShape().get(1) == 3 ? pictures : pictures.repeat(1, 3);
        var values = new HashMap<String, NDArray>();
        values.put(ImageEncoderGraph.INPUT, three.sub(fixed("mean")).div(fixed("deviation")));
        for (NodeProto node : graph.nodes()) {
            values.put(node.getOutput(0), of(node, values));
        }
        var maps = new NDList();
        for (int map = 0; map < ImageEncoderGraph.MAPS.size(); map++) {
            maps.add(inCells(value(values, ImageEncoderGraph.MAPS.get(map)), 4 << map));
        }
        return NDArrays.concat(maps, 1);
    }

    private NDArray inCells(NDArray map, int step) {
        if (step < cell) {
            Shape side = new Shape(cell / step, cell / step);
            return Pool.avgPool2d(map, side, side, new Shape(0, 0), false, true);
        }
        return step == cell ? map : map.repeat(2, step / cell).repeat(3, step / cell);
    }

    private NDArray fixed(String name) {
        return Objects.requireNonNull(fixed.get(name), name);
    }

    private NDArray value(Map<String, NDArray> values, String name) {
        NDArray value = values.getOrDefault(name, learned.getOrDefault(name, fixed.get(name)));
        return Objects.requireNonNull(value, name);
    }

    private NDArray of(NodeProto node, Map<String, NDArray> values) {
        List<NDArray> in =
                node.getInputList().stream().map(name -> value(values, name)).toList();
        return switch (node.getOpType()) {
            case "Conv" -> convolution(node, in);
            case "BatchNormalization" -> {
                Shape shape = new Shape(1, -1, 1, 1);
                NDArray scale = in.get(1)
                        .div(in.get(4).add(number(node, "epsilon", 1e-5f)).sqrt());
                yield in.getFirst()
                        .sub(in.get(3).reshape(shape))
                        .mul(scale.reshape(shape))
                        .add(in.get(2).reshape(shape));
            }
            case "Add" -> later(in).add(earlier(in));
            case "Mul" -> later(in).mul(earlier(in));
            case "Div" -> in.getFirst().div(in.get(1));
            case "Clip" -> in.getFirst().clip(in.get(1).getFloat(), in.get(2).getFloat());
            case "Relu" -> Activation.relu(in.getFirst());
            case "GlobalAveragePool" -> in.getFirst().mean(new int[] {3}, true).mean(new int[] {2}, true);
            case "HardSigmoid" -> {
                NDArray x = in.getFirst();
                NDArray slope = x.getManager().create(number(node, "alpha", 0.2f));
                yield x.mul(slope).add(number(node, "beta", 0.5f)).clip(0, 1);
            }
            default -> throw new IllegalStateException("an encoder has no node " + node.getOpType());
        };
    }

    /** The larger of two comes first: its scope is the batch's, to which the result then belongs. */
    private static NDArray later(List<NDArray> two) {
        return two.getFirst().size() >= two.get(1).size() ? two.getFirst() : two.get(1);
    }

    private static NDArray earlier(List<NDArray> two) {
        return two.getFirst().size() >= two.get(1).size() ? two.get(1) : two.getFirst();
    }

    private static NDArray convolution(NodeProto node, List<NDArray> in) {
        return Conv2d.conv2d(
                        in.getFirst(),
                        in.get(1),
                        in.size() > 2 ? in.get(2) : null,
                        shape(node, "strides", 1),
                        shape(node, "pads", 0),
                        shape(node, "dilations", 1),
                        (int) attribute(node, "group").getI())
                .singletonOrThrow();
    }

    /** The first two numbers of a list: rows, columns; padding is the same at both ends. */
    private static Shape shape(NodeProto node, String name, long otherwise) {
        AttributeProto attribute = attribute(node, name);
        return attribute.getIntsCount() == 0
                ? new Shape(otherwise, otherwise)
                : new Shape(attribute.getInts(0), attribute.getInts(1));
    }

    private static float number(NodeProto node, String name, float otherwise) {
        AttributeProto attribute = attribute(node, name);
        return attribute.hasF() ? attribute.getF() : otherwise;
    }

    private static AttributeProto attribute(NodeProto node, String name) {
        return node.getAttributeList().stream()
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElse(AttributeProto.getDefaultInstance());
    }
}
