package io.baigong.finance.clause;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import io.baigong.spi.Models;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * How sure a passage is: a logistic regression over what is known of it, learned on contracts that the tagger has not seen.
 *
 * <p>Immutable. It belongs to one version of the tagger and lies beside it as {@value #FILE}.
 *
 * @param likely confidence from which on a review takes the clause as present
 * @param means of the features, {@code [features]}
 * @param scales their standard deviations, {@code [features]}
 * @param weights of the standardised features, for all types, {@code [features]}
 * @param typeWeights for each type by its CUAD name, a bias and weights of some features, {@code [1 + TYPE_FEATURES]}
 */
@SuppressWarnings("ArrayRecordComponent")
public record ClauseRanker(
        double likely, double[] means, double[] scales, double[] weights, Map<String, double[]> typeWeights) {
    /** The file beside the tagger's own. */
    public static final String FILE = "ranker.json";

    /** Features that each type weighs for itself: log-odds of the mean, length and its square, distance from the best. */
    private static final int[] TYPE_FEATURES = {0, 5, 6, 7};

    private static final int STEPS = 1500;
    private static final double RATE = 0.05;
    private static final double SHARED_RIDGE = 1e-7;
    private static final double TYPE_RIDGE = 1e-5;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    public ClauseRanker {
        int features = ClauseCandidate.FEATURES;
        if (means.length != features || scales.length != features || weights.length != features) {
            throw new IllegalArgumentException("a ranker has %d features, not %d means, %d scales and %d weights"
                    .formatted(features, means.length, scales.length, weights.length));
        }
        for (ClauseType type : ClauseType.values()) {
            double[] own = typeWeights.get(type.cuadName());
            if (own == null || own.length != 1 + TYPE_FEATURES.length) {
                throw new IllegalArgumentException(
                        "a ranker has " + (1 + TYPE_FEATURES.length) + " weights for " + type.cuadName());
            }
        }
    }

    private static Map<String, double[]> zeros() {
        return Arrays.stream(ClauseType.values())
                .collect(Collectors.toMap(
                        ClauseType::cuadName,
                        type -> new double[1 + TYPE_FEATURES.length],
                        (first, second) -> first,
                        LinkedHashMap::new));
    }

    /**
     * The ranker beside the tagger of that role. Without one the passage's own score is taken as it is. Throws
     * {@link ModelException} when there is one that can't be read.
     */
    static ClauseRanker beside(Models models, String role) {
        return models.beside(role, FILE)
                .map(bytes -> {
                    try {
                        return read(new ByteArrayInputStream(bytes));
                    } catch (IOException e) {
                        throw new ModelException(
                                ErrorCode.Model.UNAVAILABLE,
                                FILE + " beside the model of role " + role + " is not a ranker: " + e.getMessage(),
                                e);
                    }
                })
                .orElseGet(ClauseRanker::untrained);
    }

    /** Takes the mean of a passage's token scores as its confidence. */
    private static ClauseRanker untrained() {
        int features = ClauseCandidate.FEATURES;
        double[] ones = new double[features];
        Arrays.fill(ones, 1);
        double[] weights = new double[features];
        weights[0] = 1;
        return new ClauseRanker(0.5, new double[features], ones, weights, zeros());
    }

    /** Reads a ranker. Throws {@link IOException} when it is not one. */
    public static ClauseRanker read(InputStream in) throws IOException {
        return MAPPER.readValue(in, ClauseRanker.class);
    }

    void write(OutputStream out) throws IOException {
        MAPPER.writeValue(out, this);
    }

    ClauseRanker withLikely(double threshold) {
        return new ClauseRanker(threshold, means, scales, weights, typeWeights);
    }

    Clause clause(ClauseCandidate candidate) {
        double confidence = probability(candidate);
        return new Clause(candidate.type(), candidate.start(), candidate.end(), confidence, confidence >= likely);
    }

    private double probability(ClauseCandidate candidate) {
        double[] x = standardised(candidate.features());
        return logistic(x, own(candidate.type()));
    }

    private double[] standardised(double[] features) {
        double[] x = new double[features.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (features[i] - means[i]) / scales[i];
        }
        return x;
    }

    private double[] own(ClauseType type) {
        return Objects.requireNonNull(typeWeights.get(type.cuadName()));
    }

    private double logistic(double[] x, double[] own) {
        double sum = own[0];
        for (int i = 0; i < x.length; i++) {
            sum += weights[i] * x[i];
        }
        for (int i = 0; i < TYPE_FEATURES.length; i++) {
            sum += own[1 + i] * x[TYPE_FEATURES[i]];
        }
        return 1 / (1 + Math.exp(-sum));
    }

    /** A candidate, and whether lawyers marked it. */
    record Example(ClauseCandidate candidate, boolean right) {}

    /** Fits to examples: ridge-penalised maximum likelihood by Adam over all examples at once (Kingma and Ba 2015). */
    static ClauseRanker fit(List<Example> examples, double likely) {
        if (examples.isEmpty()) {
            throw new IllegalArgumentException("there is no passage to learn from");
        }
        int features = ClauseCandidate.FEATURES;
        double[] means = new double[features];
        double[] scales = new double[features];
        for (int i = 0; i < features; i++) {
            int at = i;
            var summary = examples.stream()
                    .mapToDouble(e -> e.candidate().features()[at])
                    .summaryStatistics();
            means[i] = summary.getAverage();
            double mean = means[i];
            double variance = examples.stream()
                    .mapToDouble(e -> Math.pow(e.candidate().features()[at] - mean, 2))
                    .average()
                    .orElseThrow();
            scales[i] = Math.max(1e-6, Math.sqrt(variance));
        }
        var ranker = new ClauseRanker(likely, means, scales, new double[features], zeros());
        ranker.learn(examples);
        return ranker;
    }

    private void learn(List<Example> examples) {
        double[][] inputs = examples.stream()
                .map(e -> standardised(e.candidate().features()))
                .toArray(double[][]::new);
        var shared = new Adam(weights, SHARED_RIDGE);
        var types = new EnumMap<ClauseType, Adam>(ClauseType.class);
        for (ClauseType type : ClauseType.values()) {
            types.put(type, new Adam(own(type), TYPE_RIDGE));
        }
        for (int step = 1; step <= STEPS; step++) {
            for (int i = 0; i < inputs.length; i++) {
                Adam type = Objects.requireNonNull(
                        types.get(examples.get(i).candidate().type()));
                double error =
                        (logistic(inputs[i], type.weights) - (examples.get(i).right() ? 1 : 0)) / inputs.length;
                type.gradient[0] += error;
                for (int f = 0; f < weights.length; f++) {
                    shared.gradient[f] += error * inputs[i][f];
                }
                for (int f = 0; f < TYPE_FEATURES.length; f++) {
                    type.gradient[1 + f] += error * inputs[i][TYPE_FEATURES[f]];
                }
            }
            shared.step(step);
            for (Adam type : types.values()) {
                type.step(step);
            }
        }
    }

    /** Adam's state for one vector of weights. */
    private static final class Adam {
        private final double[] weights;
        private final double ridge;
        private final double[] gradient;
        private final double[] mean;
        private final double[] square;

        Adam(double[] weights, double ridge) {
            this.weights = weights;
            this.ridge = ridge;
            this.gradient = new double[weights.length];
            this.mean = new double[weights.length];
            this.square = new double[weights.length];
        }

        void step(int number) {
            for (int i = 0; i < weights.length; i++) {
                double slope = gradient[i] + ridge * weights[i];
                mean[i] = 0.9 * mean[i] + 0.1 * slope;
                square[i] = 0.999 * square[i] + 0.001 * slope * slope;
                double direction = mean[i] / (1 - Math.pow(0.9, number));
                double size = Math.sqrt(square[i] / (1 - Math.pow(0.999, number)));
                weights[i] -= RATE * direction / (size + 1e-8);
                gradient[i] = 0;
            }
        }
    }
}
