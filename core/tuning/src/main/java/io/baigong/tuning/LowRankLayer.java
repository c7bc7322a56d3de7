package io.baigong.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import io.baigong.spi.Adaptation;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is added to a dense layer: {@code scale * B A}, with A {@code [rank, in]} Gaussian at first and B {@code [out, rank]} zero, so that
 * nothing is added at first. Source: Hu et al. 2021 (arXiv 2106.09685), section 4.1. The arrays belong to the manager.
 */
final class LowRankLayer {
    private final NDArray a;
    private final NDArray b;

    /** An array, not a number: see {@link NetLoss}. */
    private final NDArray scale;

    /** @param layer shape of the dense layer, {@code [out, in]} */
    LowRankLayer(Shape layer, Adaptation.LowRank by, NDManager manager) {
        long in = layer.get(1);
        a = manager.randomNormal(0, (float) (1 / Math.sqrt((double) in)), new Shape(by.rank(), in), DataType.FLOAT32);
        b = manager.zeros(new Shape(layer.get(0), by.rank()));
        scale = manager.create((float) (by.alpha() / by.rank()));
        a.setRequiresGradient(true);
        b.setRequiresGradient(true);
    }

    /** What learns. */
    Map<String, NDArray> arrays() {
        var arrays = new LinkedHashMap<String, NDArray>();
        arrays.put("a", a);
        arrays.put("b", b);
        return arrays;
    }

    /** What is added for {@code x [..., in]}. */
    NDArray of(NDArray x) {
        NDArray inner = Linear.linear(x, a).singletonOrThrow();
        return Linear.linear(inner, b).singletonOrThrow().mul(scale);
    }

    /** The layer's weight with what is added to it, {@code [out, in]}. */
    float[] merged(NDArray weight) {
        try (NDManager scope = weight.getManager().newSubManager()) {
            NDArray added = b.matMul(a).mul(scale);
            added.attach(scope);
            NDArray sum = weight.add(added);
            sum.attach(scope);
            return sum.toFloatArray();
        }
    }
}
