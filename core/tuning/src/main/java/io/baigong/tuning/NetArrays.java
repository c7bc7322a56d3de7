package io.baigong.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import io.baigong.compute.NetLayer;
import io.baigong.compute.Tensor;
import io.baigong.spi.NetSpec;
import io.baigong.spi.NetSpec.Layer;
import io.baigong.spi.TensorExamples;
import io.baigong.spi.TensorExamples.Example;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A net's numbers while it learns, and what becomes of them when it is served.
 *
 * <p>Not thread-safe. The arrays belong to the manager given. Weights begin as He et al. 2015 (arXiv 1502.01852) have it, those
 * of the last layer a tenth of that; biases at 0, but for yes-or-no outputs at odds of 1 to 100 (arXiv 1708.02002, section 4.1).
 *
 * <p>A convolution's outputs are carried padded with zeros to a multiple of 16: oneDNN 3.7, which PyTorch 2.7 calls, otherwise reads
 * channels that nobody wrote when it goes backward, and gradients turn to whatever lay in memory. The zeros take part in nothing.
 */
final class NetArrays {
    private static final int LOOK = 256;
    private static final double LEAST_DEVIATION = 1e-4;
    private static final float PRIOR = -4.6f;
    private static final int LANES = 16;

    private final NetSpec spec;
    private final Map<String, NDArray> learned = new LinkedHashMap<>();
    private final Map<String, NDArray> fixed = new LinkedHashMap<>();

    /** The shapes without padding. */
    private final Map<String, Shape> shapes = new LinkedHashMap<>();

    NetArrays(NetSpec spec, TensorExamples examples, Random random, NDManager manager) {
        this.spec = spec;
        int last = -1;
        for (int i = 0; i < spec.layers().size(); i++) {
            if (spec.layers().get(i) instanceof Layer.Dense || spec.layers().get(i) instanceof Layer.Convolution) {
                last = i;
            }
        }
        int width = spec.input().getFirst();
        int cells = spec.input().stream().skip(1).reduce(1, (a, b) -> a * b);
        boolean convolved = false;
        for (int i = 0; i < spec.layers().size(); i++) {
            switch (spec.layers().get(i)) {
                case Layer.Standardise() -> {
                    if (i != 0) {
                        throw new IllegalArgumentException("only the first layer can standardise");
                    }
                    standardise(examples, width, cells, random, manager);
                }
                case Layer.Dense(int outputs) -> {
                    Shape shape = new Shape(outputs, (long) width * cells);
                    weight(i, shape, shape, i == last, random, manager);
                    width = outputs;
                    cells = 1;
                }
                case Layer.Convolution(int outputs, int kernel) -> {
                    if (spec.input().size() != 3 || kernel % 2 == 0) {
                        throw new IllegalArgumentException("a convolution has an odd kernel and goes over maps");
                    }
                    Shape carried = new Shape(padded(outputs), convolved ? padded(width) : width, kernel, kernel);
                    weight(i, new Shape(outputs, width, kernel, kernel), carried, i == last, random, manager);
                    width = outputs;
                    convolved = true;
                }
                case Layer.Relu(), Layer.Dropout(double _) -> {}
            }
        }
    }

    private static int padded(int channels) {
        return (channels + LANES - 1) / LANES * LANES;
    }

    private void weight(int layer, Shape shape, Shape carried, boolean last, Random random, NDManager manager) {
        long inputs = shape.size() / shape.get(0);
        double deviation = Math.sqrt(2.0 / inputs) * (last ? 0.1 : 1);
        float[] values = new float[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        float[] bias = new float[(int) shape.get(0)];
        if (last) {
            int unlikely = switch (spec.objective()) {
                case NetSpec.Objective.Classes() -> 0;
                case NetSpec.Objective.Marks(double _) -> bias.length;
                case NetSpec.Objective.Boxes(int classes) -> classes;
            };
            java.util.Arrays.fill(bias, 0, unlikely, PRIOR);
        }
        learn(layer + ".weight", values, shape, carried, manager);
        learn(layer + ".bias", bias, new Shape(shape.get(0)), new Shape(carried.get(0)), manager);
    }

    private void learn(String name, float[] values, Shape shape, Shape carried, NDManager manager) {
        float[] all = new float[(int) carried.size()];
        int rows = (int) shape.get(0);
        int row = values.length / rows;
        int carriedRow = (int) (carried.size() / carried.get(0));
        for (int i = 0; i < rows; i++) {
            System.arraycopy(values, i * row, all, i * carriedRow, row);
        }
        NDArray array = manager.create(all, carried);
        array.setRequiresGradient(true);
        learned.put(name, array);
        shapes.put(name, shape);
    }

    /** Without the padding: {@code carried}'s rows and, where it has them, columns beyond the shape are left out. */
    private static NDArray unpadded(NDArray carried, Shape shape) {
        if (carried.getShape().equals(shape)) {
            return carried;
        }
        NDArray rows = carried.get("0:" + shape.get(0));
        return shape.dimension() == 1 ? rows : rows.get(":, 0:" + shape.get(1));
    }

    private void standardise(TensorExamples examples, int width, int cells, Random random, NDManager manager) {
        int looks = Math.min(LOOK, examples.size());
        double[] sum = new double[width];
        double[] squares = new double[width];
        for (int look = 0; look < looks; look++) {
            float[] input = examples.example((int) ((long) look * examples.size() / looks), random)
                    .input();
            for (int channel = 0; channel < width; channel++) {
                for (int cell = 0; cell < cells; cell++) {
                    double value = input[channel * cells + cell];
                    sum[channel] += value;
                    squares[channel] += value * value;
                }
            }
        }
        float[] scale = new float[width];
        float[] shift = new float[width];
        double count = (double) looks * cells;
        for (int channel = 0; channel < width; channel++) {
            double mean = sum[channel] / count;
            double deviation = Math.sqrt(Math.max(0, squares[channel] / count - mean * mean));
            scale[channel] = deviation < LEAST_DEVIATION ? 0 : (float) (1 / deviation);
            shift[channel] = (float) -mean * scale[channel];
        }
        fixed.put("0.scale", manager.create(scale));
        fixed.put("0.shift", manager.create(shift));
    }

    /** A batch as one array, in the net's shape with the examples first. */
    NDArray input(List<Example> batch, NDManager scope) {
        int each = spec.input().stream().reduce(1, (a, b) -> a * b);
        float[] values = new float[batch.size() * each];
        for (int i = 0; i < batch.size(); i++) {
            if (batch.get(i).input().length != each) {
                throw new IllegalArgumentException("an example has %d numbers, the net takes %s"
                        .formatted(batch.get(i).input().length, spec.input()));
            }
            System.arraycopy(batch.get(i).input(), 0, values, i * each, each);
        }
        var shape = new ArrayList<Long>();
        shape.add((long) batch.size());
        spec.input().forEach(extent -> shape.add((long) extent));
        return scope.create(values, new Shape(shape));
    }

    /** What the last layer gives, before softmax or sigmoid. */
    NDArray forward(NDArray input, boolean training) {
        NDArray x = input;
        int width = spec.input().getFirst();
        for (int i = 0; i < spec.layers().size(); i++) {
            if (spec.layers().get(i) instanceof Layer.Convolution(int outputs, int _)) {
                width = outputs;
            }
            x = switch (spec.layers().get(i)) {
                case Layer.Standardise() -> {
                    Shape shape =
                            spec.input().size() == 3 ? new Shape(1, spec.input().getFirst(), 1, 1) : new Shape(1, -1);
                    yield x.mul(array(fixed, "0.scale").reshape(shape))
                            .add(array(fixed, "0.shift").reshape(shape));
                }
                case Layer.Dense(int _) -> {
                    NDArray flat = x.getShape().dimension() == 2
                            ? x
                            : channels(x, width).reshape(x.getShape().get(0), -1);
                    yield Linear.linear(flat, array(learned, i + ".weight"), array(learned, i + ".bias"))
                            .singletonOrThrow();
                }
                case Layer.Convolution(int _, int kernel) ->
                    Conv2d.conv2d(
                                    x,
                                    array(learned, i + ".weight"),
                                    array(learned, i + ".bias"),
                                    new Shape(1, 1),
                                    new Shape(kernel / 2, kernel / 2),
                                    new Shape(1, 1))
                            .singletonOrThrow();
                case Layer.Relu() -> Activation.relu(x);
                case Layer.Dropout(double share) ->
                    training ? Dropout.dropout(x, (float) share, true).singletonOrThrow() : x;
            };
        }
        return x.getShape().dimension() == 4 ? channels(x, width) : x;
    }

    private static NDArray channels(NDArray maps, int width) {
        return maps.getShape().get(1) == width ? maps : maps.get(":, 0:" + width);
    }

    private static NDArray array(Map<String, NDArray> arrays, String name) {
        return java.util.Objects.requireNonNull(arrays.get(name), name);
    }

    /** The arrays that learn, by name. */
    Map<String, NDArray> learned() {
        return learned;
    }

    /** The layers as they are served, the objective's last step at the end; dropouts keep their place as numbers only. */
    List<NetLayer> layers() {
        var layers = new ArrayList<NetLayer>();
        for (Layer layer : spec.layers()) {
            switch (layer) {
                case Layer.Standardise() -> layers.add(NetLayer.of(NetLayer.Kind.AFFINE));
                case Layer.Dense(int outputs) -> layers.add(new NetLayer(NetLayer.Kind.DENSE, outputs, 0));
                case Layer.Convolution(int outputs, int kernel) ->
                    layers.add(new NetLayer(NetLayer.Kind.CONVOLUTION, outputs, kernel));
                case Layer.Relu() -> layers.add(NetLayer.of(NetLayer.Kind.RELU));
                case Layer.Dropout(double _) -> {}
            }
        }
        switch (spec.objective()) {
            case NetSpec.Objective.Classes() -> layers.add(NetLayer.of(NetLayer.Kind.SOFTMAX));
            case NetSpec.Objective.Marks(double _) -> layers.add(NetLayer.of(NetLayer.Kind.SIGMOID));
            case NetSpec.Objective.Boxes(int _) -> {}
        }
        return layers;
    }

    /** All numbers by the names of the served layers. */
    Map<String, Tensor> tensors() {
        var tensors = new LinkedHashMap<String, Tensor>();
        int served = 0;
        for (int i = 0; i < spec.layers().size(); i++) {
            if (spec.layers().get(i) instanceof Layer.Dropout) {
                continue;
            }
            for (String part : List.of("scale", "shift", "weight", "bias")) {
                NDArray array = learned.getOrDefault(i + "." + part, fixed.get(i + "." + part));
                if (array != null) {
                    NDArray real = unpadded(array, shapes.getOrDefault(i + "." + part, array.getShape()));
                    var tensor = new Tensor(real.getShape().getShape(), real.toFloatArray());
                    boolean dense = spec.layers().get(i) instanceof Layer.Dense && part.equals("weight");
                    tensors.put(served + "." + part, dense ? tensor.transposed() : tensor);
                }
            }
            served++;
        }
        return tensors;
    }
}
