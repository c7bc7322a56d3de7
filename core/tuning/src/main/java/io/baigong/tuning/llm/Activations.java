package io.baigong.tuning.llm;

/**
 * Bytes on one GPU of what the forward pass keeps for the backward pass, after Korthikanti et al. 2022, arXiv 2205.05198, section 4.
 *
 * <p>Their equation 2 is {@code s b h (10 + 24 / t + 5 a s / (h t))} a layer, for a GPT with dropout. A layer here has no dropout, whose
 * masks are 2 of the 10; gated MLPs, which keep {@code 8 i} in place of {@code 16 h}; perhaps fewer heads of keys and values; and
 * attention that keeps no scores, as PyTorch's {@code scaled_dot_product_attention} has no term in {@code s²} (their section 5 says the
 * same of selective recomputation). RMSNorm computes in 32 bits in Transformers, which keeps 4 bytes more of each value that it norms.
 */
final class Activations {
    private static final int NORMS_IN_32_BITS = 8;

    private Activations() {}

    /**
     * Of one layer.
     *
     * @param tokens of all sequences that are seen at once
     * @param tensor GPUs that share each matrix
     */
    static double layer(DecoderShape shape, double tokens, int tensor, FloatFormat precision) {
        double scale = precision.bytes() / 2.0;
        double queries = (double) shape.heads() * shape.headWidth();
        double keys = (double) shape.keyValueHeads() * shape.headWidth();
        // Inputs of both norms, of the first matrices of attention, and of the MLP's: whole on each GPU.
        double whole = 8.0 * shape.hidden() * scale;
        double norms = precision == FloatFormat.FP32 ? 0 : NORMS_IN_32_BITS * (double) shape.hidden();
        // Queries, keys, values, the input of the last matrix of attention, and what a gated MLP keeps.
        double divided = (4 * queries + 4 * keys + 8.0 * shape.intermediate()) * scale / tensor;
        return tokens * (whole + norms + divided);
    }

    /** Of all layers: each layer's, or with checkpointing each layer's input and the one layer that is computed anew. */
    static double all(DecoderShape shape, double tokens, int tensor, FloatFormat precision, boolean checkpointing) {
        double layer = layer(shape, tokens, tensor, precision);
        return checkpointing
                ? shape.layers() * tokens * shape.hidden() * precision.bytes() + layer
                : shape.layers() * layer;
    }
}
