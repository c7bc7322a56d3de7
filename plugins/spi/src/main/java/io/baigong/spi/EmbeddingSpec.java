package io.baigong.spi;

/**
 * How to tune text embeddings so that texts that mean the same are near: a vector for each character n-gram, and their sum for a text
 * (fastText, Bojanowski et al. 2017, arXiv 1607.04606), learned by the contrast with the other pairs of a batch (InfoNCE, van den Oord et al.
 * 2018, arXiv 1807.03748).
 *
 * <p>They embed a short text in microseconds, in any language that is written in words or in Han.
 *
 * @param name the artifact's name
 * @param version the artifact's version
 * @param width numbers of an embedding, 1 to 4,096
 * @param buckets n-grams are hashed to so many vectors; by their width at most 2^27 numbers
 * @param epochs how often each pair is seen
 * @param batch pairs of a step, each the others' negative, 2 to 4,096
 * @param learningRate peak rate of Adagrad, after a warm-up over a twentieth of the steps; it falls to 0 on a half cosine
 * @param temperature that cosines are divided by, 0.001 to 1; about 0.05
 * @param stopping by pairs that are held out, by their meanings
 * @param seed makes the run repeatable
 */
public record EmbeddingSpec(
        String name,
        String version,
        int width,
        int buckets,
        int epochs,
        int batch,
        double learningRate,
        double temperature,
        EarlyStopping stopping,
        long seed) {
    private static final int MOST = 4096;
    private static final int MOST_NUMBERS = 1 << 27;

    public EmbeddingSpec {
        if (width < 1 || width > MOST || buckets < 1 || (long) buckets * width > MOST_NUMBERS) {
            throw new IllegalArgumentException(
                    "embeddings have a width of 1 to %d and at least one bucket, by the width at most %d, not %d and %d"
                            .formatted(MOST, MOST_NUMBERS, width, buckets));
        }
        if (epochs < 1 || batch < 2 || batch > MOST) {
            throw new IllegalArgumentException(
                    "embeddings are tuned for at least one epoch in batches of 2 to %d, not %d of %d"
                            .formatted(MOST, epochs, batch));
        }
        if (!(learningRate > 0
                && learningRate < Double.POSITIVE_INFINITY
                && temperature >= 0.001
                && temperature <= 1)) {
            throw new IllegalArgumentException(
                    "embeddings are tuned with a learning rate above 0 and a temperature of 0.001 to 1, not %s and %s"
                            .formatted(learningRate, temperature));
        }
    }

    /** Learns from all examples for all epochs. */
    public EmbeddingSpec(
            String name,
            String version,
            int width,
            int buckets,
            int epochs,
            int batch,
            double learningRate,
            double temperature,
            long seed) {
        this(name, version, width, buckets, epochs, batch, learningRate, temperature, EarlyStopping.NEVER, seed);
    }
}
