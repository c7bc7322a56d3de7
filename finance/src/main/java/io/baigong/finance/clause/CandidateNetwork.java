package io.baigong.finance.clause;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A perceptron with one hidden layer of rectified linear units over the features and the type of a passage. Immutable.
 *
 * @param weights of the hidden units, {@code [features, units]}
 * @param types for each type by its CUAD name the bias of each hidden unit, {@code [units]}
 * @param output weights of the hidden units' outputs, {@code [units]}
 * @param bias of the output
 */
@SuppressWarnings("ArrayRecordComponent")
record CandidateNetwork(float[][] weights, Map<String, float[]> types, float[] output, float bias) {
    private static final int UNITS = 64;
    private static final int EPOCHS = 8;
    private static final int BATCH = 512;
    private static final float RATE = 2e-3f;

    CandidateNetwork {
        boolean shaped = Arrays.stream(weights).allMatch(row -> row.length == output.length);
        if (weights.length != ClauseCandidate.FEATURES || !shaped) {
            throw new IllegalArgumentException("a network weighs %d features for each of its %d units"
                    .formatted(ClauseCandidate.FEATURES, output.length));
        }
        for (ClauseType type : ClauseType.values()) {
            float[] own = types.get(type.cuadName());
            if (own == null || own.length != output.length) {
                throw new IllegalArgumentException("a network has " + output.length + " biases for " + type.cuadName());
            }
        }
    }

    /**
     * A passage to learn from.
     *
     * @param input standardised features
     * @param right whether lawyers marked it
     */
    record Example(float[] input, ClauseType type, boolean right) {}

    /** The probability that a passage is right. */
    double probability(float[] input, ClauseType type) {
        return logistic(activate(input, type, new float[output.length]));
    }

    private static double logistic(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    /** Fills in the hidden units' outputs and returns the logit. */
    private float activate(float[] input, ClauseType type, float[] hidden) {
        System.arraycopy(requireNonNull(types.get(type.cuadName())), 0, hidden, 0, hidden.length);
        for (int feature = 0; feature < input.length; feature++) {
            addScaled(hidden, weights[feature], input[feature]);
        }
        float logit = bias;
        for (int unit = 0; unit < hidden.length; unit++) {
            hidden[unit] = Math.max(0, hidden[unit]);
            logit += output[unit] * hidden[unit];
        }
        return logit;
    }

    private static void addScaled(float[] sum, float[] values, float scale) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += scale * values[i];
        }
    }

    /**
     * Fits to examples by log-loss with Adam (Kingma and Ba 2015, arXiv 1412.6980) over shuffled batches; weights begin as Glorot
     * and Bengio (2010) propose. The same examples and seed make the same network.
     */
    static CandidateNetwork fit(List<Example> examples, long seed) {
        var random = new Random(seed);
        int inputs = ClauseCandidate.FEATURES + ClauseType.values().length;
        float[][] weights = new float[ClauseCandidate.FEATURES][];
        Arrays.setAll(weights, i -> uniform(random, UNITS, inputs + UNITS));
        Map<String, float[]> types = new LinkedHashMap<>();
        for (ClauseType type : ClauseType.values()) {
            types.put(type.cuadName(), uniform(random, UNITS, inputs + UNITS));
        }
        var network = new CandidateNetwork(weights, types, uniform(random, UNITS, UNITS + 1), 0);
        return new Fit(network).over(examples, random);
    }

    private static float[] uniform(Random random, int count, int fan) {
        float bound = (float) Math.sqrt(6.0 / fan);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = bound * (2 * random.nextFloat() - 1);
        }
        return values;
    }

    /** The state of a fit. */
    private static final class Fit {
        private final CandidateNetwork network;
        private final Adam[] weights;
        private final Map<String, Adam> types = new LinkedHashMap<>();
        private final Adam output;
        private final float[] bias = new float[1];
        private final Adam biasAdam = new Adam(bias);
        private final float[] hidden = new float[UNITS];
        private final float[] slope = new float[UNITS];

        Fit(CandidateNetwork network) {
            this.network = network;
            this.weights = Arrays.stream(network.weights).map(Adam::new).toArray(Adam[]::new);
            network.types.forEach((name, biases) -> types.put(name, new Adam(biases)));
            this.output = new Adam(network.output);
        }

        CandidateNetwork over(List<Example> examples, Random random) {
            int[] order = new int[examples.size()];
            Arrays.setAll(order, i -> i);
            int step = 0;
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                shuffle(order, random);
                for (int from = 0; from < order.length; from += BATCH) {
                    int to = Math.min(order.length, from + BATCH);
                    for (int i = from; i < to; i++) {
                        learn(examples.get(order[i]), 1f / (to - from));
                    }
                    step++;
                    step(step);
                }
            }
            return new CandidateNetwork(network.weights, network.types, network.output, bias[0]);
        }

        private static void shuffle(int[] order, Random random) {
            for (int i = order.length - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                int kept = order[i];
                order[i] = order[other];
                order[other] = kept;
            }
        }

        private void learn(Example example, float share) {
            float logit = network.activate(example.input, example.type, hidden) + bias[0];
            float error = share * (float) (logistic(logit) - (example.right ? 1 : 0));
            addScaled(output.gradient, hidden, error);
            biasAdam.gradient[0] += error;
            for (int unit = 0; unit < UNITS; unit++) {
                slope[unit] = hidden[unit] > 0 ? error * network.output[unit] : 0;
            }
            addScaled(requireNonNull(types.get(example.type.cuadName())).gradient, slope, 1);
            for (int feature = 0; feature < weights.length; feature++) {
                addScaled(weights[feature].gradient, slope, example.input[feature]);
            }
        }

        private void step(int number) {
            for (Adam each : weights) {
                each.step(number);
            }
            for (Adam each : types.values()) {
                each.step(number);
            }
            output.step(number);
            biasAdam.step(number);
        }
    }

    /** Adam's state for one vector of weights. */
    private static final class Adam {
        private final float[] weights;
        private final float[] gradient;
        private final float[] mean;
        private final float[] square;

        Adam(float[] weights) {
            this.weights = weights;
            this.gradient = new float[weights.length];
            this.mean = new float[weights.length];
            this.square = new float[weights.length];
        }

        void step(int number) {
            float rate = (float) (RATE * Math.sqrt(1 - Math.pow(0.999, number)) / (1 - Math.pow(0.9, number)));
            for (int i = 0; i < weights.length; i++) {
                mean[i] = 0.9f * mean[i] + 0.1f * gradient[i];
                square[i] = 0.999f * square[i] + 0.001f * gradient[i] * gradient[i];
                weights[i] -= rate * mean[i] / ((float) Math.sqrt(square[i]) + 1e-8f);
                gradient[i] = 0;
            }
        }
    }
}
