package io.baigong.gateway.proxy;

import java.time.Duration;

/**
 * How answers are given again for questions that mean the same.
 *
 * @param lifetime for how long
 * @param threshold least cosine of the two questions' vectors
 */
public record SemanticCacheSettings(Duration lifetime, double threshold) {
    private static final double THRESHOLD = 0.95;
    private static final double LEAST = 0.5;

    /** What is missing gets its default. Throws {@link IllegalArgumentException} that says which part can't be used. */
    public SemanticCacheSettings {
        threshold = threshold == 0 ? THRESHOLD : threshold;
        if (lifetime == null || lifetime.isNegative() || lifetime.isZero()) {
            throw new IllegalArgumentException("semanticCache has a lifetime that is more than nothing, such as PT1H");
        }
        if (!(threshold >= LEAST && threshold <= 1)) {
            throw new IllegalArgumentException("the threshold of semanticCache is a cosine from 0.5 to 1");
        }
    }
}
