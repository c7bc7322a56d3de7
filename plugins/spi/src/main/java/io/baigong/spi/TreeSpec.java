package io.baigong.spi;

import java.util.List;
import java.util.Map;

/**
 * How to grow gradient-boosted trees (Chen and Guestrin 2016, arXiv 1603.02754).
 *
 * @param name the artifact's name
 * @param version the artifact's version
 * @param features names of the columns, in order
 * @param monotone direction of the answer, 1 or -1, in features that it may only rise or fall with
 * @param rounds most rounds of boosting; where examples to stop by are given, those of the best round are kept
 * @param patience rounds without a better score on these before it stops
 * @param depth deepest tree
 * @param learningRate shrinkage of each round, in (0, 1]
 * @param rowShare share of rows that each tree sees, in (0, 1]
 * @param featureShare share of features that each tree sees, in (0, 1]
 * @param minChildWeight smallest sum of second derivatives in a leaf
 * @param l2 ridge penalty on leaf values
 * @param seed makes the run repeatable
 */
public record TreeSpec(
        String name,
        String version,
        List<String> features,
        Objective objective,
        Map<String, Integer> monotone,
        int rounds,
        int patience,
        int depth,
        double learningRate,
        double rowShare,
        double featureShare,
        double minChildWeight,
        double l2,
        long seed) {

    /** What the trees learn to answer. */
    public sealed interface Objective {
        /** A probability from labels 0 and 1: one output. */
        record Probability() implements Objective {}

        /** A probability for each class from labels 0 to classes - 1: an output a class. */
        record Classes(int classes) implements Objective {}

        /** The mean of a number: one output. */
        record Mean() implements Objective {}

        /** Quantiles of a number, levels in (0, 1): an output a level. */
        record Quantiles(List<Double> levels) implements Objective {}

        /** An order within each group by graded labels, 0 to 31 (LambdaMART): one output, of which only the order counts. */
        record Order() implements Objective {}
    }
}
