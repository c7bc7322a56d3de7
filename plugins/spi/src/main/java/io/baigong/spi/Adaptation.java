package io.baigong.spi;

/** What of an encoder's tuned blocks learns. */
public sealed interface Adaptation {
    /** All weights. */
    record Full() implements Adaptation {}

    /**
     * To the weights of dense layers, which stay as they are, the product of two small matrices that learn is added, times
     * {@code alpha / rank} (LoRA, Hu et al. 2021, arXiv 2106.09685, section 4.1). What is served is the sum, in one matrix as before.
     *
     * @param rank of the product, 1 to 256
     * @param alpha scale, above 0; the rank or twice that is usual
     */
    record LowRank(int rank, double alpha, Layers layers) implements Adaptation {
        private static final int MOST = 256;

        public LowRank {
            if (rank < 1 || rank > MOST || !(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "an adaptation has a rank of 1 to %d and an alpha above 0, not %d and %s"
                                .formatted(MOST, rank, alpha));
            }
        }
    }

    /** Dense layers of a block that are adapted. */
    enum Layers {
        /** Of the attention, as in the paper's section 7.1. */
        QUERY_AND_VALUE,

        /** All six. */
        ALL
    }
}
