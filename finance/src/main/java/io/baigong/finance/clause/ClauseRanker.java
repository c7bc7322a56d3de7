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
import java.util.List;
import java.util.stream.IntStream;

/**
 * How sure a passage is: the mean of small networks over what is known of it, learned on contracts that the tagger has not seen.
 *
 * <p>Immutable. It belongs to one version of the tagger and lies beside it as {@value #FILE}.
 *
 * @param likely confidence from which on a review takes the clause as present
 * @param means of the features, {@code [features]}
 * @param scales their standard deviations, {@code [features]}
 * @param networks whose probabilities are averaged; without any, a passage is as sure as the mean of its tokens' scores
 */
@SuppressWarnings("ArrayRecordComponent")
record ClauseRanker(double likely, float[] means, float[] scales, List<CandidateNetwork> networks) {
    /** The file beside the tagger's own. */
    static final String FILE = "ranker.json";

    private static final int NETWORKS = 3;
    private static final float SMALLEST_SCALE = 1e-6f;

    /** Features are kept within so many standard deviations. */
    private static final float CLIP = 4;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    ClauseRanker {
        int features = ClauseCandidate.FEATURES;
        if (means.length != features || scales.length != features) {
            throw new IllegalArgumentException("a ranker has %d features, not %d means and %d scales"
                    .formatted(features, means.length, scales.length));
        }
        networks = List.copyOf(networks);
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
                .orElseGet(() -> new ClauseRanker(
                        0.5, new float[ClauseCandidate.FEATURES], new float[ClauseCandidate.FEATURES], List.of()));
    }

    /** Reads a ranker. Throws {@link IOException} when it is not one. */
    static ClauseRanker read(InputStream in) throws IOException {
        return MAPPER.readValue(in, ClauseRanker.class);
    }

    void write(OutputStream out) throws IOException {
        MAPPER.writeValue(out, this);
    }

    ClauseRanker withLikely(double threshold) {
        return new ClauseRanker(threshold, means, scales, networks);
    }

    Clause clause(ClauseCandidate candidate) {
        double confidence = probability(candidate);
        return new Clause(candidate.type(), candidate.start(), candidate.end(), confidence, confidence >= likely);
    }

    private double probability(ClauseCandidate candidate) {
        if (networks.isEmpty()) {
            return 1 / (1 + Math.exp(-candidate.features()[0]));
        }
        float[] input = standardised(candidate.features());
        return networks.stream()
                .mapToDouble(network -> network.probability(input, candidate.type()))
                .average()
                .orElseThrow();
    }

    private float[] standardised(float[] features) {
        float[] x = new float[features.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.clamp((features[i] - means[i]) / scales[i], -CLIP, CLIP);
        }
        return x;
    }

    /** A candidate, and whether lawyers marked it. */
    record Example(ClauseCandidate candidate, boolean right) {}

    /** Fits to examples. The same examples make the same ranker. */
    static ClauseRanker fit(List<Example> examples, double likely) {
        if (examples.isEmpty()) {
            throw new IllegalArgumentException("there is no passage to learn from");
        }
        int features = ClauseCandidate.FEATURES;
        double[] sums = new double[features];
        double[] squares = new double[features];
        for (Example example : examples) {
            for (int i = 0; i < features; i++) {
                double value = example.candidate().features()[i];
                sums[i] += value;
                squares[i] += value * value;
            }
        }
        float[] means = new float[features];
        float[] scales = new float[features];
        for (int i = 0; i < features; i++) {
            double mean = sums[i] / examples.size();
            means[i] = (float) mean;
            scales[i] = Math.max(SMALLEST_SCALE, (float)
                    Math.sqrt(Math.max(0, squares[i] / examples.size() - mean * mean)));
        }
        var scale = new ClauseRanker(likely, means, scales, List.of());
        var inputs = examples.stream()
                .map(example -> new CandidateNetwork.Example(
                        scale.standardised(example.candidate().features()),
                        example.candidate().type(),
                        example.right()))
                .toList();
        var networks = IntStream.range(0, NETWORKS)
                .parallel()
                .mapToObj(seed -> CandidateNetwork.fit(inputs, seed))
                .toList();
        return new ClauseRanker(likely, means, scales, networks);
    }
}
