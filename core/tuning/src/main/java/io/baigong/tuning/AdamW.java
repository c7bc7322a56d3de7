package io.baigong.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * AdamW (Loshchilov and Hutter 2019, arXiv 1711.05101) by DJL's kernel and with its constants; DJL's own optimiser has no state that can be kept. Not
 * thread-safe. Its arrays belong to the managers of the weights.
 */
final class AdamW implements Checkpoints.State {
    private static final float BETA_1 = 0.9f;
    private static final float BETA_2 = 0.999f;
    private static final float EPSILON = 1e-8f;
    private static final float NO_CLIPPING = -1;

    private final Map<String, NDArray> weights;
    private final Map<String, NDArray> means = new LinkedHashMap<>();
    private final Map<String, NDArray> variances = new LinkedHashMap<>();

    AdamW(Map<String, NDArray> weights) {
        this.weights = weights;
        weights.forEach((name, weight) -> {
            means.put(name, weight.zerosLike());
            variances.put(name, weight.zerosLike());
        });
    }

    /** How a weight is stepped. */
    interface Rates {
        double rate(String weight);

        double decay(String weight);
    }

    /**
     * Takes a step by the gradients, and forgets these.
     *
     * @param count of steps with this one
     */
    void update(long count, Rates rates) {
        double correction = Math.sqrt(1 - Math.pow(BETA_2, (double) count)) / (1 - Math.pow(BETA_1, (double) count));
        weights.forEach((name, weight) -> {
            float rate = (float) rates.rate(name);
            try (NDArray gradient = weight.getGradient()) {
                weight.getNDArrayInternal()
                        .adamUpdate(
                                new NDList(weight, gradient, means.get(name), variances.get(name)),
                                new NDList(weight),
                                rate,
                                (float) (rate * correction),
                                (float) rates.decay(name),
                                1,
                                NO_CLIPPING,
                                BETA_1,
                                BETA_2,
                                EPSILON,
                                true,
                                true);
                gradient.muli(0);
            }
        });
    }

    /** The weights too. */
    @Override
    public void save(DataOutputStream out) throws IOException {
        Numbers.write(weights, out);
        Numbers.write(means, out);
        Numbers.write(variances, out);
    }

    @Override
    public void restore(DataInputStream in) throws IOException {
        Numbers.read(weights, in);
        Numbers.read(means, in);
        Numbers.read(variances, in);
    }
}
