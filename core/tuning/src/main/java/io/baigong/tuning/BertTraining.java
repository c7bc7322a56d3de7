package io.baigong.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import io.baigong.compute.BaseEncoder;
import io.baigong.compute.Tensor;
import io.baigong.spi.Adaptation;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A BERT encoder as arrays that can be tuned: the lower blocks stay as they are, the upper ones learn.
 *
 * <p>Not thread-safe. The arrays belong to the manager given. Source: Devlin et al. 2019 (arXiv 1810.04805), section 3.
 */
final class BertTraining {
    private static final float DROPOUT = 0.1f;

    private final BaseEncoder base;
    private final int layers;
    private final int frozenLayers;
    private final Map<String, NDArray> weights = new LinkedHashMap<>();

    /** Of adapted dense layers, by their names. */
    private final Map<String, LowRankLayer> adapted = new LinkedHashMap<>();

    private final Adaptation adaptation;

    /** Of the attention's products; an array, not a number: see {@link NetLoss}. */
    private final NDArray scale;

    /**
     * Takes the base's weights over.
     *
     * @param layers how many blocks are kept, from the bottom
     * @param frozenLayers how many of them don't learn; the embeddings never do
     * @param adaptation what of the others learns
     */
    BertTraining(
            BaseEncoder base,
            Map<String, Tensor> tensors,
            int layers,
            int frozenLayers,
            Adaptation adaptation,
            NDManager manager) {
        if (layers < 1 || layers > base.layers() || frozenLayers < 0 || frozenLayers > layers) {
            throw new IllegalArgumentException("of %d layers, %d kept and %d of these frozen is not possible"
                    .formatted(base.layers(), layers, frozenLayers));
        }
        this.base = base;
        this.layers = layers;
        this.frozenLayers = frozenLayers;
        this.adaptation = adaptation;
        this.scale = manager.create((float) (1 / Math.sqrt((double) base.width() / base.heads())));
        tensors.forEach((name, tensor) -> {
            int layer = layer(name);
            if (layer >= layers) {
                return;
            }
            NDArray array = array(layer >= 0 && tensor.shape().length == 2 ? tensor.transposed() : tensor, manager);
            array.setRequiresGradient(layer >= frozenLayers && adaptation instanceof Adaptation.Full);
            weights.put(name, array);
            if (layer >= frozenLayers && adaptation instanceof Adaptation.LowRank by && isAdapted(name, by.layers())) {
                adapted.put(name, new LowRankLayer(array.getShape(), by, manager));
            }
        });
    }

    private static boolean isAdapted(String name, Adaptation.Layers layers) {
        return switch (layers) {
            case QUERY_AND_VALUE ->
                name.endsWith("attention.self.query.weight") || name.endsWith("attention.self.value.weight");
            case ALL -> name.endsWith(".weight") && !name.contains("LayerNorm");
        };
    }

    private static NDArray array(Tensor tensor, NDManager manager) {
        return manager.create(tensor.values(), new Shape(tensor.shape()));
    }

    /** Which block a weight belongs to; -1 for the embeddings. */
    private static int layer(String name) {
        return name.startsWith("encoder.layer.") ? Integer.parseInt(name.split("\\.", -1)[2]) : -1;
    }

    /** The arrays that learn, by name. */
    Map<String, NDArray> tuned() {
        var tuned = new LinkedHashMap<String, NDArray>();
        weights.forEach((name, array) -> {
            LowRankLayer layer = adapted.get(name);
            if (layer != null) {
                layer.arrays().forEach((part, learns) -> tuned.put(name + "." + part, learns));
            } else if (layer(name) >= frozenLayers && adaptation instanceof Adaptation.Full) {
                tuned.put(name, array);
            }
        });
        return tuned;
    }

    /** The weights of the tuned blocks as they are served: what was adapted in one matrix, as {@link BaseEncoder#weights} shapes them. */
    Map<String, Tensor> tunedTensors() {
        var tensors = new LinkedHashMap<String, Tensor>();
        weights.forEach((name, array) -> {
            if (layer(name) >= frozenLayers) {
                LowRankLayer layer = adapted.get(name);
                float[] values = layer == null ? array.toFloatArray() : layer.merged(array);
                var tensor = new Tensor(array.getShape().getShape(), values);
                tensors.put(name, tensor.shape().length == 2 ? tensor.transposed() : tensor);
            }
        });
        return tensors;
    }

    /**
     * Runs the encoder.
     *
     * @param ids {@code [sequences, tokens]}
     * @param mask {@code [sequences, 1, 1, tokens]}, 0 for a token and a large negative number for padding
     * @param training whether blocks that learn drop out
     * @return {@code [sequences, tokens, width]}
     */
    NDArray forward(NDArray ids, NDArray mask, boolean training) {
        long tokens = ids.getShape().get(1);
        NDArray words = Embedding.embedding(ids, weight("embeddings.word_embeddings.weight"), SparseFormat.DENSE)
                .singletonOrThrow();
        NDArray positions = weight("embeddings.position_embeddings.weight")
                .get("0:" + tokens)
                .expandDims(0);
        NDArray types =
                weight("embeddings.token_type_embeddings.weight").get("0:1").expandDims(0);
        NDArray hidden = norm(words.add(types).add(positions), "embeddings.LayerNorm");
        for (int layer = 0; layer < layers; layer++) {
            hidden = block(hidden, mask, "encoder.layer." + layer, training && layer >= frozenLayers);
        }
        return hidden;
    }

    private NDArray block(NDArray hidden, NDArray mask, String name, boolean drops) {
        NDArray attended = dense(attention(hidden, mask, name), name + ".attention.output.dense");
        NDArray first = norm(drop(attended, drops).add(hidden), name + ".attention.output.LayerNorm");
        NDArray inner = Activation.gelu(dense(first, name + ".intermediate.dense"));
        NDArray outer = dense(inner, name + ".output.dense");
        return norm(drop(outer, drops).add(first), name + ".output.LayerNorm");
    }

    private NDArray attention(NDArray hidden, NDArray mask, String name) {
        NDArray query = heads(dense(hidden, name + ".attention.self.query"));
        NDArray key = heads(dense(hidden, name + ".attention.self.key"));
        NDArray value = heads(dense(hidden, name + ".attention.self.value"));
        NDArray attention =
                query.mul(scale).matMul(key.transpose(0, 1, 3, 2)).add(mask).softmax(-1);
        return attention.matMul(value).transpose(0, 2, 1, 3).reshape(hidden.getShape());
    }

    private NDArray heads(NDArray x) {
        Shape shape = x.getShape();
        return x.reshape(shape.get(0), shape.get(1), base.heads(), base.width() / base.heads())
                .transpose(0, 2, 1, 3);
    }

    private NDArray dense(NDArray x, String name) {
        NDArray y = linear(x, weight(name + ".weight"), weight(name + ".bias"));
        LowRankLayer layer = adapted.get(name + ".weight");
        return layer == null ? y : y.add(layer.of(x));
    }

    /** {@code x [..., in]} times {@code weight [out, in]} plus {@code bias [out]}. */
    static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
        return Linear.linear(x, weight, bias).singletonOrThrow();
    }

    private NDArray norm(NDArray x, String name) {
        return LayerNorm.layerNorm(
                        x,
                        new Shape(base.width()),
                        weight(name + ".weight"),
                        weight(name + ".bias"),
                        BaseEncoder.LAYER_NORM_EPSILON)
                .singletonOrThrow();
    }

    private static NDArray drop(NDArray x, boolean drops) {
        return drops ? Dropout.dropout(x, DROPOUT, true).singletonOrThrow() : x;
    }

    private NDArray weight(String name) {
        NDArray weight = weights.get(name);
        if (weight == null) {
            throw new IllegalStateException("the base encoder has no weight " + name);
        }
        return weight;
    }
}
