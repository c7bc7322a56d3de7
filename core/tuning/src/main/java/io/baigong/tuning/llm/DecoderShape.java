package io.baigong.tuning.llm;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A decoder-only transformer with gated MLPs and RMSNorm, by the sizes that its {@code config.json} gives.
 *
 * @param family tells which biases and norms there are beside the matrices
 * @param layers decoder layers
 * @param hidden width of a token
 * @param heads attention heads
 * @param keyValueHeads heads of keys and values, at most {@code heads}
 * @param headWidth of one head
 * @param intermediate width inside an MLP
 * @param vocabulary tokens
 * @param tied whether the last matrix is the embedding table
 * @param attentionBias whether the four matrices of attention have a bias
 * @param mlpBias whether the three of an MLP have one
 * @param positions longest sequence
 */
public record DecoderShape(
        Family family,
        int layers,
        int hidden,
        int heads,
        int keyValueHeads,
        int headWidth,
        int intermediate,
        int vocabulary,
        boolean tied,
        boolean attentionBias,
        boolean mlpBias,
        int positions) {
    /** {@code model_type} of a config. */
    public enum Family {
        LLAMA,
        MISTRAL,
        /** Queries, keys and values have a bias, which no field says. */
        QWEN2,
        /** Queries and keys are normed, head by head. */
        QWEN3
    }

    /** A matrix {@code [out, in]}. */
    public record Linear(long in, long out) {
        long weights() {
            return in * out;
        }
    }

    /** The matrices of a layer, by the names that Transformers gives them. */
    public Map<String, Linear> linears() {
        long queries = (long) heads * headWidth;
        long keys = (long) keyValueHeads * headWidth;
        var all = new LinkedHashMap<String, Linear>();
        all.put("q_proj", new Linear(hidden, queries));
        all.put("k_proj", new Linear(hidden, keys));
        all.put("v_proj", new Linear(hidden, keys));
        all.put("o_proj", new Linear(queries, hidden));
        all.put("gate_proj", new Linear(hidden, intermediate));
        all.put("up_proj", new Linear(hidden, intermediate));
        all.put("down_proj", new Linear(intermediate, hidden));
        return all;
    }

    /** Weights of the matrices of all layers. */
    public long matrices() {
        return layers * linears().values().stream().mapToLong(Linear::weights).sum();
    }

    /** All other weights: the embedding table, the last matrix where it is another, biases, norms. */
    public long others() {
        long tables = (long) vocabulary * hidden * (tied ? 1 : 2);
        return tables + layers * (2L * hidden + biases() + headNorms()) + hidden;
    }

    private long biases() {
        long keys = (long) keyValueHeads * headWidth;
        long three = (long) heads * headWidth + 2 * keys;
        long attention = family == Family.QWEN2 ? three : attentionBias ? three + hidden : 0;
        return attention + (mlpBias ? 2L * intermediate + hidden : 0);
    }

    private long headNorms() {
        return family == Family.QWEN3 ? 2L * headWidth : 0;
    }

    /** All weights. */
    public long parameters() {
        return matrices() + others();
    }
}
